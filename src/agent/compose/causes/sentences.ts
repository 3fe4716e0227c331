import type { CausesFinding } from '../../../batch/finding.ts';
import type { RankedCause, Recurrence } from '../../../batch/rca/cause.ts';
import { safeText } from '../../safe-text.ts';
import { deadlineSentence, endBesideUsual } from '../lateness.ts';
import { subject } from '../subject.ts';
import { observationSentence } from './observations.ts';

/** What matters beyond the first cause: whether it is an old acquaintance, who else has it, how late it makes the phase. */
export function causesSentences(finding: CausesFinding, zone: string): string[] {
  const { diagnosis, state, businessDate, lateness, deadline } = finding;
  const reader = { zone, businessDate };
  const [first] = diagnosis.causes;
  const sentences: string[] = [];
  // That a task which is slow has not failed before says nothing.
  if (first?.recurring && (first.recurring.failed > 0 || FAILURES.has(first.family)))
    sentences.push(recurrenceSentence(first.recurring));
  if (first !== undefined && finding.focus !== 'impact') sentences.push(...elsewhere(first, state.essential));
  if (first !== undefined && lateness !== null && lateness.totalMinutes > 0)
    sentences.push(`${subject(state)} ${endBesideUsual(lateness, reader)}.`);
  const due = deadlineSentence(deadline, lateness, reader);
  if (due !== null) sentences.push(due);
  // What is over comes last: it explains nothing, and is worth knowing.
  const over = diagnosis.observations.filter(({ kind }) => kind !== 'blocked_upstream' && kind !== 'recurring');
  return [...sentences, ...over.slice(0, 3).map(observationSentence)];
}

/** Causes that are a failed task. */
const FAILURES: ReadonlySet<RankedCause['family']> = new Set(['task_failure', 'retry_exhausted']);

/** `It failed like this on 3 of the last 10 business dates, last on 2026-11-12.` */
export function recurrenceSentence({ failed, of, dates }: Pick<Recurrence, 'failed' | 'of' | 'dates'>): string {
  const [last] = dates;
  if (failed === 0) return `The same task failed on none of the last ${of} business dates.`;
  return `The same task failed on ${failed} of the last ${of} business dates${last === undefined ? '' : `, most recently for ${last}`}.`;
}

function elsewhere(cause: RankedCause, essential: string): string[] {
  const others = cause.affects.essentials.filter((name) => name !== essential).map((name) => safeText(name, 60));
  if (others.length === 0) return [];
  const named =
    others.length > 4 ? `${others.slice(0, 4).join(', ')} and ${others.length - 4} more` : others.join(', ');
  return [`${named} ${others.length === 1 ? 'is' : 'are'} affected too.`];
}
