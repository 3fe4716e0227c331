import type { HouseRules } from '../batch/inquiry/house-rules.ts';
import { MINUTE, SECOND } from '../batch/instant.ts';
import { narrowest } from '../config/advice.ts';
import { deadlineOf } from '../config/deadlines.ts';
import type { SentryFile } from '../config/sentry-file.ts';

/** What `sentry.yml` says, as the domain asks for it. Deadlines without a time zone are meant in `zone`. */
export function houseRules({ thresholds, deadlines, owners, runbooks }: SentryFile, zone: string): HouseRules {
  return {
    thresholds: {
      stuckAfterS: (thresholds.stuckMinutes * MINUTE) / SECOND,
      queueAfterS: (thresholds.queueMinutes * MINUTE) / SECOND,
      slowFactor: thresholds.slowFactor,
    },
    deadlineOf: (essential, phase, businessDate) => deadlineOf(deadlines, zone, { essential, phase, businessDate }),
    adviceFor: (about) => ({
      owner: narrowest(owners, about)?.owner ?? null,
      runbook: narrowest(runbooks, about)?.url ?? null,
    }),
  };
}
