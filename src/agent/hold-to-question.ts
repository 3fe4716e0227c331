import type { EssentialNames } from '../batch/essential-names.ts';
import { findSpokenDate, type SpokenDate } from '../batch/spoken-date.ts';
import type { Question } from './question.ts';

interface Said {
  question: Pick<Question, 'context' | 'turns'>;
  /** The question's text, cleaned. */
  text: string;
  names: EssentialNames;
  now: number;
  zone: string;
}

type Arguments = Record<string, unknown>;

const TIME_HINT =
  /\b(\d+|days?|dates?|weeks?|nights?|months?|month-end|quarter|before|previous|prior|earlier|ago|since|until|compared?|same|usual|then|morning|evening|weekend|again)\b/i;
const PHASE_HINT =
  /\b(pr\w*m\w*|f\w{0,2}n\w{0,2}l\w*|first|second|pass(es)?|phases?|re-?runs?|re-?ran|initial|both|manual)\b/i;

/**
 * A model's arguments, held to the person's own words: a batch, phase or date that was said is not exchanged for another, and
 * one that was neither said now nor earlier in the thread is not made up. What is taken out is supplied by the thread, by the
 * rules of the domain, or asked about.
 */
export function holdToQuestion(args: Arguments, takes: readonly string[], said: Said): Arguments {
  const held = { ...args };
  if (takes.includes('batch')) held.batch = heldBatch(words(args.batch), said);
  if (takes.includes('phase')) held.phase = heldPhase(words(args.phase), said);
  // How many earlier dates are meant is no business date.
  if (takes.includes('against')) return heldSides(held, said);
  if (takes.includes('date') && !takes.includes('dates')) held.date = heldDate(words(args.date), said);
  return held;
}

/** "Since friday", "with thursday": what the night is compared with is not the night. */
const BESIDE = /\b(since|than|with|against|vs\.?|versus|from)\s+(the\s+|on\s+)?$/i;

/** The two dates of a comparison, each in its place, and the night's own held like any other. */
function heldSides(held: Arguments, said: Said): Arguments {
  const at = { now: said.now, zone: said.zone };
  const isOneOf = (date: string | null, dates: readonly SpokenDate[]) => {
    const meant = date === null ? null : findSpokenDate(date, at);
    return meant !== null && dates.some((one) => isSame(one, meant));
  };
  const spoken = datesIn(said.text, at);
  const beside = spoken.filter(
    (date) => BESIDE.test(said.text.slice(0, date.start)) || isOneOf(words(held.against), [date]),
  );
  const text = beside.reduce(
    (rest, date) => rest.slice(0, date.start) + ' '.repeat(date.end - date.start) + rest.slice(date.end),
    said.text,
  );
  const [first] = beside;
  const date = words(held.date);
  return {
    ...held,
    against: words(held.against) ?? first?.said ?? null,
    date: heldDate(isOneOf(date, beside) ? null : date, { ...said, text }),
  };
}

function heldBatch(batch: string | null, { question, text, names }: Said): string | null {
  const matches = names.find(withoutIds(text, names));
  const exact = matches.flatMap((match) => (match.kind === 'exact' ? [match] : []));
  const meant = batch === null ? [] : essentialsIn(batch, names);
  if (exact.length > 0) {
    const known = new Set(exact.map((match) => match.essential));
    if (meant.length > 0 && meant.every((essential) => known.has(essential))) return batch;
    // Neither left out for the thread's, nor exchanged for another.
    return exact.map((match) => match.said).join(', ');
  }
  if (batch === null || meant.length === 0) return batch;
  const near = new Set(matches.flatMap((match) => (match.kind === 'near' ? [match.essential] : [])));
  if (meant.every((essential) => near.has(essential) || essential === question.context?.essential)) return batch;
  const ambiguous = matches.find((match) => match.kind === 'ambiguous');
  if (ambiguous !== undefined) return ambiguous.said;
  const spokenBefore = question.turns.flatMap((turn) => essentialsIn(turn.text, names));
  const isSaid = text.toLowerCase().includes(batch.toLowerCase());
  return isSaid || meant.every((essential) => spokenBefore.includes(essential)) ? batch : null;
}

function heldPhase(phase: string | null, { question, text }: Said): string | null {
  const prelim = /\bprelims?\b/i.test(text);
  if (prelim !== /\bfinals?\b/i.test(text)) return prelim ? 'PRELIM' : 'FINAL';
  if (phase === null || PHASE_HINT.test(text)) return phase;
  const spokenBefore = phase.toUpperCase() === question.context?.phase || question.turns.length > 0;
  return spokenBefore ? phase : null;
}

function heldDate(date: string | null, { question, text, now, zone }: Said): string | null {
  const at = { now, zone };
  const spoken = datesIn(text, at);
  const meant = date === null ? null : findSpokenDate(date, at);
  const [first] = spoken;
  if (first !== undefined) {
    return meant !== null && spoken.some((one) => isSame(one, meant)) ? date : first.said;
  }
  if (meant === null || TIME_HINT.test(text)) return date;
  const spokenBefore =
    (meant.kind === 'date' && meant.date === question.context?.businessDate) ||
    question.turns.some((turn) => datesIn(turn.text, at).some((one) => isSame(one, meant)));
  return spokenBefore ? date : null;
}

/** A date that the model worked out of "last night" is not what was said: code does that, by the runs. */
function isSame(a: SpokenDate, b: SpokenDate): boolean {
  if (a.kind !== b.kind) return false;
  return (a.kind !== 'date' && a.kind !== 'future') || ('date' in b && a.date === b.date);
}

function datesIn(text: string, at: { now: number; zone: string }): SpokenDate[] {
  const found: SpokenDate[] = [];
  let rest = text;
  for (let next = findSpokenDate(rest, at); next !== null && next.end > next.start; next = findSpokenDate(rest, at)) {
    found.push(next);
    rest = rest.slice(0, next.start) + ' '.repeat(next.end - next.start) + rest.slice(next.end);
  }
  return found;
}

function essentialsIn(text: string, names: EssentialNames): string[] {
  return names.find(text).flatMap((match) => (match.kind === 'ambiguous' ? [] : [match.essential]));
}

/** `EMEA_DERIV_CFG` names a slice, not two batches; `SNU_REG_STRATEGIC` is a batch. */
function withoutIds(text: string, names: EssentialNames): string {
  return text.replace(/[\p{L}\p{N}.]+(?:[_-][\p{L}\p{N}.]+)+/gu, (id) => {
    const [only, ...more] = names.find(id);
    const isName = only?.kind === 'exact' && more.length === 0 && only.said.length === id.length;
    return isName || (!id.includes('_') && id.split('-').length < 3) ? id : ' '.repeat(id.length);
  });
}

function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
