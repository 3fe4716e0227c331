import type { Instant } from '../batch/instant.ts';
import type { Clock } from '../batch/ports.ts';

/** The clock of a simulated world, which may be moved on. Whoever has to know the time asks it, so nobody is told of a move. */
export interface MovableClock extends Clock {
  /** False, and nothing is done, for a moment that has passed: what was said by this clock must stay true. */
  moveTo(at: Instant): boolean;
}

/** Goes on from where it was moved to as `clock` does: ticking, or standing still. */
export function movableClock(clock: Clock): MovableClock {
  let ahead = 0;
  const now = () => clock.now() + ahead;
  return {
    now,
    frozen: clock.frozen,
    moveTo(at) {
      const further = at - now();
      if (!(further >= 0)) return false;
      ahead += further;
      return true;
    },
  };
}
