import type { Answer } from '../../../src/agent/answer.ts';
import { objectsIn } from './walk.ts';

/** What each status is called, in code and in words. */
const WORDS: Readonly<Record<NonNullable<Answer['status']> | 'CANCELLED' | 'QUEUED', readonly string[]>> = {
  SUCCESS: ['success', 'done', 'complete', 'ended', 'nothing is wrong'],
  PARTIAL_FAILURE: ['partial_failure', 'partial failure', 'failed'],
  FAILED: ['failed'],
  CANCELLED: ['cancelled'],
  RUNNING: ['running', 'stuck'],
  QUEUED: ['queued'],
  WAITING: ['waiting'],
  UNKNOWN: ['unknown', 'without a known status'],
  NOT_STARTED: ['not_started', 'not started', 'not begun', 'nothing has run'],
};

const SYMBOLS: readonly (readonly [symbol: string, words: readonly string[]])[] = [
  ['✅', WORDS.SUCCESS],
  ['⚠️', WORDS.PARTIAL_FAILURE],
  ['❌', WORDS.FAILED],
  ['🚫', [...WORDS.CANCELLED, 'removed']],
  ['▶️', WORDS.RUNNING],
  // A step waits for what has not started.
  ['⏸️', [...WORDS.WAITING, ...WORDS.NOT_STARTED]],
  ['◻️', [...WORDS.NOT_STARTED, 'no state yet']],
  ['🧊', ['stuck']],
];

/** "3/3": all of them. */
const ALL_OF_THEM = /\b(\d+)\/\1\b/;

/**
 * Symbols of a status without a word of it, on their line or on the next: nothing for whoever does not see or know the symbol.
 */
export function symbolProblems(root: unknown): string[] {
  const texts = objectsIn(root).flatMap(({ object: { text } }) => (typeof text === 'string' ? [text] : []));
  return texts.flatMap((text) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const said = `${line}\n${lines[index + 1] ?? ''}`.toLowerCase();
      const silent = SYMBOLS.find(
        ([symbol, words]) => line.includes(symbol) && !words.some((word) => said.includes(word)),
      );
      if (silent === undefined || (silent[0] === '✅' && ALL_OF_THEM.test(line))) return [];
      return [`${silent[0]} stands without a word for it: ${JSON.stringify(line.slice(0, 160))}`];
    });
  });
}

/** What a notification has to say of an answer: about which essential, and how it is. */
export function notificationProblems(text: string, { error, essential, status, kind }: Answer): string[] {
  if (error !== null || essential === null || status === null) return [];
  const said = text.toLowerCase();
  const tellsStatus = kind === 'status' || kind === 'progress';
  return [
    ...(said.includes(essential.toLowerCase()) ? [] : [`text does not name ${essential}: ${text.slice(0, 200)}`]),
    ...(tellsStatus && !WORDS[status].some((word) => said.includes(word))
      ? [`text does not say ${status}: ${text.slice(0, 200)}`]
      : []),
  ];
}
