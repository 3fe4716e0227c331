import { distance } from 'fastest-levenshtein';
import { KNOWN_NAMES } from './known-names.ts';

/** A name that was found in what a person wrote. `start` and `end` delimit the words that were taken for it. */
export type NameMatch =
  | { kind: 'exact' | 'near'; essential: string; said: string; start: number; end: number }
  /** Fits several essentials: ask, never guess. */
  | { kind: 'ambiguous'; candidates: readonly string[]; said: string; start: number; end: number };

export interface EssentialNames {
  /** Every Lenz name, in the order of the built-in map. */
  readonly all: readonly string[];
  /** Names in a text, in order, without overlaps; the longest name said wins. */
  find(text: string): NameMatch[];
  /** What a person would call it, e.g. `Derivatives` for `TB-Derivatives`: for suggestions. */
  spoken(essential: string): string;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

interface Entry {
  words: readonly string[];
  joined: string;
  essential: string;
}

interface Candidate {
  essential: string;
  exact: boolean;
  distance: number;
}

const LONGEST_NAME = 4;

/** `extra` maps further spoken names to Lenz names (from sentry.yml). */
export function createEssentialNames(extra: Readonly<Record<string, string>> = {}): EssentialNames {
  const known = { ...KNOWN_NAMES, ...extra };
  const all = [...new Set(Object.values(known))];
  const entries = [...Object.entries(known), ...all.map((name) => [name, name] as const)].map(([said, essential]) =>
    entryOf(said, essential),
  );
  return {
    all,
    find: (text) => findNames(entries, wordsOf(text), text),
    spoken: (essential) => essential.replace(/^TB-/, '').replace(/-E2E$/, '').replaceAll('-', ' '),
  };
}

function findNames(entries: readonly Entry[], words: readonly Word[], text: string): NameMatch[] {
  const matches: NameMatch[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestAt(entries, words, at);
    if (found === null) {
      at += 1;
      continue;
    }
    const start = words[at]?.start ?? 0;
    const end = words[at + found.length - 1]?.end ?? start;
    const place = { said: text.slice(start, end), start, end };
    const [only, ...more] = found.essentials;
    if (only !== undefined && more.length === 0) {
      matches.push({ kind: found.exact ? 'exact' : 'near', essential: only, ...place });
    } else {
      matches.push({ kind: 'ambiguous', candidates: found.essentials, ...place });
    }
    at += found.length;
  }
  return matches;
}

/** The longest run of words from `at` that is a name, or nearly one. */
function longestAt(entries: readonly Entry[], words: readonly Word[], at: number) {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
    const span = words.slice(at, at + length).map((word) => word.text);
    // "30 sec" is a duration.
    if (length === 1 && /^\d+$/.test(words[at - 1]?.text ?? '') && span[0] === 'sec') continue;
    const candidates = entries.map((entry) => compareName(entry, span)).filter((candidate) => candidate !== null);
    const exact = candidates.filter((candidate) => candidate.exact);
    const best = exact.length > 0 ? exact : nearest(candidates);
    const essentials = [...new Set(best.map((candidate) => candidate.essential))];
    if (essentials.length > 0) return { essentials, exact: exact.length > 0, length };
  }
  return null;
}

function nearest(candidates: readonly Candidate[]): Candidate[] {
  const least = Math.min(...candidates.map((candidate) => candidate.distance));
  return candidates.filter((candidate) => candidate.distance === least);
}

function compareName(entry: Entry, span: readonly string[]): Candidate | null {
  const { essential } = entry;
  const joined = span.join('');
  if (joined === entry.joined) return { essential, exact: true, distance: 0 };
  const [single] = span;
  if (span.length === 1 && single !== undefined && entry.words.length === 1) {
    return nearWord(single, entry.joined) || contained(single, entry) ? near(essential, single, entry.joined) : null;
  }
  return partOf(entry, span) || sameWords(entry, span) ? near(essential, joined, entry.joined) : null;
}

/** Abbreviations count as close: what matters is that the words fit, the distance only decides between several. */
function near(essential: string, said: string, name: string): Candidate {
  return { essential, exact: false, distance: name.includes(said) ? 0 : distance(said, name) };
}

/** Whether each word fits a word of the name, in order and without a gap: "reg strategic", "snu strat". */
function partOf(entry: Entry, span: readonly string[]): boolean {
  const letters = span.reduce((sum, word) => sum + word.length, 0);
  for (let offset = 0; offset + span.length <= entry.words.length; offset += 1) {
    if (offset > 0 && letters < 6) continue;
    // The first word of a name alone ("TB") may begin several: that is for the person to say.
    if (offset === 0 && span.length === 1 && span[0] !== entry.words[0]) continue;
    if (span.every((word, index) => fitsWord(word, entry.words[offset + index] ?? ''))) return true;
  }
  return false;
}

/** The words of a name in another order: "snu strategic reg" must not be cut down to the shorter name in it. */
function sameWords(entry: Entry, span: readonly string[]): boolean {
  return span.length === entry.words.length && [...span].sort().join(' ') === [...entry.words].sort().join(' ');
}

function fitsWord(said: string, word: string): boolean {
  return said === word || nearWord(said, word);
}

/** A typing error or an abbreviation of one word. */
function nearWord(said: string, word: string): boolean {
  if (said.length >= 3 && word.length > said.length && word.startsWith(said)) return true;
  const length = Math.min(said.length, word.length);
  const tolerated = length >= 8 ? 2 : length >= 5 ? 1 : 0;
  return tolerated > 0 && distance(said, word) <= tolerated;
}

function contained(said: string, entry: Entry): boolean {
  return said.length >= 6 && entry.joined.includes(said);
}

function entryOf(said: string, essential: string): Entry {
  const words = wordsOf(said).map((word) => word.text);
  return { words, joined: words.join(''), essential };
}

/** Words in lower case; blanks, hyphens, underscores and punctuation separate them. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
