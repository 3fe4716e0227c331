import type { Answer } from '../../agent/answer.ts';
import { causesParts } from './causes.ts';
import { clarificationParts } from './clarification.ts';
import { comparisonParts } from './comparison.ts';
import { durationsParts } from './durations.ts';
import { errorParts } from './error.ts';
import { etaParts } from './eta.ts';
import { helpParts } from './help.ts';
import { historyParts } from './history.ts';
import { latenessParts } from './lateness.ts';
import { nightParts } from './night.ts';
import { type Folded, fold, type Part } from './pieces/budget.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { context, section } from './pieces/elements.ts';
import { withoutMarks } from './pieces/markdown.ts';
import type { Rendering } from './pieces/rendering.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { cut, plain } from './pieces/text.ts';
import { feedbackParts, isKept, plainTools, withShowAll } from './pieces/tool-parts.ts';
import { verdictText } from './pieces/verdict-part.ts';
import { progressParts } from './progress.ts';
import { refusalParts } from './refusal.ts';
import { sliceParts } from './slices.ts';
import { statusParts } from './status.ts';
import { taskParts } from './tasks.ts';
import type { View } from './view.ts';

type MessageForm = Exclude<Rendering['form'], 'whole'>;

/** One line a kind of answer. */
const LAYOUTS: Record<Answer['kind'], (answer: Answer, how: Rendering) => Part[]> = {
  status: statusParts,
  progress: progressParts,
  slices: sliceParts,
  tasks: taskParts,
  history: historyParts,
  night: nightParts,
  causes: causesParts,
  lateness: latenessParts,
  eta: etaParts,
  comparison: comparisonParts,
  durations: durationsParts,
  clarification: clarificationParts,
  refusal: refusalParts,
  help: helpParts,
  error: errorParts,
};

/**
 * An answer as a Slack message, the best layout first, then what to show where a workspace refuses that. `airflow`: the address of
 * its web page, for links. Pure.
 */
export function renderLayouts(answer: Answer, airflow: string | null = null): View[] {
  const { missing } = folded(answer, { airflow, form: 'sections' });
  return [renderAnswer(answer, airflow), renderAnswer(answer, airflow, 'sections'), renderPlainly(answer, missing)];
}

/** Inside Slack's limits whatever is in it; what is folded for that is said, and opens with "Show all". */
export function renderAnswer(answer: Answer, airflow: string | null = null, form: MessageForm = 'full'): View {
  const { blocks, leftOut, missing } = folded(answer, { airflow, form });
  const opens = missing > 0 && isKept(answer);
  const said =
    leftOut === '' ? [] : [context(`Left out to fit: ${leftOut}.${opens ? '' : ' Ask about them by name.'}`)];
  return { text: answerText(answer), blocks: [...(opens ? withShowAll(blocks, answer, missing) : blocks), ...said] };
}

/** All of an answer as pieces of escaped mrkdwn, of a section each; null where its message shows everything. */
export function renderWhole(answer: Answer, airflow: string | null = null): string[] | null {
  const forms: MessageForm[] = ['full', 'sections'];
  if (!isKept(answer) || forms.every((form) => folded(answer, { airflow, form }).missing === 0)) return null;
  return partsOf(answer, { airflow, form: 'whole' })
    .flatMap((part) => part.blocks)
    .flatMap((block) => {
      if (block.type === 'section') return block.text?.text ?? [];
      if (block.type === 'context') return block.elements.flatMap((each) => ('text' in each ? each.text : []));
      return [];
    });
}

function folded(answer: Answer, how: Rendering): Folded {
  return fold([...partsOf(answer, how), ...feedbackParts(answer, how)]);
}

/** The same with the plainest blocks, for a workspace that refuses the others. `missing`: how much the better ones left out. */
export function renderPlainly(answer: Answer, missing = 0): View {
  const text = longText(answer);
  const blocks = [section(text), ...plainTools(answer)];
  return { text, blocks: missing > 0 && isKept(answer) ? withShowAll(blocks, answer, missing) : blocks };
}

function partsOf(answer: Answer, how: Rendering): Part[] {
  const layout = answer.error === null ? LAYOUTS[answer.kind] : errorParts;
  return layout(answer, how);
}

/** For notifications, screen readers and clients without blocks: the verdict, and the error where there is one. */
export function answerText(answer: Answer): string {
  if (answer.error) return plain(`${answer.error.message} ${answer.error.remedy} Reference: ${answer.reference}`, 1500);
  return plain(verdictText(answer), 1500) || 'The answer is in this message.';
}

function longText(answer: Answer): string {
  if (answer.error) return answerText(answer);
  const nameOf = createDatasetNames(answer.failures.map((failure) => failure.dataset_id));
  const failures = answer.failures.slice(0, 10).map((failure) => {
    const unit =
      failure.slice === null ? nameOf(failure.dataset_id) : `${failure.slice} of ${nameOf(failure.dataset_id)}`;
    return `${symbolOf(failure.status, failure.stuck)} ${wordOf(failure.status, failure.stuck)}: ${unit}, attempt ${failure.attempt}`;
  });
  const essentials = answer.essentials
    .slice(0, 20)
    .map((entry) => `${symbolOf(entry.status)} ${wordOf(entry.status)}: ${entry.essential} ${entry.phase}`);
  const lines = [
    verdictText(answer),
    ...essentials,
    ...(answer.root_causes.length > 0
      ? answer.root_causes.slice(0, 5).map((cause) => withoutMarks(cause.summary))
      : failures),
    cut(withoutMarks(answer.prose), 900),
    ...answer.next.slice(0, 4).map((step) => withoutMarks(step)),
    `ref ${answer.reference}`,
  ];
  return plain(lines.filter((line) => line !== '').join('\n'), 2800);
}
