import type { Digests } from '../digest/digests.ts';
import type { Watches } from '../digest/watch/watches.ts';

/** What SENTRY does unasked, as far as commands and buttons deal with it. */
export interface Standing {
  digests: Digests;
  watches: Watches;
  /** Whether what is ordered outlives this process. */
  durable: boolean;
  /** IANA name that is meant where nobody names one. */
  zone: string;
  /** UTC milliseconds. */
  now(): number;
}
