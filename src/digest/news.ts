import { hasStuck } from '../agent/compose/units.ts';
import type { NightFinding } from '../batch/finding.ts';
import { type Told, toldKey } from './digest.ts';

/** What is new about an entry since the channel was told last; null where nothing is, or nothing was told before. */
export function newsOf(entry: NightFinding['entries'][number], told: Told | null): string | null {
  const before = told?.[toldKey(entry)];
  if (before === undefined) return null;
  const sameDate = before.businessDate === entry.businessDate;
  const [was, is] = [isBad(before.status), isBad(standingOf(entry))];
  if (was && is) return sameDate ? null : `again, as for ${before.businessDate}`;
  if (was && entry.status === 'SUCCESS')
    return sameDate ? 'mended since the last digest' : `mended, it failed for ${before.businessDate}`;
  if (is) return 'new since the last digest';
  return null;
}

/** What is remembered of an entry: its status, or that something of it stands still. */
export function standingOf({ status, state }: NightFinding['entries'][number]): string {
  return status !== 'FAILED' && status !== 'PARTIAL_FAILURE' && hasStuck(state) ? 'STUCK' : status;
}

function isBad(standing: string): boolean {
  return standing === 'FAILED' || standing === 'PARTIAL_FAILURE' || standing === 'STUCK';
}
