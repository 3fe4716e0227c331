import type { ComparisonFinding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import type { ComparedNight, ComparedUnit } from '../../batch/timing/compare.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { differenceLines, sideNames } from './differences.ts';
import { duration } from './times.ts';
import { plural } from './units.ts';

/** What became of both nights, and how much of them differs. */
export function comparisonVerdict({ essential, comparison }: ComparisonFinding): string {
  const { before, after, differences, alike } = comparison;
  const names = sideNames(comparisonSides(comparison));
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
  return `${safeText(essential, 80)} ${names.after} beside ${names.before}: ${outcome}${took}, ${differ}.`;
}

export function comparisonSentences(finding: ComparisonFinding): string[] {
  return differenceLines(comparisonRecord(finding))
    .slice(0, 3)
    .map((line) => `${line}.`);
}

function comparisonSides({ before, after }: ComparisonFinding['comparison']) {
  return { before: nightRecord(before), after: nightRecord(after) };
}

export function comparisonRecord({ comparison }: ComparisonFinding): NonNullable<Answer['comparison']> {
  return {
    ...comparisonSides(comparison),
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
