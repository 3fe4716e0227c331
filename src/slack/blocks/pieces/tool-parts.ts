import type { ActionsBlock, Button, ContextActionsBlock, KnownBlock } from '@slack/types';
import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import type { Rendering } from './rendering.ts';

export const EVIDENCE_ACTION = 'sentry_evidence';
export const FEEDBACK_ACTION = 'sentry_feedback';
export const SHOW_ALL_ACTION = 'sentry_show_all';

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

/** Whether it claims something, so that more of it is kept than the message shows. */
export function isKept(answer: Answer): boolean {
  return evidenceButton(answer) !== null;
}

/** "How do you know?", on the row above the follow-up questions. */
export function evidenceParts(answer: Answer, { form }: Rendering): Part[] {
  const button = evidenceButton(answer);
  if (button === null) return [];
  const blocks = form === 'full' ? [{ type: 'actions' as const, elements: [button] }] : plainTools(answer);
  return [{ keep: Keep.suggestion, what: ['button', 'buttons'], blocks }];
}

/** The same blocks with a button that opens all of the answer, beside "How do you know?" where that is there. */
export function withShowAll(blocks: readonly KnownBlock[], answer: Answer, missing: number): KnownBlock[] {
  const button: Button = {
    type: 'button',
    action_id: SHOW_ALL_ACTION,
    text: { type: 'plain_text', text: `Show all (${missing} more)` },
    value: answer.reference,
  };
  const at = blocks.findIndex((block) => block.type === 'actions' && holds(block, EVIDENCE_ACTION));
  const row = blocks[at];
  if (row?.type !== 'actions') return [...blocks, { type: 'actions', elements: [button] }];
  return blocks.with(at, { ...row, elements: [button, ...row.elements] });
}

function holds({ elements }: ActionsBlock, action: string): boolean {
  return elements.some((element) => element.action_id === action);
}

/** "Right" and "wrong", as Slack's own pair of thumbs. */
export function feedbackParts(answer: Answer, { form }: Rendering): Part[] {
  if (form !== 'full' || evidenceButton(answer) === null) return [];
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
