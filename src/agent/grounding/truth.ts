import type { Family } from '../../batch/rca/cause.ts';
import type { StatusClass } from './status-words.ts';

/** Something with a name and statuses of its own; `within` are those of its parts and of its past. */
export interface Entity {
  kind: 'essential' | 'dataset' | 'step' | 'slice' | 'task' | 'date' | 'other';
  names: string[];
  own: Set<StatusClass>;
  within: Set<StatusClass>;
  /** Statuses of all its parts, for "all of X …". */
  parts: StatusClass[];
  /** Clock times, in UTC and in the readers' zone, and durations of its own; empty where it has none. */
  starts: Set<string>;
  ends: Set<string>;
  durations: number[];
  /** Statuses by phase, for an essential. */
  phases: Map<string, Set<StatusClass>>;
}

/** A root cause that code found: what may be named as the cause, and what as its effect. */
export interface CauseClaim {
  family: Family;
  /** Dataset, slices, task, host and operator of it. */
  keys: ReadonlySet<Entity>;
  /** Datasets and essentials that it broke or holds up. */
  affected: ReadonlySet<Entity>;
}

/** A measured value beside its usual one, in seconds. */
export interface UsualClaim {
  /** What was measured; empty for the phase as a whole. */
  of: ReadonlySet<Entity>;
  actualS: number;
  usualS: number;
}

/** Everything that prose may say, gathered from the findings. */
export interface Truth {
  entities: Entity[];
  numbers: Set<number>;
  /** `4/6`: what may stand as "4 of 6". */
  pairs: Set<string>;
  /** `failed slices` → how many there are. */
  counts: Map<string, Set<number>>;
  /** `step 2`, `step 2/3`, `attempt 2`, `try 1`: numbers that belong to a word. */
  labelled: Set<string>;
  durations: number[];
  utcTimes: Set<string>;
  zoneTimes: Set<string>;
  dates: Set<string>;
  /** Lower-case words that names are made of. */
  words: Set<string>;
  /** Steps by number: several where several essentials are spoken of. */
  steps: Map<number, Entity[]>;
  hasNight: boolean;
  causes: CauseClaim[];
  usual: UsualClaim[];
  /** Clock times at which a phase is estimated to end. */
  estimates: Set<string>;
  /** What may stand before a percent sign. */
  percents: Set<number>;
}
