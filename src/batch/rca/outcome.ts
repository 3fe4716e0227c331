import { comparableNights } from '../timing/baseline.ts';
import { ENOUGH_TO_JUDGE } from '../timing/ordinary.ts';
import type { Diagnosis } from './cause.ts';
import { isLate } from './matters.ts';
import type { Scene } from './scene.ts';

/**
 * What to say where no rule found a cause. `nothing_wrong` is a claim: it takes that nothing is broken and left unexplained, that
 * the phase is not late, and, while it is unfinished, a history to know that by. `unexplained`: a rule saw trouble that it
 * could not explain.
 */
export function outcomeWithoutCause(scene: Scene, unexplained: boolean): Pick<Diagnosis, 'outcome' | 'gaps'> {
  const { status } = scene.state;
  if (unexplained) return { outcome: 'cannot_tell', gaps: [] };
  if (status === 'UNKNOWN')
    return cannotTell('The state of units that count is not known, so what is wrong cannot be told.');
  if (isLate(scene)) {
    return cannotTell(
      `It ${status === 'SUCCESS' ? 'ended' : 'is'} later than it may be, and nothing that was read says why.`,
    );
  }
  const done = status === 'SUCCESS' || status === 'NOT_STARTED';
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
