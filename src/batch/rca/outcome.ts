import { comparableNights } from '../timing/baseline.ts';
import { ENOUGH_TO_JUDGE } from '../timing/ordinary.ts';
import type { Diagnosis } from './cause.ts';
import { isLate } from './matters.ts';
import type { Scene } from './scene.ts';

/**
 * What to say where no rule found a cause. `nothing_wrong` is a claim: it takes that nothing is broken and left unexplained, that
 * no deadline was missed, and, while the phase is unfinished, that it is on time as far as history tells. What ended late
 * because it was repaired, or because all of it was a little slow, is over and has nothing wrong. `unexplained`: a rule saw
 * trouble that it could not explain; `retried`: repairs or retries are told, which explain a delay.
 */
export function outcomeWithoutCause(
  scene: Scene,
  { unexplained, retried }: { unexplained: boolean; retried: boolean },
): Pick<Diagnosis, 'outcome' | 'gaps'> {
  const { status, endedAt } = scene.state;
  if (unexplained) return { outcome: 'cannot_tell', gaps: [] };
  if (status === 'UNKNOWN')
    return cannotTell('The state of units that count is not known, so what is wrong cannot be told.');
  const finished = status === 'SUCCESS';
  if (scene.deadline !== null && (finished ? (endedAt ?? scene.asOf) : scene.asOf) > scene.deadline && !retried) {
    return cannotTell('It missed its deadline, and nothing that was read says why.');
  }
  const uncalled = scene.phase === 'FINAL' && scene.state.ran.units === 0;
  if (!finished && !uncalled && !retried && isLate(scene)) {
    return cannotTell('It is later than it has been on comparable dates, and nothing that was read says why.');
  }
  const done = finished || status === 'NOT_STARTED';
  if (done || comparableNights(scene.past, scene.businessDate).nights.length >= ENOUGH_TO_JUDGE) {
    return { outcome: 'nothing_wrong', gaps: [] };
  }
  return cannotTell(
    'Nothing is broken; whether it is on time cannot be told with so few earlier dates to compare with.',
  );
}

function cannotTell(gap: string): Pick<Diagnosis, 'outcome' | 'gaps'> {
  return { outcome: 'cannot_tell', gaps: [gap] };
}
