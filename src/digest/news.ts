import type { NightFinding } from '../batch/finding.ts';
import { type Told, toldKey } from './digest.ts';

/** What is new about an entry since the channel was told last; null where nothing is, or nothing was told before. */
export function newsOf(entry: NightFinding['entries'][number], told: Told | null): string | null {
  const before = told?.[toldKey(entry)];
  if (before === undefined) return null;
  const sameDate = before.businessDate === entry.businessDate;
  const [was, is] = [isBad(before.status), isBad(entry.status)];
  if (was && is) return sameDate ? null : `again, as for ${before.businessDate}`;
  if (was && entry.status === 'SUCCESS')
    return sameDate ? 'mended since the last digest' : `mended, it failed for ${before.businessDate}`;
  if (is) return 'new since the last digest';
  return null;
}

function isBad(status: string): boolean {
  return status === 'FAILED' || status === 'PARTIAL_FAILURE';
}
