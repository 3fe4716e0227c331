import type { Answer } from '../../agent/answer.ts';
import { duration } from '../../agent/compose/times.ts';
import { linkedId } from './pieces/airflow-links.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { chunks } from './pieces/chunks.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { failureParts } from './pieces/failure-parts.ts';
import { type Rendering, shownOf } from './pieces/rendering.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { addressOf, causeLine, hasRun, markOf, shortTaskId, stateOf, taskLine } from './pieces/task-lines.ts';
import { code } from './pieces/text.ts';
import { columnTime, timeTitle } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Task = Answer['tasks'][number];
type Naming = ReturnType<typeof createDatasetNames>;

const SHOWN_A_RUN = 12;
const ROWS = 20;

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
  const shown = telling(tasks, ROWS, how);
  const lines = shown.map((task) => taskLine(task, answer, how));
  const table: Table = {
    columns: [
      { title: 'State' },
      { title: 'Task' },
      { title: 'Took', align: 'right' },
      { title: timeTitle('Start', answer.time_zone) },
    ],
    rows: shown.map((task) => {
      const ran = hasRun(task);
      const tries = (task.try_number ?? 1) > 1 ? `, try ${task.try_number}` : '';
      return [
        `${markOf(task)} ${stateOf(task)}${tries}`,
        { text: shortTaskId(task), url: addressOf(task, how) },
        ran && task.duration_s !== null ? duration(task.duration_s) : '',
        ran ? columnTime(task.started_at, answer.time_zone, answer.business_date) : '',
      ];
    }),
  };
  const causes = tasks.filter((task) => task.first_failure && tasks.length > 1).map((task) => causeLine(task, how));
  return [
    { keep: Keep.failure, what: ['run', 'runs'], blocks: [section(...titleOf(first, nameOf, how), ...causes)] },
    ...listParts(how, {
      what: ['task', 'tasks'],
      keep: Keep.failure,
      table,
      lines,
      beyond: tasks.length - shown.length,
    }),
  ];
}

function runPart(tasks: readonly Task[], answer: Answer, nameOf: Naming, how: Rendering): Part {
  const first = tasks[0] as Task;
  const title = titleOf(first, nameOf, how);
  const shown = telling(tasks, SHOWN_A_RUN, how).map((task) => taskLine(task, answer, how));
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

/** Of a long run those that say something, in their order. */
function telling(tasks: readonly Task[], most: number, how: Rendering): Task[] {
  const byWeight = tasks.toSorted((one, other) => weight(other) - weight(one));
  const important = new Set(shownOf(byWeight, most, how));
  return tasks.filter((task) => important.has(task));
}

function weight(task: Task): number {
  if (task.first_failure) return 4;
  if (task.state === 'failed') return 3;
  return task.state === 'success' ? 1 : 2;
}
