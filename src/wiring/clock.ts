import type { Instant } from '../batch/instant.ts';
import type { Clock } from '../batch/ports.ts';

/** The running clock; `startingAt` lets a simulated world begin at another time and tick on from there. */
export function runningClock(startingAt?: Instant): Clock {
  const offset = startingAt === undefined ? 0 : startingAt - Date.now();
  return { now: () => Date.now() + offset, frozen: false };
}

/** A clock that stands still: for replays, demonstrations and tests. */
export function frozenClock(at: Instant): Clock {
  return { now: () => at, frozen: true };
}
