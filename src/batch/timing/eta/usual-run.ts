import { memoizeWeakly } from '../../memoize.ts';
import type { UnitPast } from './past-course.ts';

/** A unit's usual run, and how each earlier night stood to what was usual on all the others. */
export interface UsualRun {
  /** Median of the logarithms of seconds; NaN where there are none. */
  median: number;
  /** On how many nights it rests. */
  basis: number;
  /** By night: logarithm of the run over the median of the other nights; NaN where it did not run. */
  ratio: readonly number[];
  /** The same of the span. */
  spanRatio: readonly number[];
}

/** Each night is compared with the others only: a night that helped to say what is usual would always look usual. */
export const usualRunOf = memoizeWeakly(({ run, span }: UnitPast): UsualRun => {
  const sorted = sortedNumbers(run);
  const ratio: number[] = [];
  const spanRatio: number[] = [];
  for (let night = 0; night < run.length; night += 1) {
    const others = medianWithout(sorted, run[night] as number);
    ratio.push((run[night] as number) - others);
    spanRatio.push((span[night] as number) - others);
  }
  return { median: middle(sorted), basis: sorted.length, ratio, spanRatio };
});

/** What is not NaN, in order. */
function sortedNumbers(values: readonly number[]): Float64Array {
  // A typed array sorts numbers as numbers, without being told how.
  return Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
}

function middle(sorted: Float64Array): number {
  const half = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

/** Median of all but one of the values; NaN where nothing is left, or where the value is none of them. */
function medianWithout(sorted: Float64Array, value: number): number {
  const left = sorted.length - 1;
  if (left < 1 || Number.isNaN(value)) return Number.NaN;
  const at = (index: number) => {
    // Past the place of the value that is left out, everything moves down by one; among equals any one will do.
    const candidate = sorted[index] as number;
    return candidate < value ? candidate : (sorted[index + 1] as number);
  };
  return (at(Math.ceil(left / 2) - 1) + at(Math.floor(left / 2))) / 2;
}
