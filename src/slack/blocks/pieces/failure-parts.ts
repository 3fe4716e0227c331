import type { Answer } from '../../../agent/answer.ts';
import { duration } from '../../../agent/compose/times.ts';
import { linkedId } from './airflow-links.ts';
import { Keep, type Part } from './budget.ts';
import { chunks } from './chunks.ts';
import type { createDatasetNames } from './dataset-name.ts';
import { context, section } from './elements.ts';
import { type Rendering, shownOf } from './rendering.ts';
import { symbolOf, wordOf } from './status-mark.ts';
import { code, words } from './text.ts';
import { moment, span } from './time.ts';

type Failure = Answer['failures'][number];
type Naming = ReturnType<typeof createDatasetNames>;

/** So many are told in full; the others get a line each, and beyond that a count. */
const IN_FULL = 5;
const IN_A_LINE = 30;

/** What failed: slice, attempt, when, how long, task and run of each. */
export function failureParts(answer: Answer, nameOf: Naming, how: Rendering): Part[] {
  const { failures } = answer;
  const full = shownOf(failures, IN_FULL, how).map(
    (failure): Part => ({
      keep: Keep.failure,
      what: ['unit that needs attention', 'units that need attention'],
      blocks: [section(...failureLines(failure, answer, nameOf, how))],
      shorter: [section(shortLine(failure, nameOf))],
    }),
  );
  const others = failures.slice(full.length, IN_FULL + IN_A_LINE).map((failure) => shortLine(failure, nameOf));
  const rest = failures.length - full.length - others.length;
  const parts = [...full, ...chunks(others).map((lines): Part => othersPart(lines))];
  if (rest > 0) parts.push(restPart(rest));
  return parts;
}

function othersPart(lines: string[]): Part {
  return {
    keep: Keep.detail,
    what: ['unit that needs attention', 'units that need attention'],
    count: lines.length,
    blocks: [section(...lines)],
  };
}

function restPart(rest: number): Part {
  return {
    keep: Keep.failure,
    what: ['count', 'counts'],
    left: rest,
    blocks: [
      context(
        `and ${rest} more that ${rest === 1 ? 'needs' : 'need'} attention: ask about a dataset to see its slices`,
      ),
    ],
  };
}

function titleOf(failure: Failure, nameOf: Naming): string {
  const dataset = code(nameOf(failure.dataset_id), 120);
  return failure.slice === null ? dataset : `${code(failure.slice, 120)} of ${dataset}`;
}

function shortLine(failure: Failure, nameOf: Naming): string {
  const attempt = failure.attempt > 1 ? `, attempt ${failure.attempt}` : '';
  return `${symbolOf(failure.status, failure.stuck)} ${titleOf(failure, nameOf)} ${wordOf(failure.status, failure.stuck).toLowerCase()}${attempt}`;
}

function failureLines(failure: Failure, answer: Answer, nameOf: Naming, { airflow }: Rendering): string[] {
  const attempt = failure.attempt > 0 ? ` · attempt ${failure.attempt}` : '';
  const { dag_id: dagId, dag_run_id: runId, task_id: taskId } = failure;
  const mark = `${symbolOf(failure.status, failure.stuck)} *${wordOf(failure.status, failure.stuck)}*`;
  return [
    `${mark} · ${titleOf(failure, nameOf)}${attempt}`,
    timesOf(failure, answer),
    taskId === null ? '' : `task ${linkedId(airflow, { dagId, runId, taskId }, 250)}`,
    runId === null ? '' : `run ${linkedId(airflow, { dagId, runId, taskId: null }, 260)}`,
    failure.detail === null || failure.detail.trim() === '' ? '' : `> STATUS_DETAIL: ${words(failure.detail, 280)}`,
  ];
}

/** "01:02 → 02:27 UTC (20:02 → 21:27 New York) · took 1 h 25 min", or since when it runs. */
export function timesOf(
  run: { started_at: string | null; ended_at: string | null; duration_s: number | null },
  answer: Pick<Answer, 'time_zone' | 'business_date'>,
): string {
  const took = run.duration_s === null ? '' : ` · took ${duration(run.duration_s)}`;
  if (run.started_at !== null && run.ended_at !== null) {
    return `${span(run.started_at, run.ended_at, answer.time_zone, answer.business_date)}${took}`;
  }
  if (run.started_at !== null) return `since ${moment(run.started_at, answer.time_zone, answer.business_date)}${took}`;
  if (run.ended_at !== null) return `ended ${moment(run.ended_at, answer.time_zone, answer.business_date)}${took}`;
  return '';
}
