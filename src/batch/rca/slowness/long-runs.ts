import { MINUTE, SECOND } from '../../instant.ts';
import { memoize, memoizeWeakly } from '../../memoize.ts';
import { percentile } from '../../percentile.ts';
import type { RunAddress } from '../../run.ts';
import type { Attempt } from '../../state.ts';
import { type FairNights, fairNights } from '../../timing/fair-durations.ts';
import { oncePerRuns } from '../../timing/once-per-scene.ts';
import { ENOUGH_TO_JUDGE } from '../../timing/ordinary.ts';
import { runHistory } from '../../timing/run-history.ts';
import type { UnitTimes } from '../../timing/timeline.ts';
import type { Scene } from '../scene.ts';

/** A run that took (or has taken so far) so much longer than usual that its tasks deserve a look. */
export interface LongRun {
  times: UnitTimes;
  /** Seconds, so far for a run that goes on. */
  actualS: number;
  medianS: number;
  /** Over the median, seconds. */
  excessS: number;
}

/** A delay below this is nobody's business, seconds. Half of what a slow task has to lose: other tasks may have been quicker. */
const WORTH_A_LOOK_S = 5 * 60;
/** Runs of which past tasks are looked at. */
const MOST_RUNS = 12;
/** The latest runs say what is usual, the longest ones what has happened before. */
const LATEST = 10;
const LONGEST = 3;

/** Seconds that the decisive attempt took or has taken so far; null where it is neither through nor alive. */
export function actualRunS(scene: Scene, times: UnitTimes): number | null {
  const { decisive } = times;
  if (decisive.status === 'SUCCESS') return times.runS;
  if (decisive.status !== 'RUNNING' || !isAlive(scene, decisive)) return null;
  return (scene.asOf - decisive.startedAt) / SECOND;
}

/** A first look at run durations, the longest excess first: the tasks of these are compared with their history. */
export const longRuns = oncePerRuns((scene): LongRun[] => {
  const before = runHistory(scene);
  const found: LongRun[] = [];
  for (const times of scene.tonight.units.values()) {
    const actualS = actualRunS(scene, times);
    const { runs, medianS } = before(times.key);
    if (actualS === null || medianS === null || runs.length < ENOUGH_TO_JUDGE) continue;
    const excessS = actualS - medianS;
    if (excessS < WORTH_A_LOOK_S || actualS < (percentile(runs, 0.9) as number)) continue;
    found.push({ times, actualS, medianS, excessS });
  }
  return found.sort((a, b) => b.excessS - a.excessS || (a.times.key < b.times.key ? -1 : 1));
});

/** Long runs whose past tasks are read: of each dataset the longest first, then each one's second, so that none hides another. */
export const examinedRuns = oncePerRuns((scene): LongRun[] => {
  const datasets = Map.groupBy(longRuns(scene), (run) => run.times.unit.datasetId);
  const ranked = [...datasets.values()].flatMap((runs) => runs.map((run, place) => ({ run, place })));
  return ranked
    .sort((a, b) => a.place - b.place || b.run.excessS - a.run.excessS)
    .slice(0, MOST_RUNS)
    .map(({ run }) => run);
});

/** An earlier successful run of a unit. */
export interface PastRun {
  address: RunAddress;
  /** Multiplies its durations so that they are those of a day like tonight's. */
  scale: number;
  /** One of the latest, hence usual; else it is among those that took longest. */
  latest: boolean;
}

/** The latest runs of a unit, and the longest of those before. */
export function pastRunsOf(scene: Scene, key: string): readonly PastRun[] {
  return pastRunsOver(fairNights(scene))(key);
}

const pastRunsOver = memoizeWeakly(({ nights }: FairNights) =>
  memoize((key: string): PastRun[] => {
    const runs: (PastRun & { runS: number })[] = [];
    for (const { night, scale } of nights) {
      const times = night.units.get(key);
      if (times === undefined || times.runS === null || times.decisive.dagId === null) continue;
      const address = { dagId: times.decisive.dagId, runId: times.decisive.dagRunId };
      runs.push({ address, scale, latest: runs.length < LATEST, runS: times.runS * scale });
    }
    const longest = runs
      .slice(LATEST)
      .sort((a, b) => b.runS - a.runS)
      .slice(0, LONGEST);
    return [...runs.slice(0, LATEST), ...longest];
  }),
);

/** A run that counts as running and shows a sign of life. */
export function isAlive(scene: Scene, { heartbeatAt, dagId, dagRunId }: Attempt): boolean {
  if (heartbeatAt !== null && scene.asOf - heartbeatAt > scene.thresholds.stuckAfterS * SECOND) return false;
  const endedAt = scene.dagRunOf({ dagId, dagRunId })?.endedAt ?? null;
  return endedAt === null || endedAt > scene.asOf - MINUTE;
}
