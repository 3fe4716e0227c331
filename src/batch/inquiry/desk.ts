import type { Clock, Sources } from '../ports.ts';
import type { Phase } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import type { HouseRules } from './house-rules.ts';

/** What every inquiry works with: the sources opened for one question, and the clock. */
export interface Desk extends HouseRules {
  sources: Sources;
  clock: Clock;
  /** IANA name; decides what "last night" and "today" mean. */
  zone: string;
}

/** What is asked about an essential. Null where the person did not say; the rules of the domain then choose, and say so. */
export interface About {
  /** The Lenz name. */
  essential: string;
  date: SpokenDate | null;
  phase: Phase | null;
}

/** A loose reference inside an essential: words as said, null where not said. */
export interface UnitReference {
  dataset: string | null;
  slice: string | null;
}
