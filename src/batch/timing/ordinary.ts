import { median } from '../percentile.ts';

/** What a value is on comparable dates, and from where on it is out of the ordinary. Seconds. */
export interface Ordinary {
  medianS: number;
  upperS: number;
  /** On how many earlier dates it rests. */
  basis: number;
}

/** With fewer comparable dates nothing can be called out of the ordinary. */
export const ENOUGH_TO_JUDGE = 5;

/** Robust standard deviations that a value may lie off the median: rarer than one night in some thousand. */
const SPREADS = 4;
/** Turns a median absolute deviation into a standard deviation, for normal spread. */
const MAD_TO_SIGMA = 1.4826;
/** How far beyond the longest of its history a duration must lie to be *clearly* beyond it. */
const BEYOND_LONGEST = 1.15;

/**
 * Durations spread by factors: a value is out of the ordinary beyond everything in its history, beyond its own spread (of
 * logarithms), by a real factor and by real time. `widen` (≥ 1) stretches the range where the dates are not quite alike.
 * Null with too little history.
 */
export function ordinaryDuration(
  values: readonly number[],
  limits: { factor: number; floorS: number; widen: number },
): Ordinary | null {
  if (values.length < ENOUGH_TO_JUDGE) return null;
  const logs = values.map((value) => Math.log(Math.max(value, 1)));
  const [middle, sigma] = spreadOf(logs);
  const medianS = Math.exp(middle);
  const range = Math.max(
    Math.max(...values) * BEYOND_LONGEST,
    medianS * limits.factor,
    Math.exp(middle + SPREADS * sigma),
  );
  return { medianS, upperS: Math.max(range * limits.widen, medianS + limits.floorS), basis: values.length };
}

/** Points in time and gaps spread by minutes, not by factors. Null with too little history. */
export function ordinaryOffset(
  values: readonly number[],
  limits: { floorS: number; beyondLatestS: number },
): Ordinary | null {
  if (values.length < ENOUGH_TO_JUDGE) return null;
  const [medianS, sigma] = spreadOf(values);
  const upperS = Math.max(
    Math.max(...values) + limits.beyondLatestS,
    medianS + limits.floorS,
    medianS + SPREADS * sigma,
  );
  return { medianS, upperS, basis: values.length };
}

function spreadOf(values: readonly number[]): [middle: number, sigma: number] {
  const middle = median(values) as number;
  return [middle, MAD_TO_SIGMA * (median(values.map((value) => Math.abs(value - middle))) as number)];
}
