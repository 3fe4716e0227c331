import type { Definition } from '../../../src/batch/definition.ts';
import { DEFAULT_THRESHOLDS, openScene, type Scene, type SceneInput } from '../../../src/batch/rca/scene.ts';
import type { DagRunRow, RunRow, TaskRow } from '../../../src/batch/run.ts';
import { DATE, earlierDates, MORNING, type RunSketch, run } from '../night-builder.ts';

const MINUTE = 60_000;

/** A scene of `DATE`, PRELIM, on the next morning, with no history and no tasks, unless said otherwise. */
export function sceneInput(definition: Definition, more: Partial<SceneInput> = {}): SceneInput {
  return {
    definition,
    others: [],
    businessDate: DATE,
    phase: 'PRELIM',
    asOf: MORNING,
    rows: [],
    history: [],
    tasks: [],
    pastTasks: [],
    dagRuns: [],
    deadline: null,
    thresholds: DEFAULT_THRESHOLDS,
    unread: new Set(),
    ...more,
  };
}

export const scene = (definition: Definition, more: Partial<SceneInput> = {}): Scene =>
  openScene(sceneInput(definition, more));

export interface TaskSketch extends Partial<Omit<TaskRow, 'queuedAt' | 'startedAt' | 'endedAt'>> {
  /** Minutes after the run's row was created; null for never. */
  queued?: number | null;
  started?: number | null;
  ended?: number | null;
}

/** A task of a run, as Airflow would keep it: it succeeded within the run's second minute unless said otherwise. */
export function task(of: RunRow, sketch: TaskSketch = {}): TaskRow {
  const { queued = 1, started = 1, ended = 2, ...more } = sketch;
  const at = (minutes: number | null) => (minutes === null ? null : of.createdAt + minutes * MINUTE);
  const [startedAt, endedAt] = [at(started), at(ended)];
  return {
    dagId: of.dagId ?? '',
    runId: of.dagRunId ?? '',
    taskId: `enrich_${of.datasetId}`,
    mapIndex: -1,
    state: 'success',
    tryNumber: 1,
    maxTries: 3,
    queuedAt: at(queued),
    startedAt,
    endedAt,
    updatedAt: endedAt ?? startedAt ?? at(queued),
    durationS: startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000,
    operator: 'EpsEnrichmentOperator',
    hostname: `pod-${of.key}`,
    ...more,
  };
}

/** The tasks of an ordinary run that succeeded: `start`, `enrich_*` most of the time, `egress_*` beside an export, `end`. */
export function ordinaryTasks(of: RunRow, minutes = (of.updatedAt - of.createdAt) / MINUTE): TaskRow[] {
  const share = (part: number) => part * minutes;
  return [
    task(of, { taskId: 'start', operator: 'EpsInitOperator', queued: 0, started: 0, ended: share(0.02) }),
    task(of, { queued: share(0.02), started: share(0.03), ended: share(0.7) }),
    task(of, {
      taskId: `egress_${of.datasetId}`,
      operator: 'EpsEgressOperator',
      queued: share(0.7),
      started: share(0.71),
      ended: share(0.98),
    }),
    task(of, {
      taskId: `snowflake-export-${of.datasetId}`,
      operator: 'EpsPostTaskOperator',
      queued: share(0.7),
      started: share(0.71),
      ended: share(0.8),
    }),
    task(of, {
      taskId: 'end',
      operator: 'EpsWorkflowCompleteOperator',
      queued: share(0.98),
      started: share(0.98),
      ended: share(1),
    }),
  ];
}

/** A run that failed at one of its tasks, with its tasks: what came before succeeded, what came after never ran. */
export function failedRun(sketch: RunSketch, failure: TaskSketch = {}): { row: RunRow; tasks: TaskRow[] } {
  const row = run({ status: 'FAILED', ...sketch });
  const minutes = (row.updatedAt - row.createdAt) / MINUTE;
  const never = { state: 'upstream_failed', queued: null, started: null, ended: null, hostname: null, tryNumber: 0 };
  return {
    row,
    tasks: [
      task(row, { taskId: 'start', operator: 'EpsInitOperator', queued: 0, started: 0, ended: 0.1 }),
      task(row, { state: 'failed', queued: 0.1, started: 0.2, ended: minutes, ...failure }),
      task(row, { taskId: `egress_${row.datasetId}`, operator: 'EpsEgressOperator', ...never }),
      task(row, { taskId: 'end', operator: 'EpsWorkflowCompleteOperator', ...never }),
    ],
  };
}

/** What Airflow says of a run. */
export function dagRun(of: RunRow, state: string, endedAfter: number | null): DagRunRow {
  return {
    dagId: of.dagId ?? '',
    runId: of.dagRunId ?? '',
    state,
    startedAt: of.createdAt,
    endedAt: endedAfter === null ? null : of.createdAt + endedAfter * MINUTE,
  };
}

/** The same runs on each of the `n` business dates before `DATE`, with a little noise that repeats: history as it should be. */
export function history(n: number, sketches: readonly RunSketch[], noise = 0.05): RunRow[] {
  return earlierDates(n).flatMap((date, night) =>
    sketches.map((sketch, index) => {
      const { created = 0, ended = created + 30 } = sketch;
      const swing = 1 + noise * Math.sin(night * 2.3 + index);
      // Quarters of a minute are exact, so that the epoch in a run id is a whole number.
      const exact = (minutes: number) => Math.round(minutes * 4) / 4;
      const begun = exact(created * (1 + (swing - 1) / 2));
      return run({ ...sketch, date, created: begun, ended: begun + exact((ended - created) * swing) });
    }),
  );
}
