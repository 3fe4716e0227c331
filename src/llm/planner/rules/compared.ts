import { findSpokenDate } from '../../../batch/spoken-date.ts';
import { blank, phaseIn, type SaidPhase } from './phase.ts';

/** Two sides of a comparison; the second is null where only what changed was asked: then it is the date before. */
export interface SaidCompared {
  date: string | null;
  phase: SaidPhase | null;
  against: string | null;
}

/** "compare friday with thursday", "compare prelim and final", "what changed since yesterday". */
export function comparedIn(text: string, at: { now: number; zone: string }): SaidCompared {
  const dates = datesIn(text, at);
  const both = /\bprelims?\b/i.test(text) && /\bfinals?\b/i.test(text);
  const [first, second] = dates;
  // Both passes of one night: the second beside the first.
  if (both) return { date: first?.said ?? null, phase: 'FINAL', against: 'prelim' };
  const phase = phaseIn(text);
  if (first === undefined) return { date: null, phase, against: null };
  if (second !== undefined) return { date: first.said, phase, against: second.said };
  return isBeside(text, first.start)
    ? { date: null, phase, against: first.said }
    : { date: first.said, phase, against: null };
}

/** "since friday", "with thursday": the date is what the night is compared with, not the night. */
function isBeside(text: string, start: number): boolean {
  return /\b(since|than|with|against|vs\.?|versus|from|as|to|and|like)\s+(the\s+|on\s+)?$/i.test(text.slice(0, start));
}

function datesIn(text: string, at: { now: number; zone: string }) {
  const found: { said: string; start: number }[] = [];
  let rest = text;
  for (let next = findSpokenDate(rest, at); next !== null && next.end > next.start; next = findSpokenDate(rest, at)) {
    found.push({ said: next.said, start: next.start });
    rest = rest.slice(0, next.start) + blank(next.said) + rest.slice(next.end);
  }
  return found.sort((a, b) => a.start - b.start);
}
