import type { NightFinding } from '../../batch/finding.ts';
import { needsAttention } from '../../batch/needs-attention.ts';
import { safeText } from '../safe-text.ts';
import { hasStuck, plural } from './units.ts';

/** How many batches need somebody, and which. */
export function nightVerdict(finding: NightFinding): string {
  const { missing } = finding;
  const said = readableVerdict(finding);
  return missing.length === 0 ? said : `${said} ${missing.length} could not be read.`;
}

function readableVerdict(finding: NightFinding): string {
  const bad = finding.entries.filter(needsAttention);
  const batches = distinct(finding.entries);
  const total = `${plural(batches, 'batch', 'batches')}${finding.missing.length === 0 ? '' : ' that could be read'}`;
  const night = finding.businessDate === null ? 'The night' : `Business date ${finding.businessDate}`;
  if (finding.entries.length === 0) return `${night}: no batch could be read.`;
  if (bad.length === 0) {
    const open = distinct(finding.entries.filter((entry) => entry.status !== 'SUCCESS'));
    return open === 0
      ? `${night}: all ${total} are SUCCESS.`
      : `${night}: nothing failed; ${batches - open} of ${total} ${batches === 1 ? 'is' : 'are'} SUCCESS, ${openOnes(finding.entries)}.`;
  }
  const named = bad
    .slice(0, 5)
    .map(
      (entry) =>
        `${safeText(entry.essential, 60)} ${entry.phase} ${entry.status}${hasStuck(entry.state) ? ' (stuck)' : ''}`,
    );
  const more = bad.length > named.length ? ` and ${bad.length - named.length} more` : '';
  const troubled = distinct(bad);
  return `${night}: ${troubled} of ${total} ${troubled === 1 ? 'needs' : 'need'} attention: ${named.join(', ')}${more}.`;
}

/** "2 RUNNING, 1 NOT_STARTED": how those are that are not done. */
function openOnes(entries: NightFinding['entries']): string {
  const open = Map.groupBy(
    entries.filter(({ status }) => status !== 'SUCCESS'),
    ({ status }) => status,
  );
  return [...open].map(([status, own]) => `${distinct(own)} ${status}`).join(', ');
}

/** An essential may be listed with both of its phases. */
function distinct(entries: NightFinding['entries']): number {
  return new Set(entries.map((entry) => entry.essential)).size;
}
