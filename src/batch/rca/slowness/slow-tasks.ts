import { memoize } from '../../memoize.ts';
import type { TaskRow } from '../../run.ts';
import { fairNights } from '../../timing/fair-durations.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import { type Ordinary, ordinaryDuration } from '../../timing/ordinary.ts';
import { runHistory } from '../../timing/run-history.ts';
import type { UnitTimes } from '../../timing/timeline.ts';
import type { Scene } from '../scene.ts';
import { examinedRuns, longRuns, pastRunsOf } from './long-runs.ts';
import { longestTasks } from './task-times.ts';

/** A task that ran far longer than its own history. */
export interface SlowTask {
  times: UnitTimes;
  task: TaskRow;
  actualS: number;
  ordinary: Ordinary;
}

/** Less than this is not slow, whatever it is a multiple of: seconds. */
export const SLOW_FLOOR_S = 10 * 60;
/** Clearly beyond the longest that has been seen. */
const BEYOND_LONGEST = 1.15;

/** Every slow task of tonight's long runs, and the long runs of which that could not be told for want of tasks. */
export const slowTasks = oncePerScene((scene): { slow: SlowTask[]; unread: UnitTimes[] } => {
  const examined = new Set(examinedRuns(scene).map(({ times }) => times.key));
  const slow: SlowTask[] = [];
  const unread: UnitTimes[] = [];
  for (const { times, actualS } of longRuns(scene)) {
    const run = ordinaryRun(scene, times.key);
    const tonight = longestTasks(scene.tasksOf(times.decisive), scene.asOf);
    if (tonight.size === 0 && run !== null && actualS > run.upperS) unread.push(times);
    const before = examined.has(times.key) ? taskHistory(scene)(times.key) : null;
    for (const [taskId, { task, seconds }] of tonight) {
      // A task that alone took longer than the whole run may take is slow, whatever its own history.
      const ordinary = before?.get(taskId) ?? (before?.size ? null : run);
      if (ordinary !== null && seconds > ordinary.upperS) slow.push({ times, task, actualS: seconds, ordinary });
    }
  }
  return { slow, unread };
});

function ordinaryRun(scene: Scene, key: string): Ordinary | null {
  return ordinaryDuration(runHistory(scene)(key).runs, limitsOf(scene));
}

/** What each task of a unit usually takes; empty where no past tasks were read, or too few. */
export const taskHistory = oncePerScene((scene: Scene) =>
  memoize((key: string): ReadonlyMap<string, Ordinary> => ordinaryTasks(scene, key, limitsOf(scene))),
);

/** The same by other limits. */
export function ordinaryTasks(
  scene: Scene,
  key: string,
  limits: { factor: number; floorS: number; widen: number },
): Map<string, Ordinary> {
  const latest = new Map<string, number[]>();
  const longest = new Map<string, number>();
  const longestTold = new Map<string, number>();
  for (const past of pastRunsOf(scene, key)) {
    const tasks = longestTasks(scene.tasksOf({ dagId: past.address.dagId, dagRunId: past.address.runId }), scene.asOf);
    for (const [taskId, { seconds }] of tasks) {
      const scaled = seconds * past.scale;
      longest.set(taskId, Math.max(longest.get(taskId) ?? 0, scaled));
      longestTold.set(taskId, Math.max(longestTold.get(taskId) ?? 0, seconds));
      if (past.latest) latest.set(taskId, [...(latest.get(taskId) ?? []), scaled]);
    }
  }
  const usual = new Map<string, Ordinary>();
  for (const [taskId, values] of latest) {
    const ordinary = ordinaryDuration(values, limits);
    if (ordinary === null) continue;
    const seen = longest.get(taskId) ?? 0;
    // Stretched to a day like tonight, the middle may lie beyond all that has been; what is told has been.
    const medianS = Math.min(ordinary.medianS, longestTold.get(taskId) ?? ordinary.medianS);
    usual.set(taskId, { ...ordinary, medianS, upperS: Math.max(ordinary.upperS, seen * BEYOND_LONGEST) });
  }
  return usual;
}

export function limitsOf(scene: Scene) {
  return { factor: scene.thresholds.slowFactor, floorS: SLOW_FLOOR_S, widen: fairNights(scene).widen };
}

/** How much of a unit's run a task usually is, in [0, 1]; null where its past tasks are not known. */
export function usualShare(scene: Scene, slow: SlowTask): number | null {
  const usual = taskHistory(scene)(slow.times.key).get(slow.task.taskId);
  const run = runHistory(scene)(slow.times.key).medianS;
  return usual === undefined || run === null || run === 0 ? null : Math.min(1, usual.medianS / run);
}
