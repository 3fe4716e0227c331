import type { BusinessDate } from '../business-date.ts';
import type { Instant } from '../instant.ts';
import type { Phase } from '../run.ts';
import type { EssentialStatus, UnitStatus } from '../state.ts';

/** One of the two nights that are compared. */
export interface ComparedNight {
  businessDate: BusinessDate;
  phase: Phase;
  status: EssentialStatus;
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** Seconds from first start to last end; null while open. */
  durationS: number | null;
}

/** A unit on one side. Null fields where it did not run. */
export interface ComparedUnit {
  status: UnitStatus;
  startedAt: Instant | null;
  /** Minutes after the phase began. */
  startedAfterMin: number | null;
  durationS: number | null;
  attempts: number;
  /** Rank from 1 in which the units of its step finished. */
  finished: number | null;
}

export interface UnitDifference {
  datasetId: string;
  slice: string | null;
  /** What differs, the weightiest first. */
  what: readonly ('status' | 'presence' | 'start' | 'duration' | 'attempts' | 'order')[];
  before: ComparedUnit | null;
  after: ComparedUnit | null;
}

/** Two business dates, or two phases, of one essential, unit by unit. */
export interface Comparison {
  before: ComparedNight;
  after: ComparedNight;
  /** The weightiest first; what is alike is left out. */
  differences: readonly UnitDifference[];
  /** Units that are alike on both sides. */
  alike: number;
}
