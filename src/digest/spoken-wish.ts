import type { EssentialNames } from '../batch/essential-names.ts';
import { zoneNamed } from '../batch/zone-names.ts';
import { EVERY_DAY, WEEKDAYS, WEEKEND, type Wish } from './subscription.ts';

const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY = '(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:days?)?';
/** What people write around the things that matter. */
const FILLERS =
  /\b(?:at|on|in|for|of|and|the|with|to|every|each|time|zone|timezone|phase|batch|batches|essentials?|please)\b/gi;

/** What was understood, or one sentence that says what was not. Names in it are as the person wrote them. */
export type Heard = { wish: Wish } | { mistake: string };

interface Taken<T> {
  value: T;
  rest: string;
}

/**
 * Reads "7:00 weekdays new york snu, derivatives prelim". The parts come in any order; left out: every day, `zone`, all
 * essentials, the latest phase. What is not understood is said, never ignored: a digest comes for years.
 */
export function readWish(text: string, { names, zone }: { names: EssentialNames; zone: string }): Heard {
  const time = takeTime(text.replace(/\s+/g, ' '));
  if (time === null) return { mistake: 'A time of day is missing, such as 7:00 or 6:30pm.' };
  if (time.value === null) return { mistake: 'There is no such time of day.' };
  const days = takeDays(time.rest);
  const place = takeZone(days.rest);
  const phase = takePhase(place.rest);
  if (phase === null) return { mistake: 'One digest is of one phase: prelim, final, or the latest.' };
  const essentials = takeEssentials(phase.rest, names);
  if ('mistake' in essentials) return essentials;
  const left = essentials.rest
    .replace(FILLERS, ' ')
    .replace(/[\s,;.&+–-]+/g, ' ')
    .trim();
  if (left !== '') return { mistake: `I did not understand "${left.slice(0, 80)}".` };
  return {
    wish: {
      ...time.value,
      days: [...(days.value ?? EVERY_DAY)],
      zone: place.value ?? zone,
      essentials: essentials.value,
      phase: phase.value,
    },
  };
}

/** Null where there is none; a null value where there is no such time. */
function takeTime(text: string): Taken<{ hour: number; minute: number } | null> | null {
  const match =
    /(?<![\d:])(\d{1,2})(?:[:.](\d{2}))?(?::00)?\s?([ap])\.?m\b\.?|(?<![\d:])(\d{1,2})[:.](\d{2})(?![\d:])/i.exec(text);
  const word = /\b(noon|midnight)\b/i.exec(text);
  if (match === null) {
    if (word === null) return null;
    return { value: { hour: word[1]?.toLowerCase() === 'noon' ? 12 : 0, minute: 0 }, rest: without(text, word) };
  }
  const [, clock, clockMinute, half, hour24, minute24] = match;
  const rest = without(text, match);
  const minute = Number(minute24 ?? clockMinute ?? 0);
  if (half === undefined) return { value: valid(Number(hour24), minute), rest };
  const hour = Number(clock);
  if (hour < 1 || hour > 12) return { value: null, rest };
  return { value: valid((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0), minute), rest };
}

function valid(hour: number, minute: number) {
  return hour < 24 && minute < 60 ? { hour, minute } : null;
}

function takeDays(text: string): Taken<readonly number[] | null> {
  const group =
    /\b(?:(every ?day|daily|all days)|(?:every |on )?(?:(week ?days?|working days?|business days?)|(week ?ends?)))\b/i.exec(
      text,
    );
  if (group !== null) {
    const value = group[1] !== undefined ? EVERY_DAY : group[2] !== undefined ? WEEKDAYS : WEEKEND;
    return { value, rest: without(text, group) };
  }
  const list = new RegExp(`\\b${DAY}\\b(?:\\s*(?:,|and|&|-|–|to|until|through)?\\s*\\b${DAY}\\b)*`, 'i').exec(text);
  if (list === null) return { value: null, rest: text };
  const days = new Set<number>();
  for (const part of list[0].split(/,|\band\b|&/i)) {
    const named = [...part.matchAll(new RegExp(`\\b${DAY}\\b`, 'gi'))].map(([name]) => dayNumber(name));
    if (/-|–|\bto\b|\buntil\b|\bthrough\b/i.test(part) && named.length === 2) {
      for (const day of between(named[0] as number, named[1] as number)) days.add(day);
    } else for (const day of named) days.add(day);
  }
  return { value: [...days].sort(), rest: without(text, list) };
}

function dayNumber(name: string): number {
  return DAY_NAMES.indexOf(name.slice(0, 3).toLowerCase() as (typeof DAY_NAMES)[number]);
}

/** From Friday to Monday goes over the week-end. */
function between(first: number, last: number): number[] {
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7);
}

function takeZone(text: string): Taken<string | null> {
  const found = zoneNamed(text);
  return found === null
    ? { value: null, rest: text }
    : { value: found.zone, rest: cutOut(text, found.start, found.end) };
}

function takePhase(text: string): Taken<Wish['phase']> | null {
  const said = [...text.matchAll(/\b(prelim(?:inary)?|final|latest)\b/gi)];
  const phases = new Set(said.map(([word]) => word.toLowerCase().slice(0, 5)));
  if (phases.size > 1) return null;
  const rest = said.reduceRight((left, match) => without(left, match), text);
  const [phase] = phases;
  return { value: phase === 'preli' ? 'PRELIM' : phase === 'final' ? 'FINAL' : null, rest };
}

function takeEssentials(text: string, names: EssentialNames): Taken<string[] | null> | { mistake: string } {
  const everything = /\b(?:all|everything)\b/i.exec(text);
  if (everything !== null) return { value: null, rest: without(text, everything) };
  const found = names.find(text);
  const unclear = found.find((match) => match.kind === 'ambiguous');
  if (unclear?.kind === 'ambiguous')
    return { mistake: `"${unclear.said}" may be ${listed(unclear.candidates, 'or')}: which one?` };
  const essentials = found.flatMap((match) => (match.kind === 'ambiguous' ? [] : [match.essential]));
  const rest = found.reduceRight((left, { start, end }) => cutOut(left, start, end), text);
  return { value: essentials.length === 0 ? null : [...new Set(essentials)], rest };
}

export function listed(names: readonly string[], word: 'and' | 'or'): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

function without(text: string, match: RegExpExecArray | RegExpMatchArray): string {
  const start = match.index ?? 0;
  return cutOut(text, start, start + match[0].length);
}

/** A comma stays behind: what stood on both sides must not become one name. */
function cutOut(text: string, start: number, end: number): string {
  return `${text.slice(0, start)} , ${text.slice(end)}`;
}
