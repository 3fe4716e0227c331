import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Finding } from '../../batch/finding.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { unitsOf } from '../../batch/state.ts';
import { needsAttention } from './units.ts';

/** Two to four complete questions that make sense after this finding; each can be asked by itself, in any thread. */
export function suggestionsFor(finding: Finding, names: EssentialNames): string[] {
  return [...new Set(candidates(finding, names))].slice(0, 4);
}

function candidates(finding: Finding, names: EssentialNames): string[] {
  switch (finding.kind) {
    case 'clarification':
      return finding.options.map((option) => option.question);
    case 'refusal':
      return [...finding.offers];
    case 'help':
      return ['What happened last night?', `How is ${names.spoken(names.all[0] ?? 'Derivatives')} doing?`];
    case 'night': {
      const worst = finding.entries[0];
      const date = finding.businessDate === null ? '' : ` on ${finding.businessDate}`;
      if (worst === undefined) return ['What can you do?'];
      const bad = finding.entries
        .filter((entry) => entry.status === 'FAILED' || entry.status === 'PARTIAL_FAILURE')
        .slice(0, 2);
      const first = bad.map(
        (entry) => `Why did ${names.spoken(entry.essential)} ${word(entry.phase)} fail on ${entry.businessDate}?`,
      );
      return [
        ...first,
        `Which step is ${names.spoken(worst.essential)} at${date}?`,
        `How is ${names.spoken(worst.essential)} ${word(worst.phase)} doing${date}?`,
      ];
    }
    default:
      return aboutOne(finding, names);
  }
}

function aboutOne(
  finding: Exclude<Finding, { kind: 'clarification' | 'refusal' | 'help' | 'night' }>,
  names: EssentialNames,
): string[] {
  const { state } = finding;
  const name = names.spoken(finding.essential);
  const rest = `${word(finding.phase)} on ${finding.businessDate}`;
  const bad = unitsOf(state).filter(needsAttention);
  const failed = bad.some((unit) => unit.status === 'FAILED');
  const list: string[] = [];
  if (failed && finding.kind !== 'tasks') list.push(`Which tasks failed in ${name} ${rest}?`);
  if (bad.length > 0 && finding.kind !== 'status') list.push(`What failed in ${name} ${rest}?`);
  const dataset = bad[0]?.datasetId ?? null;
  if (dataset !== null && finding.kind !== 'slices')
    list.push(`Slices of ${shortDatasetName(dataset)} in ${name} ${rest}?`);
  if (bad.length > 0 && finding.kind !== 'history')
    list.push(`Has ${name} ${word(finding.phase)} failed in the last 10 days?`);
  if ((state.status === 'RUNNING' || state.status === 'WAITING') && finding.kind !== 'progress')
    list.push(`Which step is ${name} ${rest} at?`);
  if (finding.other.status !== 'NOT_STARTED')
    list.push(`How is ${name} ${word(finding.other.phase)} on ${finding.businessDate}?`);
  if (finding.kind !== 'history') list.push(`How long does ${name} ${word(finding.phase)} usually take?`);
  list.push(`What happened on the night of ${finding.businessDate}?`);
  if (finding.kind !== 'status') list.push(`How is ${name} ${rest} doing?`);
  return list;
}

function word(phase: string): string {
  return phase.toLowerCase();
}
