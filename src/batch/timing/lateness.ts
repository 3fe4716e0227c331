import type { Instant } from '../instant.ts';

/** Where minutes came from. `late_start`: before the first run; `waiting`: between the links of the chain, for steps below or a trigger. */
export const PARTS = ['late_start', 'queue', 'run', 'retry', 'waiting'] as const;
export type LatenessPart = (typeof PARTS)[number];

/** One unit on the chain that decides when the essential ends, in order of time. */
export interface PathLink {
  datasetId: string;
  slice: string | null;
  step: number;
  startedAt: Instant;
  /** Null while it has not ended. */
  endedAt: Instant | null;
  /** Whole minutes over (or, negative, under) what is usual for this link; `retry` is never negative. */
  minutes: Readonly<Record<LatenessPart, number>>;
}

/** How late a phase is (or was), and why. Whole minutes; the parts of all links add up to `totalMinutes` exactly. */
export interface Lateness {
  /** End of the phase; `now` while it is unfinished. */
  endAt: Instant;
  ended: boolean;
  /** When it usually ends, carried over to this date: the median of comparable dates. */
  usualEndAt: Instant;
  basis: number;
  /** `endAt - usualEndAt`; negative when early. An unfinished phase is late by at least this. */
  totalMinutes: number;
  parts: Readonly<Record<LatenessPart, number>>;
  /** The critical path, first to last. */
  path: readonly PathLink[];
  /** How many minutes each dataset could have taken longer without moving the end; 0 on the critical path. In sequence order. */
  slack: readonly { datasetId: string; minutes: number }[];
}
