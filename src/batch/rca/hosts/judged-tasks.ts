import type { Instant } from '../../instant.ts';
import type { TaskRow } from '../../run.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import { ENOUGH_TO_JUDGE, type Ordinary } from '../../timing/ordinary.ts';
import { runHistory } from '../../timing/run-history.ts';
import { type NightTask, nightTasks, runKey } from '../night-tasks.ts';
import type { Scene } from '../scene.ts';
import { examinedRuns, isAlive, longRuns } from '../slowness/long-runs.ts';
import { limitsOf, ordinaryTasks } from '../slowness/slow-tasks.ts';
import { taskRunS } from '../slowness/task-times.ts';
import { besideSiblings } from './beside-siblings.ts';
import { neighbours } from './neighbours.ts';

/** A task that ran on a known host, and how it went there. */
export interface JudgedTask {
  task: TaskRow;
  datasetId: string;
  host: string;
  from: Instant;
  to: Instant;
  /** It failed by itself, or took far longer than its own history. */
  bad: boolean;
  /** Of a slow one: beside its own history, or (null) beside its siblings of the night. */
  slow: { slice: string | null; actualS: number; ordinary: Ordinary | null; lossS: number } | null;
  /** It was not timed itself: its run was as quick as ever. */
  assumed: boolean;
}

/** On one host short tasks suffer as long ones do, seconds. */
const SLOW_FLOOR_S = 2;
/** A short task that is as quick as ever proves nothing: it may not need what the host lacks. Seconds. */
const TELLING_S = 30;

/** Every task of the night that ended, over all essentials: did it fail? */
export const endedTasks = oncePerScene((scene): JudgedTask[] =>
  onHosts(scene).flatMap((placed): JudgedTask[] => {
    const { state, endedAt } = placed.task;
    if (state !== 'failed' && state !== 'success') return [];
    return [{ ...placed, to: endedAt ?? placed.from, bad: state === 'failed', slow: null, assumed: false }];
  }),
);

/** Every task of the night of which can be told how long it usually takes: was it slow? */
export const timedTasks = oncePerScene((scene): JudgedTask[] => {
  const history = historyOf(scene);
  const siblings = besideSiblings(nightTasks(scene), scene.asOf);
  const dead = deadRuns(scene);
  const withHistory = runsWithHistory(scene);
  const inQuickRun = quickRuns(scene, withHistory);
  return onHosts(scene).flatMap((placed): JudgedTask[] => {
    const { task, run } = placed;
    const actualS = taskRunS(task, scene.asOf);
    // Of a run without a sign of life nobody knows how long its tasks really ran.
    if (actualS === null || (task.state === 'running' && dead.has(run))) return [];
    const to = task.endedAt ?? scene.asOf;
    const known = history(placed);
    if (known === null) {
      const usualS = withHistory.has(run) ? null : siblings(placed);
      const quick = usualS === null && actualS >= TELLING_S && task.state === 'success' && inQuickRun.has(run);
      if (quick) return [{ ...placed, to, bad: false, slow: null, assumed: true }];
      if (usualS === null) return [];
      const slow = { slice: null, actualS, ordinary: null, lossS: actualS - usualS };
      return [{ ...placed, to, bad: true, slow, assumed: false }];
    }
    const { slice, ordinary } = known;
    if (actualS > ordinary.upperS) {
      const slow = { slice, actualS, ordinary, lossS: actualS - ordinary.medianS };
      return [{ ...placed, to, bad: true, slow, assumed: false }];
    }
    const telling = task.state === 'success' && ordinary.medianS >= TELLING_S;
    return telling ? [{ ...placed, to, bad: false, slow: null, assumed: false }] : [];
  });
});

const onHosts = oncePerScene((scene): (NightTask & Pick<JudgedTask, 'host' | 'from'>)[] =>
  nightTasks(scene).flatMap((night) => {
    const { hostname, startedAt } = night.task;
    if (hostname === null || hostname === '' || startedAt === null) return [];
    return [{ ...night, host: hostname, from: startedAt }];
  }),
);

function historyOf(scene: Scene): (task: NightTask) => { slice: string | null; ordinary: Ordinary } | null {
  const limits = { ...limitsOf(scene), floorS: SLOW_FLOOR_S };
  const units = new Map(
    [...examinedRuns(scene).map(({ times }) => times), ...neighbours(scene)].map((times) => [
      runKey(times.decisive),
      { slice: times.unit.slice, usual: ordinaryTasks(scene, times.key, limits) },
    ]),
  );
  return ({ task, run }) => {
    const unit = units.get(run);
    const ordinary = unit?.usual.get(task.taskId);
    return unit === undefined || ordinary === undefined ? null : { slice: unit.slice, ordinary };
  };
}

/** Runs of units that have a history of their own, read or not: their siblings are no measure for them. */
function runsWithHistory(scene: Scene): ReadonlySet<string> {
  const history = runHistory(scene);
  const units = [...scene.tonight.units.values()];
  const known = units.filter(({ key }) => history(key).runs.length >= ENOUGH_TO_JUDGE);
  return new Set(known.map(({ decisive }) => runKey(decisive)));
}

/** Runs of own datasets that are done and took no longer than such runs do. */
function quickRuns(scene: Scene, withHistory: ReadonlySet<string>): ReadonlySet<string> {
  const long = new Set(longRuns(scene).map(({ times }) => times.key));
  const done = [...scene.tonight.units.values()].filter(({ key, runS }) => runS !== null && !long.has(key));
  return new Set(done.map(({ decisive }) => runKey(decisive)).filter((run) => withHistory.has(run)));
}

function deadRuns(scene: Scene): ReadonlySet<string> {
  const attempts = [
    ...[...scene.tonight.units.values()].flatMap((unit) => unit.attempts),
    ...scene.elsewhere.map(({ attempt }) => attempt),
  ];
  return new Set(attempts.filter((attempt) => !isAlive(scene, attempt)).map(runKey));
}
