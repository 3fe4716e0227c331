import { context, section } from './pieces/elements.ts';
import { inline, withoutMarks } from './pieces/markdown.ts';
import { plain } from './pieces/text.ts';
import { verdictLines } from './pieces/verdict-part.ts';
import type { View } from './view.ts';

export interface Step {
  id: string;
  title: string;
  status: 'in_progress' | 'complete' | 'error';
}

const MARKS: Record<Step['status'], string> = { in_progress: '⏳', complete: '✅', error: '⚠️' };

/** What is shown until the answer is there: the verdict once it is known, and the step that is being taken. */
export function workingView(steps: readonly Step[], known: string | null): View {
  const verdict = known === null || withoutMarks(known) === '' ? null : known;
  const current = steps.findLast((step) => step.status === 'in_progress');
  const doing = current ? inline(current.title, 200) : verdict === null ? 'Reading the question' : 'Writing the answer';
  const done = steps.filter((step) => step.status !== 'in_progress').slice(-4);
  const trail = done.map((step) => `${MARKS[step.status]} ${inline(step.title, 200)}`);
  const head = verdict === null ? [] : [section(...verdictLines(verdict, '🔎'))];
  return {
    text: plain(
      verdict === null
        ? `Working on it: ${current ? withoutMarks(current.title) : 'reading the question'}…`
        : withoutMarks(verdict),
      1500,
    ),
    blocks: [...head, section(`⏳ *Working on it* · ${doing}…`), ...(trail.length > 0 ? [context(...trail)] : [])],
  };
}
