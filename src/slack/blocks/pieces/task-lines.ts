import type { Answer } from '../../../agent/answer.ts';
import { airflowAddress, linkedId } from './airflow-links.ts';
import { timesOf } from './failure-parts.ts';
import type { Rendering } from './rendering.ts';
import { code, words } from './text.ts';

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
/** Airflow dates these by when it gave them up; nothing ran then. */
const NEVER_RAN = new Set(['upstream_failed', 'skipped', 'removed']);

/** Whether it ran, so that its times say something. */
export function hasRun({ state }: Task): boolean {
  return !NEVER_RAN.has(state ?? '');
}

/** A task that went well is not linked: addresses are long, and a message takes so many characters. */
function isWorthALook({ state }: Task): boolean {
  return state !== 'success' && state !== 'skipped';
}

export function addressOf(task: Task, { airflow }: Rendering): string | null {
  const { dag_id: dagId, dag_run_id: runId, task_id: taskId } = task;
  return isWorthALook(task) ? airflowAddress(airflow, { dagId, runId, taskId }) : null;
}

/** A shape for its state; the word stands beside it. */
export function markOf({ state }: Task): string {
  return MARKS[state ?? ''] ?? '◻️';
}

export function stateOf({ state }: Task): string {
  return (state ?? 'no state yet').replaceAll('_', ' ');
}

/** A task in a line of escaped mrkdwn: its state, its try, its times, and of what failed first where it ran. */
export function taskLine(task: Task, answer: Answer, { airflow }: Rendering): string {
  const details = [
    task.try_number !== null && task.try_number > 1 ? `try ${task.try_number}` : '',
    hasRun(task) ? timesOf(task, answer) : '',
    task.first_failure && task.host !== null ? `host ${code(task.host, 80)}` : '',
    task.first_failure && task.operator !== null ? `operator ${code(task.operator, 80)}` : '',
    task.first_failure ? '*failed first*' : '',
  ].filter((each) => each !== '');
  const { dag_id: dagId, dag_run_id: runId, task_id: taskId } = task;
  const name = linkedId(isWorthALook(task) ? airflow : null, { dagId, runId, taskId }, 160);
  return `${markOf(task)} ${name} ${words(stateOf(task), 40)}${details.length > 0 ? ` · ${details.join(' · ')}` : ''}`;
}

/** Of what failed first, what the table has no room for. */
export function causeLine(task: Task, { airflow }: Rendering): string {
  const { dag_id: dagId, dag_run_id: runId, task_id: taskId } = task;
  const details = [
    linkedId(airflow, { dagId, runId, taskId }, 250),
    task.host === null ? '' : `host ${code(task.host, 80)}`,
    task.operator === null ? '' : `operator ${code(task.operator, 80)}`,
  ].filter((each) => each !== '');
  return `*failed first* ${details.join(' · ')}`;
}

/** Most ids repeat the id of the dataset, which stands above the table: `enrich_…`. */
export function shortTaskId({ task_id: id, dataset_id: dataset }: Task): string {
  return dataset !== '' && id.endsWith(dataset) && id !== dataset ? `${id.slice(0, -dataset.length)}…` : id;
}
