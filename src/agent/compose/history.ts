import type { HistoryFinding } from '../../batch/finding.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { code } from '../safe-text.ts';
import { usually } from './durations.ts';
import { subject } from './subject.ts';
import { duration } from './times.ts';
import { plural } from './units.ts';

/** How often it failed, how often that was repaired, and how long it usually takes. */
export function historyVerdict(finding: HistoryFinding): string {
  const { entries } = finding;
  const what =
    finding.slices.length === 1 && finding.slices[0]
      ? `${code(finding.slices[0])} of `
      : finding.datasetId
        ? `${code(shortDatasetName(finding.datasetId))} of `
        : '';
  const who = `${what}${subject(finding.state)}`;
  if (entries.length === 0) return `${who}: no earlier business date with runs in reach.`;
  const failed = entries.filter(didFail).length;
  const repaired = entries.filter((entry) => !didFail(entry) && entry.repairedUnits > 0).length;
  const parts = [
    failed === 0
      ? `${repaired > 0 ? 'no unrepaired failure' : 'no failure'} on the last ${plural(entries.length, 'business date')}`
      : `failed on ${failed} of the last ${plural(entries.length, 'business date')}`,
  ];
  if (repaired > 0) parts.push(`a failure was repaired on ${repaired}`);
  if (finding.usual !== null) parts.push(usually(finding.usual));
  else if (finding.medianDurationS !== null) parts.push(`usually ${duration(finding.medianDurationS)}`);
  return `${who}: ${parts.join(', ')}.`;
}

/** A slice that stayed cancelled counts: its night did not succeed. */
export function didFail(entry: Pick<HistoryFinding['entries'][number], 'status'>): boolean {
  return entry.status === 'FAILED' || entry.status === 'PARTIAL_FAILURE';
}
