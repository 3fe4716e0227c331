import type { BusinessDate } from '../business-date.ts';
import type { Instant } from '../instant.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../rca/scene.ts';
import type { Phase } from '../run.ts';

/** Where a person goes next. Written by whoever runs SENTRY: plain text and an https address, both short. */
export interface Advice {
  /** Who looks after it, e.g. a team or a channel. */
  owner: string | null;
  /** What to read first. */
  runbook: string | null;
}

/** What those who run SENTRY settled about their batches, in `sentry.yml`. */
export interface HouseRules {
  thresholds: Thresholds;
  /** When a phase has to be complete; null where nobody said. */
  deadlineOf(essential: string, phase: Phase, businessDate: BusinessDate): Instant | null;
  /** Owner and runbook of the narrowest entry that fits; nulls where there is none. */
  adviceFor(about: { essential: string; datasetId: string | null; taskId: string | null }): Advice;
}

/** What holds where nobody settled anything. */
export const NO_HOUSE_RULES: HouseRules = {
  thresholds: DEFAULT_THRESHOLDS,
  deadlineOf: () => null,
  adviceFor: () => ({ owner: null, runbook: null }),
};
