import { type Instant, MINUTE, SECOND } from '../instant.ts';
import type { UnitState } from '../state.ts';
import { placedUnits } from '../timing/critical-path.ts';
import { usualEnd } from '../timing/phase-ends.ts';
import { runHistory } from '../timing/run-history.ts';
import { usualStepEnd } from '../timing/step-ends.ts';
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
  const hit = new Set(keys);
  const steps = Map.groupBy(
    placedUnits(scene).filter(({ key }) => hit.has(key)),
    ({ sequenceOrder }) => sequenceOrder,
  );
  const delays = [...steps].map(([order, units]) => {
    const last = Math.max(...units.map(({ times }) => times.endedAt ?? scene.asOf));
    const otherwise = usualStepEnd(scene, order) ?? lastOfOthers(scene, order, hit);
    return (last - Math.max(otherwise, last - minutes * MINUTE)) / MINUTE;
  });
  return Math.max(0, ...delays);
}

/** When the other units up to a step ended; of those that go on, when they should as usual. */
function lastOfOthers(scene: Scene, order: number, hit: ReadonlySet<string>): Instant {
  const others = placedUnits(scene).filter(({ key, sequenceOrder }) => sequenceOrder <= order && !hit.has(key));
  const usualS = (key: string) => runHistory(scene)(key).medianS ?? 0;
  return Math.max(...others.map(({ key, times }) => times.endedAt ?? times.decisive.startedAt + usualS(key) * SECOND));
}

function isDone(unit: UnitState | undefined): boolean {
  return unit?.status === 'SUCCESS';
}
