import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { failureParts, timesOf } from './pieces/failure-parts.ts';
import { code, words } from './pieces/text.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Task = Answer['tasks'][number];

/** Airflow's words, with a shape each; whatever else it says is shown as it is. */
const MARKS: Record<string, string> = {
  success: '✅',
  failed: '❌',
  running: '▶️',
  queued: '⏳',
  scheduled: '⏳',
  up_for_retry: '🔁',
  upstream_failed: '⤵️',
  skipped: '⏭️',
  removed: '🚫',
};
const SHOWN_A_RUN = 12;

/** Airflow dates these by when it gave them up; nothing ran then. */
const NEVER_RAN = new Set(['upstream_failed', 'skipped', 'removed']);

/** "Which task failed?": per run its tasks in order, the first that failed by itself marked. */
export function taskParts(answer: Answer): Part[] {
  const ids = [...answer.tasks, ...answer.datasets].map((each) => each.dataset_id);
  const nameOf = createDatasetNames(ids);
  const runs = [...Map.groupBy(answer.tasks, (task) => JSON.stringify([task.dag_id, task.dag_run_id])).values()];
  const told = new Set(answer.tasks.map((task) => task.dag_run_id));
  const failures = answer.failures.filter((failure) => failure.dag_run_id === null || !told.has(failure.dag_run_id));
  return [
    verdictPart(answer),
    ...runs.map((tasks) => runPart(tasks, answer, nameOf)),
    ...failureParts({ ...answer, failures }, nameOf),
    ...prosePart(answer),
    ...closingParts(answer),
  ];
}

function runPart(tasks: readonly Task[], answer: Answer, nameOf: (id: string) => string): Part {
  const first = tasks[0] as Task;
  const name = code(nameOf(first.dataset_id), 120);
  const title = first.slice === null ? `*Run* of ${name}` : `*Slice* ${code(first.slice, 120)} of ${name}`;
  const important = [...tasks].sort((a, b) => weight(b) - weight(a)).slice(0, SHOWN_A_RUN);
  const shown = tasks.filter((task) => important.includes(task)).map((task) => taskLine(task, answer));
  const more = tasks.length > shown.length ? `and ${tasks.length - shown.length} more tasks` : '';
  const cause = tasks.find((task) => task.first_failure);
  return {
    keep: Keep.failure,
    what: ['run', 'runs'],
    blocks: [section(title, `run ${code(first.dag_run_id, 260)}`, ...shown, more)],
    shorter: [section(title, cause ? taskLine(cause, answer) : `${tasks.length} tasks`)],
  };
}

/** Of a long run those are shown that say something. */
function weight(task: Task): number {
  if (task.first_failure) return 4;
  if (task.state === 'failed') return 3;
  return task.state === 'success' ? 1 : 2;
}

function taskLine(task: Task, answer: Answer): string {
  const state = (task.state ?? 'no state yet').replaceAll('_', ' ');
  const details = [
    task.try_number !== null && task.try_number > 1 ? `try ${task.try_number}` : '',
    NEVER_RAN.has(task.state ?? '') ? '' : timesOf(task, answer),
    task.first_failure && task.host !== null ? `host ${code(task.host, 80)}` : '',
    task.first_failure && task.operator !== null ? `operator ${code(task.operator, 80)}` : '',
    task.first_failure ? '*failed first*' : '',
  ].filter((each) => each !== '');
  const said = MARKS[task.state ?? ''] ?? '◻️';
  return `${said} ${code(task.task_id, 160)} ${words(state, 40)}${details.length > 0 ? ` · ${details.join(' · ')}` : ''}`;
}
