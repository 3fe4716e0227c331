import { hasStuck } from '../agent/compose/units.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { Instant } from '../batch/instant.ts';
import { needsAttention } from '../batch/needs-attention.ts';
import type { Prospect } from '../batch/timing/prospect.ts';
import { isLate } from './end-lines.ts';

type Entry = NightFinding['entries'][number];

/** Something has failed or stands still, or nobody knows how it is. */
export function isBroken({ status, state }: Pick<Entry, 'status' | 'state'>): boolean {
  return status === 'FAILED' || status === 'PARTIAL_FAILURE' || status === 'UNKNOWN' || hasStuck(state);
}

/** Somebody should look at it now, or its end is in danger. */
export function needsSomebody(entry: Entry, prospect: Prospect, now: Instant): boolean {
  if (needsAttention(entry) || isBroken(entry)) return true;
  return entry.status !== 'SUCCESS' && isLate(entry, prospect, now);
}
