import type { Refusal } from '../batch/finding.ts';
import { stripControls } from './safe-text.ts';

export const MAX_QUESTION_CHARS = 4000;

/** A question fit to be answered, or why it is not. Emoji are kept: only what cannot be seen is taken out. */
export function readQuestion(text: string, maxChars = MAX_QUESTION_CHARS): { text: string } | { refusal: Refusal } {
  const clean = stripControls(text).replace(/\s+/g, ' ').trim();
  const length = [...clean].length;
  if (length > maxChars) {
    return {
      refusal: {
        kind: 'refusal',
        reason: 'too_long',
        text: `That is ${count(length)} characters; I read questions of up to ${count(maxChars)}. Name the batch, and the date if it is not the latest, and leave logs out.`,
        offers: EXAMPLES,
      },
    };
  }
  if (!/[\p{L}\p{N}?]/u.test(clean)) {
    return {
      refusal: {
        kind: 'refusal',
        reason: 'empty',
        text: 'There is no question in that. Ask about a batch or about the night.',
        offers: EXAMPLES,
      },
    };
  }
  return { text: clean };
}

const EXAMPLES = ['How is Derivatives doing?', 'What happened last night?', 'What can you do?'];

function count(value: number): string {
  return value.toLocaleString('en-US');
}
