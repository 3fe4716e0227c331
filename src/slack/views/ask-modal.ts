import type { InputBlock, ModalView } from '@slack/types';
import { context, section } from '../blocks/pieces/elements.ts';
import { code, words } from '../blocks/pieces/text.ts';

export const ASK_MODAL = 'sentry_ask_about';
export const QUESTION_FIELD = { block: 'question', action: 'text' } as const;

/** Nothing was recognised in a message: what is it about? `place` comes back with the submission. */
export function askAboutModal(place: string, alert: string): ModalView {
  return {
    ...frame('Investigate', place),
    submit: { type: 'plain_text', text: 'Ask' },
    blocks: [
      section('I found no batch, dataset or run in that message. What shall I look at?'),
      ...(alert.trim() === '' ? [] : [context(`It says: ${words(alert, 300)}`)]),
      questionInput(''),
    ],
  };
}

/** What stood behind an answer is kept no longer: the question can be asked again, in the same place. Titles have 24 characters. */
export function askAgainModal(place: string, reference: string, question: string, title: string): ModalView {
  return {
    ...frame(title, place),
    submit: { type: 'plain_text', text: 'Ask again' },
    blocks: [
      section(
        '*What stands behind this answer is no longer kept.*',
        'I keep it for 14 days, and where I have no store of my own only until I am restarted. Asked again, it is read anew.',
      ),
      context(`ref ${code(reference, 60)}`),
      questionInput(question),
    ],
  };
}

function frame(title: string, place: string) {
  return {
    type: 'modal',
    callback_id: ASK_MODAL,
    private_metadata: place,
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Cancel' },
  } as const;
}

function questionInput(initial: string): InputBlock {
  return {
    type: 'input',
    block_id: QUESTION_FIELD.block,
    label: { type: 'plain_text', text: 'Question' },
    element: {
      type: 'plain_text_input',
      action_id: QUESTION_FIELD.action,
      max_length: 500,
      placeholder: { type: 'plain_text', text: 'why did derivatives prelim fail last night?' },
      ...(initial === '' ? {} : { initial_value: initial.slice(0, 500) }),
    },
  };
}
