import type { ModalView } from '@slack/types';
import { familyWord } from '../../agent/compose/sections/causes.ts';
import { FAMILIES } from '../../batch/rca/cause.ts';
import { section } from '../blocks/pieces/elements.ts';
import { inline } from '../blocks/pieces/markdown.ts';
import type { KeptAnswer } from '../views/kept-answer.ts';

export const FEEDBACK_MODAL = 'sentry_feedback_cause';
export const CAUSE_FIELD = { block: 'cause', action: 'family' } as const;
export const WORDS_FIELD = { block: 'words', action: 'text' } as const;

/** The choices, in the words of the answers; the last two are for what no family is. */
export const CAUSES = [...FAMILIES, 'nothing_wrong', 'something_else'] as const;

/** "What was the actual cause?" `place` comes back with the submission. */
export function feedbackModal(answer: KeptAnswer | null, place: string): ModalView {
  return {
    type: 'modal',
    callback_id: FEEDBACK_MODAL,
    private_metadata: place,
    title: { type: 'plain_text', text: 'What was it?' },
    submit: { type: 'plain_text', text: 'Send' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      ...(answer === null ? [] : [section('I said:', `> ${inline(answer.verdict, 500)}`)]),
      {
        type: 'input',
        block_id: CAUSE_FIELD.block,
        optional: true,
        label: { type: 'plain_text', text: 'What was the actual cause?' },
        element: {
          type: 'static_select',
          action_id: CAUSE_FIELD.action,
          placeholder: { type: 'plain_text', text: 'Choose, if you know' },
          options: CAUSES.map((cause) => ({
            text: { type: 'plain_text', text: capital(familyWord(cause)) },
            value: cause,
          })),
        },
      },
      {
        type: 'input',
        block_id: WORDS_FIELD.block,
        optional: true,
        label: { type: 'plain_text', text: 'In your words' },
        hint: { type: 'plain_text', text: 'Whoever runs SENTRY reads this, and evaluates with it.' },
        element: { type: 'plain_text_input', action_id: WORDS_FIELD.action, multiline: true, max_length: 1000 },
      },
    ],
  };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
