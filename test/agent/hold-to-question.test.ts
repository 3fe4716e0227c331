import { describe, expect, it } from 'vitest';
import { holdToQuestion } from '../../src/agent/hold-to-question.ts';
import { NOW, names, ZONE } from './small-world.ts';

const said = (text: string) => ({ question: { context: null, turns: [] }, text, names, now: NOW, zone: ZONE });
const TAKES = ['batch', 'date', 'phase', 'against'];

describe('the date of a comparison', () => {
  it.each([
    ['what changed in snu since yesterday?', { batch: 'snu', against: 'yesterday' }, null],
    ['what changed in snu since yesterday?', { batch: 'snu', date: 'yesterday' }, null],
    ['compare snu with 2026-02-10', { batch: 'snu', date: '2026-02-10' }, null],
    ['compare snu on friday with thursday', { batch: 'snu', against: 'thursday' }, 'friday'],
    ['compare snu on friday with thursday', { batch: 'snu', date: 'friday', against: 'thursday' }, 'friday'],
    [
      'compare snu 2026-02-13 and 2026-02-12',
      { batch: 'snu', date: '2026-02-13', against: '2026-02-12' },
      '2026-02-13',
    ],
  ])('%s %o', (text, args, date) => {
    const held = holdToQuestion(args, TAKES, said(text));
    expect(held.date ?? null).toBe(date);
    expect(held.batch).toBe('snu');
    expect(held.against).toBeTypeOf('string');
  });

  it('is that of the question for any other tool', () => {
    expect(holdToQuestion({}, ['batch', 'date'], said('why did snu fail since yesterday')).date).toBe('yesterday');
  });
});
