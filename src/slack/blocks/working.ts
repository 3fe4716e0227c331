import type { ActionsBlock } from '@slack/types';
import { context, questionButtons, section } from './pieces/elements.ts';
import { harmlessMarkdown, inline, withoutMarks } from './pieces/markdown.ts';
import { plain } from './pieces/text.ts';
import { verdictLines } from './pieces/verdict-part.ts';
import type { View } from './view.ts';

export interface Step {
  id: string;
  title: string;
  status: 'in_progress' | 'complete' | 'error';
}

/** How far a question has come. */
export interface Progress {
  /** In the order in which they began. */
  steps: readonly Step[];
  /** By code; null until it is known. */
  verdict: string | null;
}

export const NOTHING_YET: Progress = { steps: [], verdict: null };

/** The button that ends the work on a question; its value is the question's reference. */
export const STOP_ACTION = 'sentry_stop';

const MARKS: Record<Step['status'], string> = { in_progress: '⏳', complete: '✅', error: '⚠️' };

/**
 * What is shown until the answer is there: the verdict once it is known, and the step that is being taken. `reference`: of the
 * question, where it can be stopped from here.
 */
export function workingView({ steps, verdict: known }: Progress, reference: string | null = null): View {
  const verdict = known === null || withoutMarks(known) === '' ? null : known;
  const current = steps.findLast((step) => step.status === 'in_progress');
  const doing = current ? inline(current.title, 200) : verdict === null ? 'Reading the question' : 'Writing the answer';
  const done = steps.filter((step) => step.status !== 'in_progress').slice(-4);
  const trail = done.map((step) => `${MARKS[step.status]} ${inline(step.title, 200)}`);
  return {
    text: plain(
      verdict === null
        ? `Working on it: ${current ? withoutMarks(current.title) : 'reading the question'}…`
        : withoutMarks(verdict),
      1500,
    ),
    blocks: [
      ...verdictHead(verdict),
      section(`⏳ *Working on it* · ${doing}…`),
      ...(trail.length > 0 ? [context(...trail)] : []),
      ...(reference === null ? [] : [stopButton(reference)]),
    ],
  };
}

export function stopButton(reference: string): ActionsBlock {
  const text = { type: 'plain_text', text: 'Stop', emoji: true } as const;
  return {
    type: 'actions',
    block_id: 'stop',
    elements: [
      { type: 'button', action_id: STOP_ACTION, text, value: reference, accessibility_label: 'Stop working on this' },
    ],
  };
}

/** The title of a step where Slack draws it itself. */
export function stepTitle(step: Step): string {
  return plain(withoutMarks(step.title), 200) || 'Working';
}

/** The verdict for a message that is being streamed, which takes Markdown. */
export function streamedVerdict(verdict: string): string {
  return harmlessMarkdown(`🔎 ${verdict}`, 1500);
}

/** What was computed by code stays true, whatever came of the rest. */
export function verdictHead(verdict: string | null): View['blocks'] {
  return verdict === null || withoutMarks(verdict) === '' ? [] : [section(...verdictLines(verdict, '🔎'))];
}

/** A question whose work was ended by a person: by whom, what is known all the same, and how to have it answered. */
export function stoppedView(by: string | null, question: string, verdict: string | null): View {
  const who = by !== null && /^[UW][A-Z0-9]{2,}$/.test(by) ? `<@${by}>` : 'someone';
  const known = verdict === null || withoutMarks(verdict) === '' ? '' : `${plain(withoutMarks(verdict), 1200)} `;
  const kept = known === '' ? 'Nothing was found out yet.' : 'What is above was known by then.';
  return {
    text: `${known}⏹️ Stopped by ${who}.`,
    blocks: [
      ...verdictHead(verdict),
      section(`⏹️ *Stopped* by ${who}. ${kept} Nothing more is read for this question.`),
      ...questionButtons([{ label: 'Ask again', question }], 'ask-again'),
    ],
  };
}
