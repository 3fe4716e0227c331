import { describe, expect, it } from 'vitest';
import { generateNight } from '../../../../src/playground/world/nights/generate-night.ts';
import {
  FAMILIES,
  type Family,
  type GeneratedNight,
  type TrueCause,
} from '../../../../src/playground/world/nights/generated-night.ts';
import {
  instant,
  instantOrNull,
  MINUTE,
  type ReadRun,
  readDefinition,
  readRuns,
  runsOfTonight,
  unitStates,
} from './read-night.ts';

interface Shown {
  night: GeneratedNight;
  cause: TrueCause;
  /** Every run in the database. */
  all: ReadRun[];
  /** Those of the essential, tonight, in its phase, by its clock. */
  tonight: ReadRun[];
  /** Those of them that the cause names. */
  named: ReadRun[];
}

const state = ({ night, tonight, cause }: Shown, slice: string | null) =>
  unitStates(night, tonight).find(({ unit }) => unit === `${cause.datasetId} ${slice}`)?.state;

const usual = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How long the task takes at the clock, against its past in that phase. */
function slowness({ night, all }: Shown, run: ReadRun, taskId: string): number {
  const lasted = (one: ReadRun, until: number) => {
    const task = one.tasks.find((each) => each.task_id === taskId);
    return task?.start_date ? Math.min(instantOrNull(task.end_date) ?? until, until) - instant(task.start_date) : 0;
  };
  const same = all.filter(
    (one) =>
      one.datasetId === run.datasetId &&
      one.slice === run.slice &&
      one.row.TRIGGER_TYPE === run.row.TRIGGER_TYPE &&
      one.row.STATUS === 'SUCCESS' &&
      (one.row.BUSINESS_DATE as string) < night.businessDate,
  );
  return lasted(run, night.now) / usual(same.map((one) => lasted(one, Number.POSITIVE_INFINITY)));
}

const gapsOf = (runs: readonly ReadRun[], now: number) =>
  runs.flatMap(({ tasks, datasetId }) =>
    tasks
      .filter((task) => task.queued_dttm && task.start_date && instant(task.start_date) <= now)
      .map((task) => ({ datasetId, gap: instant(task.start_date as string) - instant(task.queued_dttm as string) }))
      .filter(({ gap }) => gap >= 10 * MINUTE),
  );

function expectFailed(shown: Shown, tries: (tries: number) => boolean): void {
  const { cause, named } = shown;
  expect(state(shown, cause.slices[0] ?? null)).toBe('FAILED');
  const run = named.findLast(({ row }) => row.STATUS === 'FAILED') as ReadRun;
  const failed = run.tasks.filter((task) => task.state === 'failed');
  expect(failed.map((task) => task.task_id)).toEqual(cause.taskIds);
  expect(tries(failed[0]?.try_number as number)).toBe(true);
  expect(run.tasks.find((task) => task.task_id === 'end')?.state).toBe('upstream_failed');
}

const SIGNATURES: Readonly<Record<Family, (shown: Shown) => void>> = {
  task_failure: (shown) => expectFailed(shown, (tries) => tries === 1),
  retry_exhausted: (shown) => expectFailed(shown, (tries) => tries > 1),
  late_start: ({ night, cause, all, tonight }) => {
    const order = readDefinition(night).find(({ datasetId }) => datasetId === cause.datasetId)?.order as number;
    const below = readDefinition(night).filter((dataset) => dataset.order < order);
    const runs = tonight.filter((run) => run.datasetId === cause.datasetId);
    const first = Math.min(...runs.map((run) => run.start));
    if (below.length > 0 && tonight.some((run) => below.some(({ datasetId }) => datasetId === run.datasetId))) {
      const ended = tonight.filter((run) => below.some(({ datasetId }) => datasetId === run.datasetId));
      expect(first - Math.max(...ended.map((run) => run.updated))).toBeGreaterThan(55 * MINUTE);
    }
    expect(all.filter((run) => run.datasetId === cause.datasetId).length).toBeGreaterThan(8);
    expect(tonight.filter(({ row }) => row.STATUS === 'FAILED')).toEqual([]);
  },
  queue_delay: ({ night, cause, tonight }) => {
    const gaps = gapsOf(tonight, night.now);
    const datasets = new Set(gaps.map(({ datasetId }) => datasetId));
    expect(gaps.length).toBeGreaterThanOrEqual(4);
    if (cause.datasetId === null) expect(datasets.size).toBeGreaterThanOrEqual(3);
    else expect([...datasets]).toEqual([cause.datasetId]);
  },
  slow_run: (shown) => {
    expect(shown.named.length).toBe(shown.cause.slices.length);
    for (const run of shown.named) expect(slowness(shown, run, shown.cause.taskIds[0] as string)).toBeGreaterThan(2.4);
  },
  data_skew: (shown) => {
    const { cause, named, tonight } = shown;
    const [task] = cause.taskIds;
    for (const run of named) expect(slowness(shown, run, task as string)).toBeGreaterThan(2.4);
    const siblings = tonight.filter(
      (run) => run.datasetId === cause.datasetId && !named.includes(run) && run.tasks.length > 0,
    );
    expect(siblings.length).toBeGreaterThan(0);
    for (const run of siblings) expect(slowness(shown, run, task as string)).toBeLessThan(2.4);
  },
  stuck: ({ night, named }) => {
    const run = named.at(-1) as ReadRun;
    expect(run.row.STATUS).toBe('RUNNING');
    const silent = night.now - run.updated > 30 * MINUTE;
    const closed = run.dagRun?.end_date ? instant(run.dagRun.end_date) <= night.now : false;
    expect(silent || closed).toBe(true);
  },
  cancelled: ({ named }) => {
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ row }) => row.STATUS !== 'CANCELLED')).toEqual([]);
  },
  missed_trigger: ({ cause, tonight, named }) => {
    expect(named).toEqual([]);
    expect(tonight.filter((run) => run.datasetId === cause.datasetId).length).toBeGreaterThan(0);
  },
  shared_dependency: ({ night, cause, all }) => {
    const { from, to } = cause.window as { from: string; to: string };
    const failed = all.flatMap(({ tasks, row, datasetId }) =>
      tasks
        .filter(({ operator, state }) => operator === cause.operator && state === 'failed')
        .filter(() => row.BUSINESS_DATE === night.businessDate)
        .map((task) => ({ datasetId, at: instant(task.end_date as string) })),
    );
    const inside = failed.filter(({ at }) => at >= Date.parse(from) && at <= Date.parse(to));
    expect(inside.length).toBeGreaterThanOrEqual(3);
    expect(new Set(inside.map(({ datasetId }) => datasetId)).size).toBeGreaterThanOrEqual(2);
    expect(Date.parse(to) - Date.parse(from)).toBeLessThan(26 * MINUTE);
    expect(Date.parse(to)).toBeLessThanOrEqual(night.now);
  },
  bad_host: (shown) => {
    const { night, cause, all } = shown;
    const on = all
      .filter(({ row }) => row.BUSINESS_DATE === night.businessDate)
      .flatMap((run) => run.tasks.filter((task) => task.hostname === cause.host).map((task) => ({ run, task })));
    const bad = on.filter(({ run, task }) => task.state === 'failed' || slowness(shown, run, task.task_id) > 2.4);
    expect(bad.length).toBeGreaterThanOrEqual(3);
    expect(new Set(bad.map(({ run }) => run.datasetId)).size).toBeGreaterThanOrEqual(2);
  },
};

describe.each(FAMILIES)('%s', (family) => {
  it.each(['one', 'two', 'three', 'four'])('shows in the rows of night %s what its name stands for', (seed) => {
    const night = generateNight({ seed, kind: 'single', families: [family] });
    const all = readRuns(night);
    const tonight = runsOfTonight(night, all);
    const [cause] = night.truth.causes;
    if (!cause) throw new Error('A night with a fault has a cause.');
    const named = tonight.filter((run) => run.datasetId === cause.datasetId && cause.slices.includes(run.slice));
    SIGNATURES[family]({ night, cause, all, tonight, named });
  });
});
