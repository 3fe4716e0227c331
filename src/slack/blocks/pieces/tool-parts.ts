import type { ActionsBlock, Button, ContextActionsBlock } from '@slack/types';
import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';

export const EVIDENCE_ACTION = 'sentry_evidence';
export const FEEDBACK_ACTION = 'sentry_feedback';

/** Kinds that claim nothing about the data. */
const CLAIMS_NOTHING: ReadonlySet<Answer['kind']> = new Set(['clarification', 'refusal', 'help', 'error']);

/** Opens what was read for the answer. Null where nothing was. */
function evidenceButton(answer: Answer): Button | null {
  if (answer.sources.length === 0 || CLAIMS_NOTHING.has(answer.kind) || answer.error !== null) return null;
  return {
    type: 'button',
    action_id: EVIDENCE_ACTION,
    text: { type: 'plain_text', text: 'How do you know?' },
    value: answer.reference,
  };
}

/** "How do you know?", on the row above the follow-up questions. */
export function evidenceParts(answer: Answer): Part[] {
  const button = evidenceButton(answer);
  if (button === null) return [];
  return [{ keep: Keep.suggestion, what: ['button', 'buttons'], blocks: [{ type: 'actions', elements: [button] }] }];
}

/** "Right" and "wrong", as Slack's own pair of thumbs. */
export function feedbackParts(answer: Answer): Part[] {
  if (evidenceButton(answer) === null) return [];
  const block: ContextActionsBlock = {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: FEEDBACK_ACTION,
        positive_button: {
          text: { type: 'plain_text', text: 'Right' },
          value: `right:${answer.reference}`,
          accessibility_label: 'This answer is right',
        },
        negative_button: {
          text: { type: 'plain_text', text: 'Wrong' },
          value: `wrong:${answer.reference}`,
          accessibility_label: 'This answer is wrong',
        },
      },
    ],
  };
  return [{ keep: Keep.note, what: ['pair of feedback buttons', 'pairs of feedback buttons'], blocks: [block] }];
}

/** All of them as ordinary buttons, for a workspace that refuses the others. */
export function plainTools(answer: Answer): ActionsBlock[] {
  const evidence = evidenceButton(answer);
  if (evidence === null) return [];
  const judge = (side: 'right' | 'wrong', text: string): Button => ({
    type: 'button',
    action_id: `${FEEDBACK_ACTION}_${side}`,
    text: { type: 'plain_text', text, emoji: true },
    value: `${side}:${answer.reference}`,
  });
  return [{ type: 'actions', elements: [evidence, judge('right', '👍 Right'), judge('wrong', '👎 Wrong')] }];
}
