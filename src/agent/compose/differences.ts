import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import type { Answer } from '../answer.ts';
import { code } from '../safe-text.ts';
import { duration } from './times.ts';
import { plural } from './units.ts';

type Comparison = NonNullable<Answer['comparison']>;
type Difference = Comparison['differences'][number];

/** `PRELIM of 2026-02-13`: what each side is called. */
export function sideNames({ before, after }: Pick<Comparison, 'before' | 'after'>): { before: string; after: string } {
  const name = (side: Comparison['before']) => `${side.phase} of ${side.business_date}`;
  return { before: name(before), after: name(after) };
}

/** A line a slice that differs; slices of one dataset that differ alike share one. The weightiest first. */
export function differenceLines(comparison: Comparison): string[] {
  const names = sideNames(comparison);
  const alike = Map.groupBy(comparison.differences, (each) => JSON.stringify([each.dataset_id, wordsFor(each, names)]));
  return [...alike.values()].map((group) => {
    const [first] = group as [Difference];
    const dataset = code(shortDatasetName(first.dataset_id));
    const who =
      group.length > 1
        ? `${group.length} slices of ${dataset}`
        : first.slice === null
          ? dataset
          : `${code(first.slice)} of ${dataset}`;
    return `${who}: ${wordsFor(first, names)}`;
  });
}

function wordsFor({ before, after, what }: Difference, names: { before: string; after: string }): string {
  if (before === null || after === null) {
    const there = before ?? after;
    return `only in ${before === null ? names.after : names.before}, ${there?.status ?? 'UNKNOWN'}`;
  }
  const parts = [
    before.status === after.status ? '' : `${after.status} instead of ${before.status}`,
    what.includes('attempts') ? `${plural(after.attempts, 'attempt')} instead of ${before.attempts}` : '',
    what.includes('duration') && before.duration_s !== null && after.duration_s !== null
      ? `ran ${duration(after.duration_s)} instead of ${duration(before.duration_s)}`
      : '',
    what.includes('start') && before.started_after_min !== null && after.started_after_min !== null
      ? `began ${shift(after.started_after_min - before.started_after_min)}`
      : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'finished in another order';
}

/** Counted from the begin of the phase: two nights begin at hours of their own. */
function shift(minutes: number): string {
  return `${duration(Math.abs(minutes) * 60)} ${minutes < 0 ? 'earlier' : 'later'} in the phase`;
}
