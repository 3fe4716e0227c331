import { findSpokenDate } from '../../../batch/spoken-date.ts';
import { blank } from './phase.ts';

const NUMBER: Record<string, number> = {
  two: 2,
  couple: 2,
  three: 3,
  few: 5,
  five: 5,
  seven: 7,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};
const SPAN =
  /\b(?:last|past|previous|prior|latest)\s+(\d{1,3}|two|couple(?: of)?|three|few|five|seven|ten|fifteen|twenty|thirty)?\s*(business days?|business dates?|days?|nights?|dates?|runs?|weeks?|months?|times?)\b(?<!last night)(?<!(?:last|previous|prior) time)/i;

export interface SaidDate {
  /** The date in the person's own words; "latest" where they asked for now. */
  date: string | null;
  /** How many earlier dates were asked for. */
  dates: number | null;
  /** The text without both. */
  rest: string;
}

export function dateIn(text: string, at: { now: number; zone: string }): SaidDate {
  const span = SPAN.exec(text);
  const dates = span === null ? (/\b(this|last) week\b/i.test(text) ? 5 : null) : countOf(span[1] ?? '', span[2] ?? '');
  const unspanned = span === null ? text : text.replace(span[0], blank);
  const found = findSpokenDate(unspanned, at);
  if (found !== null) {
    return {
      date: found.said,
      dates,
      rest: unspanned.slice(0, found.start) + blank(found.said) + unspanned.slice(found.end),
    };
  }
  const now = /\b(right now|currently|at the moment|now|latest|most recent)\b/i.exec(unspanned);
  return {
    date: now === null ? null : 'latest',
    dates,
    rest: now === null ? unspanned : unspanned.replace(now[0], blank),
  };
}

function countOf(amount: string, unit: string): number {
  const said = amount === '' ? 1 : (NUMBER[amount.toLowerCase().split(' ')[0] ?? ''] ?? Number(amount));
  if (/^week/i.test(unit)) return said * 5;
  if (/^month/i.test(unit)) return said * 21;
  return said;
}
