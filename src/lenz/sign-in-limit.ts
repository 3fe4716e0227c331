import { type Instant, MINUTE } from '../batch/instant.ts';
import { signInTooOften } from './sign-in-failures.ts';

export interface SignInLimit {
  /** Counts one. Throws `LENZ_AUTH` when there were too many of late. */
  take(host: string): void;
  /** ADFS itself has had enough. */
  pause(): Instant;
}

/** ADFS stops a client that asks for tokens five times in twenty seconds. */
const MAX_PER_MINUTE = 4;
const PAUSE = 5 * MINUTE;

/** Bounds how often SENTRY goes to the sign-in service, with or without credentials. */
export function createSignInLimit(now: () => Instant): SignInLimit {
  let latest: Instant[] = [];
  let pausedUntil: Instant = 0;
  return {
    take(host) {
      const time = now();
      latest = latest.filter((at) => time - at < MINUTE);
      const oldest = latest.length < MAX_PER_MINUTE ? undefined : latest[0];
      const until = Math.max(pausedUntil, oldest === undefined ? 0 : oldest + MINUTE);
      if (time < until) throw signInTooOften(host, until);
      latest.push(time);
    },
    pause() {
      pausedUntil = now() + PAUSE;
      return pausedUntil;
    },
  };
}
