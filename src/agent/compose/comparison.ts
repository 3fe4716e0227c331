import type { ComparisonFinding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import type { ComparedNight, ComparedUnit, UnitDifference } from '../../batch/timing/compare.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { duration } from './times.ts';
import { fullUnitName, plural } from './units.ts';

/** What became of both nights, and how much of them differs. */
export function comparisonVerdict({ essential, comparison }: ComparisonFinding): string {
  const { before, after, differences, alike } = comparison;
  const who = `${safeText(essential, 80)} ${after.phase} of ${after.businessDate} beside ${before.phase} of ${before.businessDate}`;
  const outcome =
    before.status === after.status ? `both ${after.status}` : `${after.status} instead of ${before.status}`;
  const took =
    before.durationS === null || after.durationS === null
      ? ''
      : `, ${duration(after.durationS)} instead of ${duration(before.durationS)}`;
  const total = differences.length + alike;
  const differ =
    differences.length === 0
      ? `no slice of ${total} differs`
      : `${differences.length} of ${plural(total, 'slice')} ${differences.length === 1 ? 'differs' : 'differ'}`;
  return `${who}: ${outcome}${took}, ${differ}.`;
}

export function comparisonSentences({ comparison }: ComparisonFinding): string[] {
  return comparison.differences.slice(0, 5).map(differenceSentence);
}

/** `EMEA of positions: FAILED instead of SUCCESS, ran 1 h 5 min instead of 40 min.` */
export function differenceSentence(difference: UnitDifference): string {
  const { before, after } = difference;
  const name = fullUnitName(difference);
  if (before === null) return `${name} ran only this time: ${after?.status ?? 'UNKNOWN'}.`;
  if (after === null) return `${name} ran only the other time: ${before.status}.`;
  const said = difference.what.map((what) => IN_WORDS[what](before, after)).filter((words) => words !== '');
  return `${name}: ${said.join(', ') || 'differs'}.`;
}

const IN_WORDS: Record<UnitDifference['what'][number], (before: ComparedUnit, after: ComparedUnit) => string> = {
  status: (before, after) => `${after.status} instead of ${before.status}`,
  presence: (before, after) => (before.status === after.status ? '' : `${after.status} instead of ${before.status}`),
  start: (before, after) =>
    before.startedAfterMin === null || after.startedAfterMin === null
      ? ''
      : `began ${span(after.startedAfterMin - before.startedAfterMin)}`,
  duration: (before, after) =>
    before.durationS === null || after.durationS === null
      ? ''
      : `ran ${duration(after.durationS)} instead of ${duration(before.durationS)}`,
  attempts: (before, after) => `${plural(after.attempts, 'attempt')} instead of ${before.attempts}`,
  order: (before, after) =>
    before.finished === null || after.finished === null
      ? ''
      : `finished number ${after.finished} of its step instead of ${before.finished}`,
};

/** Counted from the begin of the phase: two nights begin at hours of their own. */
function span(minutes: number): string {
  return `${duration(Math.abs(minutes) * 60)} ${minutes < 0 ? 'earlier' : 'later'} in the phase`;
}

export function comparisonRecord({ comparison }: ComparisonFinding): NonNullable<Answer['comparison']> {
  return {
    before: nightRecord(comparison.before),
    after: nightRecord(comparison.after),
    differences: comparison.differences.map((each) => ({
      dataset_id: safeText(each.datasetId, 250),
      slice: each.slice === null ? null : safeText(each.slice, 250),
      what: [...each.what],
      before: unitRecord(each.before),
      after: unitRecord(each.after),
    })),
    alike: comparison.alike,
  };
}

function nightRecord(night: ComparedNight): NonNullable<Answer['comparison']>['before'] {
  return {
    business_date: night.businessDate,
    phase: night.phase,
    status: night.status,
    started_at: iso(night.startedAt),
    ended_at: iso(night.endedAt),
    duration_s: night.durationS,
  };
}

function unitRecord(unit: ComparedUnit | null) {
  if (unit === null) return null;
  return {
    status: unit.status,
    started_at: iso(unit.startedAt),
    started_after_min: unit.startedAfterMin,
    duration_s: unit.durationS,
    attempts: unit.attempts,
    finished: unit.finished,
  };
}

function iso(instant: number | null): string | null {
  return instant === null ? null : isoUtc(instant);
}
