import { describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { describeWish, nextTime } from '../../src/digest/describe-wish.ts';
import { readWish } from '../../src/digest/spoken-wish.ts';

const names = createEssentialNames();
const read = (text: string) => readWish(text, { names, zone: 'America/New_York' });
const said = (text: string) => {
  const heard = read(text);
  return 'wish' in heard ? describeWish(heard.wish, names) : heard.mistake;
};

describe('what a digest shall be, in a line', () => {
  it.each([
    ['7:00 weekdays new york snu, derivatives prelim', 'at 07:00 New York on weekdays: PRELIM of SNU and Derivatives'],
    ['07:00', 'at 07:00 New York every day: the latest phase of all batches'],
    [
      'at 6:30pm in London on mon, wed and friday for collateral',
      'at 18:30 London on Monday, Wednesday and Friday: the latest phase of Collateral',
    ],
    [
      'mon-thu 5am Europe/London everything final',
      'at 05:00 London on Monday, Tuesday, Wednesday and Thursday: FINAL of all batches',
    ],
    ['fri to mon 23:15 utc snu', 'at 23:15 UTC on Monday, Friday, Saturday and Sunday: the latest phase of SNU'],
    ['weekends noon mumbai', 'at 12:00 Kolkata at weekends: the latest phase of all batches'],
    ['12am daily derivatives', 'at 00:00 New York every day: the latest phase of Derivatives'],
    ['securities 9.05 america/new_york every weekday', 'at 09:05 New York on weekdays: the latest phase of Securities'],
  ])('%s', (text, understood) => expect(said(text)).toBe(understood));

  it.each([
    ['weekdays snu', 'A time of day is missing'],
    ['', 'A time of day is missing'],
    ['25:00', 'no such time of day'],
    ['7:75 snu', 'no such time of day'],
    ['13pm', 'no such time of day'],
    ['7:00 tb', 'which one?'],
    ['7:00 prelim and final', 'one phase'],
    ['7:00 and 19:00', 'I did not understand "19:00"'],
    ['7:00 sixg weekdays blubb', 'I did not understand'],
    ['7:00 moon', 'I did not understand "moon"'],
  ])('%s is not taken: %s', (text, why) => expect(said(text)).toContain(why));

  it('says when it comes next, in its own zone', () => {
    const heard = read('7:00 weekdays derivatives');
    if (!('wish' in heard)) throw new Error(heard.mistake);
    const saturday = Date.parse('2026-02-14T15:00Z');
    expect(nextTime(heard.wish, saturday)).toBe('Monday 2026-02-16 07:00 New York (12:00 UTC)');
    expect(nextTime({ ...heard.wish, zone: 'Asia/Tokyo' }, saturday)).toBe(
      'Monday 2026-02-16 07:00 Tokyo (2026-02-15 22:00 UTC)',
    );
  });
});
