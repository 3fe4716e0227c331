import { type Instant, MINUTE, SECOND } from '../instant.ts';
import { median } from '../percentile.ts';
import type { UnitState } from '../state.ts';
import { usualEnd } from '../timing/phase-ends.ts';
import { runHistory } from '../timing/run-history.ts';
import type { Candidate } from './cause.ts';
import { ownUnits } from './own-units.ts';
import type { Scene } from './scene.ts';

/** A delay of fewer minutes moves nothing that anybody would ask about. */
const REAL_MINUTES = 5;
/** Nor one of which the others of the step took up all but this share. */
const REAL_SHARE = 0.25;

/**
 * Whether something that is late, slow or queued is a cause at all: something unfinished waits for it, the deadline is missed
 * or at risk, or the end of the phase (the clock, while it is unfinished) is beyond its usual range. What ended in the shadow
 * of slower units delayed nothing.
 */
export function matters(scene: Scene, { units, minutes }: Pick<Candidate, 'units' | 'minutes'>): boolean {
  const own = ownUnits(scene);
  const hit = units.filter((key) => own.has(key));
  const open = hit.some((key) => !isDone(own.get(key)));
  if (open) return true;
  const delay = delayCaused(scene, hit, minutes ?? 0);
  if (delay < Math.max(REAL_MINUTES, REAL_SHARE * (minutes ?? 0))) return false;
  const unfinished = [...own.values()].some((unit) => !isDone(unit));
  return unfinished || isLate(scene);
}

/** Whether the phase ended (or goes on) beyond its usual range or its deadline. */
export function isLate(scene: Scene): boolean {
  const endAt = scene.state.status === 'SUCCESS' ? (scene.state.endedAt ?? scene.asOf) : scene.asOf;
  if (scene.deadline !== null && endAt > scene.deadline) return true;
  const usual = usualEnd(scene);
  return usual !== null && endAt > usual.latestAt;
}

/** Minutes by which the steps behind the units could begin earlier, had these not lost what they lost. */
function delayCaused(scene: Scene, keys: readonly string[], minutes: number): number {
  const orders = new Map(scene.state.datasets.map(({ datasetId, sequenceOrder }) => [datasetId, sequenceOrder]));
  const own = ownUnits(scene);
  const orderOf = (key: string) => orders.get(own.get(key)?.datasetId ?? '') ?? 0;
  const hit = new Set(keys);
  const delays = [...new Set(keys.map(orderOf))].map((order) => {
    const endOf = (of: readonly string[]) => Math.max(...of.map((key) => endAt(scene, key, own.get(key) as UnitState)));
    const last = endOf(keys.filter((key) => orderOf(key) === order));
    const others = endOf([...own.keys()].filter((key) => !hit.has(key) && orderOf(key) <= order));
    return (last - Math.max(others, last - minutes * MINUTE)) / MINUTE;
  });
  return Math.max(0, ...delays);
}

/** When a unit ended; of one that goes on, when it would end as usual. What never began holds up nothing by itself. */
function endAt(scene: Scene, key: string, { decisive }: UnitState): Instant {
  if (decisive === null) return Number.NEGATIVE_INFINITY;
  if (decisive.endedAt !== null) return decisive.endedAt;
  return decisive.startedAt + (median(runHistory(scene)(key)) ?? 0) * SECOND;
}

function isDone(unit: UnitState | undefined): boolean {
  return unit?.status === 'SUCCESS';
}
