import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Finding } from '../../batch/finding.ts';
import { type EssentialStatus, unitsOf } from '../../batch/state.ts';
import { didFail } from './history.ts';
import type { AboutFinding } from './ingredients.ts';
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
      const first = finding.entries
        .filter((entry) => (entry.diagnosis?.causes ?? []).length > 0 || didFail(entry))
        .slice(0, 2)
        .map((entry) => whyQuestion(names.spoken(entry.essential), entry));
      return [
        ...first,
        `When will ${names.spoken(worst.essential)} ${word(worst.phase)} finish${date}?`,
        `How is ${names.spoken(worst.essential)} ${word(worst.phase)} doing${date}?`,
      ];
    }
    default:
      return aboutOne(finding, names);
  }
}

function aboutOne(finding: AboutFinding, names: EssentialNames): string[] {
  const { state, kind } = finding;
  const name = names.spoken(finding.essential);
  const pass = `${name} ${word(finding.phase)}`;
  const day = ` on ${finding.businessDate}`;
  const bad = unitsOf(state).filter(needsAttention);
  const open = state.status !== 'SUCCESS' && state.status !== 'NOT_STARTED';
  const causes = 'diagnosis' in finding ? (finding.diagnosis?.causes ?? []) : [];
  const list: string[] = [];
  if (kind !== 'causes' && (bad.length > 0 || open))
    list.push(whyQuestion(name, { phase: finding.phase, businessDate: finding.businessDate, status: state.status }));
  if (kind === 'causes' && causes.length > 0) {
    if (finding.focus !== 'impact') list.push(`What else is affected in ${pass}${day}?`);
    list.push(`Has ${pass} failed in the last 10 days?`);
    if (finding.focus !== 'retries' && bad.some((unit) => unit.attemptCount > 1))
      list.push(`Did the retry fix ${pass}${day}?`);
  }
  if (open && kind !== 'eta') list.push(`When will ${pass}${day} finish?`);
  if (kind === 'eta' || (!open && kind !== 'lateness')) list.push(`Where did the time go in ${pass}${day}?`);
  if (kind === 'lateness' || kind === 'comparison') list.push(`Which slice of ${pass}${day} is slow?`);
  if (bad.length > 0 && kind !== 'history') list.push(`Has ${pass} failed in the last 10 days?`);
  if (kind !== 'comparison') list.push(`What changed in ${pass}${day} since the run before?`);
  if (finding.other.status !== 'NOT_STARTED') list.push(`How is ${name} ${word(finding.other.phase)}${day}?`);
  if (kind !== 'durations') list.push(`How long does ${pass} usually take?`);
  list.push(`What happened on the night of ${finding.businessDate}?`);
  return list;
}

/** "Why did it fail?" of what failed; of the rest, why it is not done. */
function whyQuestion(name: string, about: { phase: string; businessDate: string; status: EssentialStatus }): string {
  const failed = about.status === 'FAILED' || about.status === 'PARTIAL_FAILURE';
  return failed
    ? `Why did ${name} ${word(about.phase)} fail on ${about.businessDate}?`
    : `What is blocking ${name} ${word(about.phase)} on ${about.businessDate}?`;
}

function word(phase: string): string {
  return phase.toLowerCase();
}
