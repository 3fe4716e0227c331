import type { CausesFinding } from '../../../batch/finding.ts';
import { type UnitState, unitsOf } from '../../../batch/state.ts';
import { code } from '../../safe-text.ts';
import { subject } from '../subject.ts';
import { clockTime } from '../times.ts';
import { fullUnitName, plural } from '../units.ts';
import { capital, causeClause } from './clause.ts';
import { observationSentence } from './observations.ts';

/** "Did the retry fix it?": yes, no, not yet, or that nothing was retried. */
export function retryVerdict(finding: CausesFinding, zone: string): string {
  const { state, diagnosis, businessDate } = finding;
  const who = `${subject(state)} for ${businessDate}`;
  const at = (instant: number | null) => (instant === null ? '' : ` at ${clockTime(instant, zone, businessDate)}`);
  const retried = unitsMeant(finding).filter((unit) => unit.attemptCount > 1);
  const having = (status: UnitState['status']) => retried.filter((unit) => unit.status === status);
  const [again, ...moreAgain] = having('FAILED');
  if (again !== undefined) {
    const more = moreAgain.length === 0 ? '' : `, and ${plural(moreAgain.length, 'other slice')} failed again too`;
    return `${who}, no: ${fullUnitName(again)} failed again on attempt ${again.attemptCount}${at(again.decisive?.endedAt ?? null)}${more}.`;
  }
  const open = [...having('RUNNING'), ...having('QUEUED')];
  const [running] = open;
  if (running !== undefined)
    return `${who}, not yet known: attempt ${running.attemptCount} of ${fullUnitName(running)} is ${running.status} since ${clockTime(running.decisive?.startedAt ?? 0, zone, businessDate)}.`;
  const fixed = retried.filter((unit) => unit.status === 'SUCCESS');
  const [one] = fixed;
  if (one !== undefined) {
    const done =
      fixed.length === 1
        ? `attempt ${one.attemptCount} of ${fullUnitName(one)} succeeded${at(one.decisive?.endedAt ?? null)}`
        : `${plural(fixed.length, 'slice')} succeeded on a later attempt, ${code(one.slice ?? '')} among them`;
    return `${who}, yes: ${done}.`;
  }
  const [cause] = diagnosis.causes;
  const reader = { zone, businessDate };
  if (cause?.family === 'retry_exhausted') return `${who}, no: ${causeClause(cause, reader)}.`;
  if (cause !== undefined) return `${who}, nothing was retried: ${causeClause(cause, reader)}.`;
  const flaky = diagnosis.observations.find((observation) => observation.kind === 'flaky');
  if (flaky !== undefined) return `${who}, yes: ${observationSentence(flaky)}`;
  return `${capital(who)}, nothing was retried: every slice has had one attempt at most.`;
}

/** The units asked about, else those of the causes where one of them was retried, else all. */
function unitsMeant({ meant, state, diagnosis }: CausesFinding): readonly UnitState[] {
  if (meant !== null) return meant.units;
  const units = unitsOf(state);
  const own = units.filter((unit) =>
    diagnosis.causes.some((cause) => cause.datasetId === unit.datasetId && cause.slices.includes(unit.slice)),
  );
  return own.some((unit) => unit.attemptCount > 1) ? own : units;
}
