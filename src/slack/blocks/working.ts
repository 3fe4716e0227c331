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

/** What is known already, whatever comes of the rest. */
export interface Known {
  /** By code; null until it is known. */
  verdict: string | null;
  /** The model's sentences that have passed the check; empty until there are any. */
  prose: string;
}

/** How far a question has come. */
export interface Progress extends Known {
  /** In the order in which they began. */
  steps: readonly Step[];
}

export const NOTHING_YET: Progress = { steps: [], verdict: null, prose: '' };

/** The button that ends the work on a question; its value is the question's reference. */
export const STOP_ACTION = 'sentry_stop';

/** Characters; no answer says more than this in prose. */
const MOST_PROSE = 2800;

const MARKS: Record<Step['status'], string> = { in_progress: '⏳', complete: '✅', error: '⚠️' };

/**
 * What is shown until the answer is there: the verdict once it is known, what is said below it so far, and the step that is
 * being taken. `reference`: of the question, where it can be stopped from here.
 */
export function workingView({ steps, ...known }: Progress, reference: string | null = null): View {
  const verdict = known.verdict === null || withoutMarks(known.verdict) === '' ? null : known.verdict;
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
      ...knownHead(known),
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

/** What comes behind the sentences that were streamed already: a paragraph of its own under the verdict, then one after the other. */
export function streamedProse(more: string, shown: string): string {
  return `${shown === '' ? '\n\n' : ' '}${harmlessMarkdown(more, MOST_PROSE)}`;
}

/** What was computed by code and what was checked stay true, whatever came of the rest. */
export function knownHead({ verdict, prose }: Known): View['blocks'] {
  return [
    ...(verdict === null || withoutMarks(verdict) === '' ? [] : [section(...verdictLines(verdict, '🔎'))]),
    ...(withoutMarks(prose) === '' ? [] : [section(inline(prose, MOST_PROSE))]),
  ];
}

/** A question whose work was ended by a person: by whom, what is known all the same, and how to have it answered. */
export function stoppedView(by: string | null, question: string, known: Known): View {
  const who = by !== null && /^[UW][A-Z0-9]{2,}$/.test(by) ? `<@${by}>` : 'someone';
  const { verdict } = known;
  const said = verdict === null || withoutMarks(verdict) === '' ? '' : `${plain(withoutMarks(verdict), 1200)} `;
  const kept = said === '' ? 'Nothing was found out yet.' : 'What is above was known by then.';
  return {
    text: `${said}⏹️ Stopped by ${who}.`,
    blocks: [
      ...knownHead(known),
      section(`⏹️ *Stopped* by ${who}. ${kept} Nothing more is read for this question.`),
      ...questionButtons([{ label: 'Ask again', question }], 'ask-again'),
    ],
  };
}
