import type { Answer } from '../../agent/answer.ts';
import { duration } from '../../agent/compose/times.ts';
import { airflowAddress, linkedId } from './pieces/airflow-links.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { chunks } from './pieces/chunks.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { failureParts, timesOf } from './pieces/failure-parts.ts';
import { type Rendering, shownOf } from './pieces/rendering.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { code, words } from './pieces/text.ts';
import { columnTime, timeTitle } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Task = Answer['tasks'][number];
type Naming = ReturnType<typeof createDatasetNames>;

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
export function taskParts(answer: Answer, how: Rendering): Part[] {
  const ids = [...answer.tasks, ...answer.datasets].map((each) => each.dataset_id);
  const nameOf = createDatasetNames(ids);
  const runs = [...Map.groupBy(answer.tasks, (task) => JSON.stringify([task.dag_id, task.dag_run_id])).values()];
  const told = new Set(answer.tasks.map((task) => task.dag_run_id));
  const failures = answer.failures.filter((failure) => failure.dag_run_id === null || !told.has(failure.dag_run_id));
  return [
    verdictPart(answer),
    // A message takes one table: of several runs each gets lines, so that they read alike.
    ...(runs.length === 1 && how.form === 'full'
      ? tableParts(runs[0] ?? [], answer, nameOf, how)
      : runs.map((tasks) => runPart(tasks, answer, nameOf, how))),
    ...failureParts({ ...answer, failures }, nameOf, how),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

/** What failed first in full, then all tasks of the run beside each other. */
function tableParts(tasks: readonly Task[], answer: Answer, nameOf: Naming, how: Rendering): Part[] {
  const first = tasks[0];
  if (first === undefined) return [];
  const lines = tasks.map((task) => taskLine(task, answer, how));
  const causes = tasks.filter((task) => task.first_failure || tasks.length === 1);
  const table: Table = {
    columns: [
      { title: 'State' },
      { title: 'Task', wraps: true },
      { title: 'Took', align: 'right' },
      { title: timeTitle('Start', answer.time_zone) },
    ],
    rows: tasks.map((task) => {
      const ran = !NEVER_RAN.has(task.state ?? '');
      const tries = (task.try_number ?? 1) > 1 ? `, try ${task.try_number}` : '';
      return [
        `${markOf(task)} ${stateOf(task)}${tries}`,
        { text: task.task_id, url: addressOf(task, how) },
        ran && task.duration_s !== null ? duration(task.duration_s) : '',
        ran ? columnTime(task.started_at, answer.time_zone, answer.business_date) : '',
      ];
    }),
  };
  return [
    {
      keep: Keep.failure,
      what: ['run', 'runs'],
      blocks: [section(...titleOf(first, nameOf, how), ...causes.map((task) => taskLine(task, answer, how)))],
    },
    ...(tasks.length === 1 ? [] : listParts(how, { what: ['task', 'tasks'], keep: Keep.failure, table, lines })),
  ];
}

function runPart(tasks: readonly Task[], answer: Answer, nameOf: Naming, how: Rendering): Part {
  const first = tasks[0] as Task;
  const title = titleOf(first, nameOf, how);
  const important = shownOf(
    [...tasks].sort((a, b) => weight(b) - weight(a)),
    SHOWN_A_RUN,
    how,
  );
  const shown = tasks.filter((task) => important.includes(task)).map((task) => taskLine(task, answer, how));
  const left = tasks.length - shown.length;
  const more = left > 0 ? [`and ${left} more tasks`] : [];
  const cause = tasks.find((task) => task.first_failure);
  return {
    keep: Keep.failure,
    what: ['run', 'runs'],
    blocks: chunks([...title, ...shown, ...more]).map((lines) => section(...lines)),
    left,
    shorter: [section(...title.slice(0, 1), cause ? taskLine(cause, answer, how) : `${tasks.length} tasks`)],
    shorterLeft: Math.max(1, tasks.length - (cause ? 1 : 0)),
  };
}

function titleOf(
  { dag_id: dagId, dag_run_id: runId, ...task }: Task,
  nameOf: Naming,
  { airflow }: Rendering,
): string[] {
  const name = code(nameOf(task.dataset_id), 120);
  const title = task.slice === null ? `*Run* of ${name}` : `*Slice* ${code(task.slice, 120)} of ${name}`;
  return [title, `run ${linkedId(airflow, { dagId, runId, taskId: null }, 260)}`];
}

/** Of a long run those are shown that say something. */
function weight(task: Task): number {
  if (task.first_failure) return 4;
  if (task.state === 'failed') return 3;
  return task.state === 'success' ? 1 : 2;
}

/** A task that went well is not linked: addresses are long, and a message takes so many characters. */
function isWorthALook({ state }: Task): boolean {
  return state !== 'success' && state !== 'skipped';
}

function addressOf({ dag_id: dagId, dag_run_id: runId, ...task }: Task, { airflow }: Rendering): string | null {
  return isWorthALook({ dag_id: dagId, dag_run_id: runId, ...task })
    ? airflowAddress(airflow, { dagId, runId, taskId: task.task_id })
    : null;
}

function markOf({ state }: Task): string {
  return MARKS[state ?? ''] ?? '◻️';
}

function stateOf({ state }: Task): string {
  return (state ?? 'no state yet').replaceAll('_', ' ');
}

function taskLine(task: Task, answer: Answer, { airflow }: Rendering): string {
  const details = [
    task.try_number !== null && task.try_number > 1 ? `try ${task.try_number}` : '',
    NEVER_RAN.has(task.state ?? '') ? '' : timesOf(task, answer),
    task.first_failure && task.host !== null ? `host ${code(task.host, 80)}` : '',
    task.first_failure && task.operator !== null ? `operator ${code(task.operator, 80)}` : '',
    task.first_failure ? '*failed first*' : '',
  ].filter((each) => each !== '');
  const { dag_id: dagId, dag_run_id: runId, task_id: taskId } = task;
  const name = linkedId(isWorthALook(task) ? airflow : null, { dagId, runId, taskId }, 160);
  return `${markOf(task)} ${name} ${words(stateOf(task), 40)}${details.length > 0 ? ` · ${details.join(' · ')}` : ''}`;
}
