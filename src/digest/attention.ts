import { hasStuck } from '../agent/compose/units.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { Instant } from '../batch/instant.ts';
import type { Prospect } from '../batch/timing/prospect.ts';
import { isLate } from './end-lines.ts';

type Entry = NightFinding['entries'][number];

/** Something has failed or stands still, or nobody knows how it is. */
export function isBroken({ status, state }: Pick<Entry, 'status' | 'state'>): boolean {
  return status === 'FAILED' || status === 'PARTIAL_FAILURE' || status === 'UNKNOWN' || hasStuck(state);
}

/** Somebody should look at it now. What was late and is done is worth knowing, and no more than that. */
export function needsAttention(entry: Entry, prospect: Prospect, now: Instant): boolean {
  if (isBroken(entry)) return true;
  if (entry.status === 'SUCCESS') return false;
  return entry.diagnosis?.outcome === 'causes' || isLate(entry, prospect, now);
}
