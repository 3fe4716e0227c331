import { statusWordsIn } from './status-words.ts';
import type { Truth } from './truth.ts';

const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const TENS: Record<string, number> = {
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
};
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const NOUNS: readonly [string, RegExp][] = [
  ['slice', /^(slices?|units?)$/],
  ['dataset', /^datasets?$/],
  ['run', /^runs?$/],
  ['task', /^tasks?$/],
  ['batch', /^(batch(es)?|essentials?)$/],
  ['date', /^(dates?|days?|nights?)$/],
];

/** Number words as digits, so that "three of five" is checked like "3 of 5". "One" is left where it only points. */
export function digits(text: string): string {
  return text
    .replace(new RegExp(`\\b(${WORDS.slice(2).join('|')}|zero)\\b`, 'gi'), (word) =>
      String(WORDS.indexOf(word.toLowerCase())),
    )
    .replace(
      /\bone\b(?= (?:of|slice|unit|dataset|run|task|step|batch|essential|date|day|attempt|failed|failure|more)\b)/gi,
      '1',
    )
    .replace(new RegExp(`\\b(${Object.keys(TENS).join('|')})\\b`, 'gi'), (word) => String(TENS[word.toLowerCase()]))
    .replace(
      new RegExp(`\\b(${ORDINALS.slice(2).join('|')}) (attempt|try|step)\\b`, 'gi'),
      (_all, word: string, noun: string) => `${noun} ${ORDINALS.indexOf(word.toLowerCase())}`,
    )
    .replace(/\b(\d+)(?:st|nd|rd|th) (attempt|try|step)\b/gi, '$2 $1');
}

/** Shares, counts of things in a state, and every other number left in the sentence. */
export function checkNumbers(text: string, truth: Truth): boolean {
  if (/\bper ?cent\b|\d[.,]\d|[$€£]\s*\d|[-+]\d/.test(text)) return false;
  const percents = [...text.matchAll(/(\d+)\s*%/g)];
  if (!percents.every(([, number]) => truth.percents.has(Number(number)))) return false;
  if (percents.length > 0) return checkNumbers(text.replace(/\d+\s*%/g, ' '), truth);
  const shares = [...text.matchAll(/(\d+)\s*(?:of|out of|\/)\s*(?:(?:the|its|all)\s+)?(?:last |latest )?(\d+)/gi)];
  if (shares.some(([, part, whole]) => !truth.pairs.has(`${Number(part)}/${Number(whole)}`))) return false;
  const labelled = [...text.matchAll(/\b(step|attempt|try)\s+(\d+)(?:\s*(?:of|out of|\/)\s*(\d+))?/gi)];
  if (
    labelled.some(
      ([, label, number, of]) =>
        !truth.labelled.has(
          `${label?.toLowerCase()} ${Number(number)}${of && label?.toLowerCase() === 'step' ? `/${Number(of)}` : ''}`,
        ),
    )
  )
    return false;
  const standing = [...text.matchAll(/\b(?:at|in|on|reached|reaches) step (\d+)/gi)];
  if (standing.some(([, number]) => !truth.labelled.has(`at ${Number(number)}`))) return false;
  if (!countsHold(text, truth)) return false;
  return [...text.matchAll(/\d+/g)].every(([number]) => truth.numbers.has(Number(number)));
}

/** "3 slices failed", "3 failed slices", "3 of 25 slices are running": the number must be the count of that state. */
function countsHold(text: string, truth: Truth): boolean {
  const statuses = statusWordsIn(text);
  // "failed on 2 of the last 10 business dates": the status stands before its count.
  for (const match of text.matchAll(
    /\b(?:on|in|for)\s+(\d+)(?:\s*(?:of|out of|\/)\s*(?:(?:the|its|all)\s+)?(?:last |latest )?\d+)?\s+(?:business )?(?:dates?|days?|nights?)/gi,
  )) {
    const status = statuses.findLast((word) => word.end <= match.index);
    if (status && !truth.counts.get(`${status.class} date`)?.has(Number(match[1]))) return false;
  }
  for (const match of text.matchAll(
    /(\d+)(?:\s*(?:of|out of|\/)\s*(?:(?:the|its|all)\s+)?(?:last |latest )?\d+)?((?:\s+[a-z_]+){1,3})/gi,
  )) {
    const end = match.index + match[0].length;
    const words = (match[2] ?? '').trim().toLowerCase().split(/\s+/);
    const noun = words
      .map((word) => NOUNS.find(([, pattern]) => pattern.test(word))?.[0])
      .find((name) => name !== undefined);
    const status = statuses.find((word) => word.start >= match.index && word.start <= end + 12);
    if (noun === undefined || status === undefined) {
      // "3 failed", without a noun: some count of that state.
      const bare = statuses.find((word) => word.start === match.index + match[0].indexOf(words[0] ?? ''));
      if (
        bare &&
        noun === undefined &&
        ![...truth.counts].some(([key, values]) => key.startsWith(`${bare.class} `) && values.has(Number(match[1])))
      )
        return false;
      continue;
    }
    const between = text.slice(end, status.start);
    if (
      /\d/.test(between) ||
      /[,;:⟦]/.test(text.slice(match.index, status.start)) ||
      /\bstep|attempt|try\b/i.test(text.slice(Math.max(0, match.index - 8), match.index))
    )
      continue;
    const known = truth.counts.get(`${status.class} ${noun}`);
    if (!known?.has(Number(match[1]))) return false;
  }
  return true;
}
