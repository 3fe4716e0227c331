import type { Instant } from '../../instant.ts';
import type { TaskRow } from '../../run.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import { ENOUGH_TO_JUDGE, type Ordinary } from '../../timing/ordinary.ts';
import { runHistory } from '../../timing/run-history.ts';
import { type NightTask, nightTasks } from '../night-tasks.ts';
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
  const inQuickRun = quickRuns(scene);
  const dead = deadRuns(scene);
  const hasHistory = runsWithHistory(scene);
  return onHosts(scene).flatMap((placed): JudgedTask[] => {
    const { task } = placed;
    const actualS = taskRunS(task, scene.asOf);
    // Of a run without a sign of life nobody knows how long its tasks really ran.
    if (actualS === null || (task.state === 'running' && dead.has(`${task.dagId}\n${task.runId}`))) return [];
    const to = task.endedAt ?? scene.asOf;
    const known = history(task);
    if (known === null) {
      const usualS = hasHistory(task) ? null : siblings(task);
      const quick = usualS === null && actualS >= TELLING_S && task.state === 'success' && inQuickRun(task);
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

function onHosts(scene: Scene): (NightTask & Pick<JudgedTask, 'host' | 'from'>)[] {
  return nightTasks(scene).flatMap((night) => {
    const { hostname, startedAt } = night.task;
    if (hostname === null || hostname === '' || startedAt === null) return [];
    return [{ ...night, host: hostname, from: startedAt }];
  });
}

function historyOf(scene: Scene): (task: TaskRow) => { slice: string | null; ordinary: Ordinary } | null {
  const limits = { ...limitsOf(scene), floorS: SLOW_FLOOR_S };
  const units = new Map(
    [...examinedRuns(scene).map(({ times }) => times), ...neighbours(scene)].map((times) => [
      `${times.decisive.dagId}\n${times.decisive.dagRunId}`,
      { slice: times.unit.slice, usual: ordinaryTasks(scene, times.key, limits) },
    ]),
  );
  return (task) => {
    const unit = units.get(`${task.dagId}\n${task.runId}`);
    const ordinary = unit?.usual.get(task.taskId);
    return unit === undefined || ordinary === undefined ? null : { slice: unit.slice, ordinary };
  };
}

/** Whether a task belongs to a unit that has a history of its own, read or not: its siblings are no measure for it. */
function runsWithHistory(scene: Scene): (task: TaskRow) => boolean {
  const known = new Set(
    [...scene.tonight.units.values()]
      .filter(({ key }) => runHistory(scene)(key).runs.length >= ENOUGH_TO_JUDGE)
      .map(({ decisive }) => `${decisive.dagId}\n${decisive.dagRunId}`),
  );
  return (task) => known.has(`${task.dagId}\n${task.runId}`);
}

/** Whether a task belongs to a run of an own dataset that is done and took no longer than such runs do. */
function quickRuns(scene: Scene): (task: TaskRow) => boolean {
  const long = new Set(longRuns(scene).map(({ times }) => times.key));
  const quick = new Set(
    [...scene.tonight.units.values()]
      .filter(
        ({ key, runS }) => runS !== null && !long.has(key) && runHistory(scene)(key).runs.length >= ENOUGH_TO_JUDGE,
      )
      .map(({ decisive }) => `${decisive.dagId}\n${decisive.dagRunId}`),
  );
  return (task) => quick.has(`${task.dagId}\n${task.runId}`);
}

function deadRuns(scene: Scene): ReadonlySet<string> {
  const attempts = [
    ...[...scene.tonight.units.values()].flatMap((unit) => unit.attempts),
    ...scene.elsewhere.map(({ attempt }) => attempt),
  ];
  return new Set(
    attempts.filter((attempt) => !isAlive(scene, attempt)).map(({ dagId, dagRunId }) => `${dagId}\n${dagRunId}`),
  );
}
