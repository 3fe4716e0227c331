import type { EtaFinding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { causeClause } from './causes/clause.ts';
import { subject } from './subject.ts';
import { clockTime, duration } from './times.ts';
import { plural } from './units.ts';

/** What the sentence about an end is made of. */
type Expected = Pick<
  EtaFinding,
  'state' | 'businessDate' | 'estimate' | 'target' | 'chanceOfMissing' | 'diagnosis' | 'gaps'
>;

/** When it ends, how sure that is, and whether it makes the time asked about. */
export function etaVerdict(finding: Expected, zone: string): string {
  const { state, estimate, businessDate } = finding;
  const who = `${subject(state)} for ${businessDate}`;
  const at = (instant: number) => clockTime(instant, zone, businessDate);
  if (state.endedAt !== null && state.status === 'SUCCESS')
    return `${who} ended at ${at(state.endedAt)}${margin(finding, zone)}.`;
  const [cause] = finding.diagnosis?.causes ?? [];
  if (estimate === null) {
    if (cause !== undefined) return `${who} will not end by itself: ${causeClause(cause, { zone, businessDate })}.`;
    if (state.startedAt === null) return `${who} has not begun, so that no end can be estimated.`;
    const [missing] = finding.gaps;
    return `${who} is ${state.status}, and no end can be estimated${missing === undefined ? '.' : `: ${safeText(missing, 300)}`}`;
  }
  const by = `is expected to end at ${at(estimate.p50)}, in 9 of 10 cases by ${at(estimate.p90)}`;
  return `${who} ${by}${missing(finding, zone)}, judged by ${plural(estimate.basis, 'earlier date')}.`;
}

/** `, 48 min before 07:00`: of what has ended, beside its target. */
function margin({ state, target, businessDate }: Expected, zone: string): string {
  if (target === null || state.endedAt === null) return '';
  const minutes = (target.at - state.endedAt) / 1000;
  return `, ${duration(Math.abs(minutes))} ${minutes >= 0 ? 'before' : 'after'} ${targetName(target, businessDate, zone)}`;
}

/** `; the chance that it misses 07:00 is 12 %` */
function missing({ target, chanceOfMissing, businessDate }: Expected, zone: string): string {
  if (target === null || chanceOfMissing === null) return '';
  return `; the chance that it misses ${targetName(target, businessDate, zone)} is ${percent(chanceOfMissing)}`;
}

function targetName(target: NonNullable<EtaFinding['target']>, businessDate: string, zone: string): string {
  const at = clockTime(target.at, zone, businessDate);
  return target.source === 'deadline' ? `its deadline of ${at}` : at;
}

/** Never quite certain: an estimate of 30 nights cannot tell 0 from 1 in 100. */
export function percent(chance: number): string {
  if (chance <= 0.02) return 'at most 2%';
  if (chance >= 0.98) return 'at least 98%';
  return `${Math.round(chance * 100)}%`;
}

export function etaSentences({ estimate, state, target, businessDate, diagnosis }: EtaFinding, zone: string): string[] {
  const sentences: string[] = [];
  const { slicesDone, slices, step, of } = state.progress;
  if (state.status !== 'SUCCESS')
    sentences.push(`It is at step ${step} of ${of}, ${slicesDone} of ${plural(slices, 'slice')} done.`);
  const [cause] = diagnosis?.causes ?? [];
  if (estimate !== null && cause !== undefined)
    sentences.push(`The estimate holds only once this is mended: ${causeClause(cause, { zone, businessDate })}.`);
  if (estimate !== null && target !== null && target.at < estimate.p50)
    sentences.push(`More often than not it ends after ${clockTime(target.at, zone, businessDate)}.`);
  return sentences;
}

export function etaRecord({ estimate }: EtaFinding): Answer['eta'] {
  return estimate === null ? null : { p50: isoUtc(estimate.p50), p90: isoUtc(estimate.p90), basis: estimate.basis };
}
