import { strict as chrono } from 'chrono-node';
import { DateTime } from 'luxon';
import { type BusinessDate, calendarDate, daysBefore, isBusinessDate } from './business-date.ts';
import { withoutDayOfTime } from './day-of-time.ts';
import type { Instant } from './instant.ts';

/** A date as a person wrote it. `start` and `end` delimit the words in the text. */
export type SpokenDate = { said: string; start: number; end: number } & (
  | { kind: 'date'; date: BusinessDate }
  /** Resolved against the runs: the latest date active since 16:00 yesterday, or the date before the default one. */
  | { kind: 'last_night' | 'yesterday' }
  /** 03/04: asked about. */
  | { kind: 'ambiguous'; options: readonly BusinessDate[] }
  /** 30 February. */
  | { kind: 'impossible' }
  /** A whole month, where one date is needed. */
  | { kind: 'vague' }
  | { kind: 'future'; date: BusinessDate }
);

interface Reading {
  /** The calendar date of the clock in the zone. */
  today: BusinessDate;
  now: Instant;
  zone: string;
}

type Meaning = Pick<SpokenDate, 'kind'> & { date?: BusinessDate; options?: readonly BusinessDate[] };
type Reader = (text: string, reading: Reading) => SpokenDate | null;

/** The first date in a text, or null. Weekdays and dates without a year are never in the future. */
export function findSpokenDate(text: string, at: { now: Instant; zone: string }): SpokenDate | null {
  const reading = { ...at, today: calendarDate(at.now, at.zone) };
  const dated = withoutDayOfTime(text);
  for (const read of [
    readIso,
    readBusinessDaysAgo,
    readRelative,
    readNumeric,
    readDayOfMonth,
    readWeekday,
    readImpossible,
    readMonthEnd,
    readWritten,
    readMonth,
  ]) {
    const found = read(dated, reading);
    if (found !== null) return found;
  }
  return null;
}

/** 2026-02-13, also inside a run id; 2026/02/13; 20260213. */
const readIso: Reader = (text, { today }) => {
  const match =
    /(?<!\d)(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text) ??
    /(?<![\d_-])(20\d{2})()(\d{2})(\d{2})(?!\d)/.exec(text);
  if (match === null) return null;
  const [, year = '', , month = '', day = ''] = match;
  return spoken(match, meaningOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, today));
};

const RELATIVE: readonly [RegExp, (today: BusinessDate) => Meaning][] = [
  [/\bday before yesterday\b/i, (today) => ({ kind: 'date', date: daysBefore(today, 2) })],
  [/\b(?:last night|overnight|tonight|this morning|this night)(?:['’]s)?\b/i, () => ({ kind: 'last_night' })],
  [/\byesterday(?:['’]s)?\b/i, () => ({ kind: 'yesterday' })],
  [/\btoday(?:['’]s)?\b/i, (today) => ({ kind: 'date', date: today })],
  [/\btomorrow(?:['’]s)?\b/i, (today) => ({ kind: 'future', date: daysBefore(today, -1) })],
];

const readRelative: Reader = (text, { today }) => {
  for (const [pattern, meaning] of RELATIVE) {
    const match = pattern.exec(text);
    if (match !== null) return spoken(match, meaning(today));
  }
  return null;
};

const FEW = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "3 business days ago" counts weekdays back from today. */
const readBusinessDaysAgo: Reader = (text, { today }) => {
  const match = new RegExp(
    `\\b(?:a|\\d{1,3}|${FEW.join('|')})\\s+(?:business|working|week)[\\s-]?da(?:y|te)s?\\s+(?:ago|back|earlier)\\b`,
    'i',
  ).exec(text);
  if (match === null) return null;
  const amount = match[0].toLowerCase().split(/\s+/)[0] ?? '';
  let left = amount === 'a' ? 1 : FEW.includes(amount) ? FEW.indexOf(amount) + 1 : Number(amount);
  let date = today;
  while (left > 0) {
    date = daysBefore(date, 1);
    if (DateTime.fromISO(date, { zone: 'utc' }).weekday <= 5) left -= 1;
  }
  return spoken(match, { kind: 'date', date });
};

/** 03/04 can be two dates; 13/02 and 02/13 only one. Dots need a year, since 1.2 is a number. */
const readNumeric: Reader = (text, { today }) => {
  const match =
    /(?<![\d./])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d./]*\d)/.exec(text) ??
    /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/.exec(text);
  if (match === null) return null;
  const [, first = '', second = '', year] = match;
  const options = [
    ...new Set(
      [
        [first, second],
        [second, first],
      ].flatMap(([month = '', day = '']) => inYear(month, day, year, today)),
    ),
  ];
  const [only] = options;
  if (only === undefined) return spoken(match, { kind: 'impossible' });
  return spoken(match, options.length === 1 ? meaningOf(only, today) : { kind: 'ambiguous', options });
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const readWeekday: Reader = (text, { today }) => {
  const match =
    /\b(?:(last|next|this|past)\s+)?(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?:['’]s)?\b(?!,?\s+(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\s+\d)/i.exec(
      text,
    );
  if (match === null) return null;
  const weekday = WEEKDAYS.indexOf((match[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  const which = match[1]?.toLowerCase();
  const back = (DateTime.fromISO(today, { zone: 'utc' }).weekday - weekday + 7) % 7;
  if (which === 'next') return spoken(match, { kind: 'future', date: daysBefore(today, back - 7) });
  return spoken(match, { kind: 'date', date: daysBefore(today, back === 0 && which === 'last' ? 7 : back) });
};

/** "the 17th", "friday the 13th", where no month is named: the latest such day. */
const readDayOfMonth: Reader = (text, { today }) => {
  const match =
    /\b(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?the\s+(\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:of\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|slice|step|task|attempt|try|time|dataset|run|one|day|night|percentile))/i.exec(
      text,
    );
  if (match === null) return null;
  const weekday = match[1] === undefined ? null : WEEKDAYS.indexOf(match[1].toLowerCase()) + 1;
  // Any day of a month falls on any weekday within a few years.
  for (let back = 0; back < 4000; back += 1) {
    const date = daysBefore(today, back);
    if (Number(date.slice(8)) !== Number(match[2])) continue;
    if (weekday === null || DateTime.fromISO(date, { zone: 'utc' }).weekday === weekday)
      return spoken(match, { kind: 'date', date });
  }
  return spoken(match, { kind: 'impossible' });
};

/** Month-end is the last weekday of a month: the latest one that is not in the future. */
const readMonthEnd: Reader = (text, { today }) => {
  const match = /\b(?:last\s+)?month[\s-]?end\b/i.exec(text);
  if (match === null) return null;
  const first = DateTime.fromISO(today, { zone: 'utc' }).startOf('month');
  const ends = [0, 1].map((back) => {
    const end = first.plus({ months: 1 - back }).minus({ days: 1 });
    return end.minus({ days: Math.max(0, end.weekday - 5) }).toISODate() ?? today;
  });
  return spoken(match, { kind: 'date', date: ends.find((date) => date <= today) ?? today });
};

/** "in October": dropped in silence, it would read as the latest night. */
const readMonth: Reader = (text) => {
  const match =
    /\b(?:in|during|for)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?:\s+\d{4})?/i.exec(
      text,
    );
  return match === null ? null : spoken(match, { kind: 'vague' });
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';

/** The library reads "30 Feb" as some other date or as none; a person should hear that it does not exist. */
const readImpossible: Reader = (text, { today }) => {
  const patterns = [
    `\\b${MONTH}\\s+${DAY}\\b(?:,?\\s+(\\d{4}))?`,
    `\\b${DAY}\\s+(?:of\\s+)?${MONTH}(?:,?\\s+(\\d{4}))?`,
  ];
  for (const pattern of patterns) {
    const match = new RegExp(pattern, 'i').exec(text);
    if (match === null) continue;
    const [, first = '', second = '', year] = match;
    const [month, day] = /\d/.test(first) ? [second, first] : [first, second];
    const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
    const [date] = inYear(String(number), day, year, today);
    if (date === undefined) return spoken(match, { kind: 'impossible' });
    // The library finds no 29 February in a year that has none, where a person means the last one.
    if (year === undefined && date.endsWith('-02-29')) return spoken(match, { kind: 'date', date });
  }
  return null;
};

/** Everything else that people write: Feb 13, 13th of February 2026, three days ago. */
const readWritten: Reader = (text, { now, zone, today }) => {
  const at = DateTime.fromMillis(now, { zone });
  // "for 3 days ago" would be read as the next three days.
  const unframed = text.replace(/\b(?:for|in|within|over)\b/gi, (word) => ' '.repeat(word.length));
  for (const result of chrono.parse(unframed, { instant: new Date(now), timezone: at.offset })) {
    const { start } = result;
    const relative = / ago\b/i.test(result.text);
    if (!start.isCertain('day') && !relative) continue;
    const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
    const date = DateTime.fromObject(
      { year: year ?? 0, month: month ?? 1, day: day ?? 1 },
      { zone: 'utc' },
    ).toISODate();
    const match = { 0: result.text, index: result.index };
    if (date === null) return spoken(match, { kind: 'impossible' });
    if (start.isCertain('year') || relative) return spoken(match, meaningOf(date, today));
    const [latest] = inYear(String(month), String(day), undefined, today);
    return spoken(match, latest === undefined ? { kind: 'impossible' } : meaningOf(latest, today));
  }
  return null;
};

/** The date of a month and day: in the year said, else the latest that is not in the future. Empty when there is none. */
function inYear(month: string, day: string, year: string | undefined, today: BusinessDate): BusinessDate[] {
  const inThe = (y: number) => `${y}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year !== undefined) return [inThe(year.length === 2 ? 2000 + Number(year) : Number(year))].filter(isBusinessDate);
  const thisYear = Number(today.slice(0, 4));
  // 29 February may lie up to eight years back.
  return Array.from({ length: 9 }, (_, back) => inThe(thisYear - back))
    .filter((date) => isBusinessDate(date) && date <= today)
    .slice(0, 1);
}

function meaningOf(date: string, today: BusinessDate): Meaning {
  if (!isBusinessDate(date)) return { kind: 'impossible' };
  return date > today ? { kind: 'future', date } : { kind: 'date', date };
}

function spoken(match: { 0: string; index: number }, meaning: Meaning): SpokenDate {
  return { ...meaning, said: match[0], start: match.index, end: match.index + match[0].length } as SpokenDate;
}
