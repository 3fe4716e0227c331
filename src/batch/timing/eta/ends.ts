import type { Instant } from '../../instant.ts';
import type { Estimate } from '../estimate.ts';

/**
 * The estimate that a sample of possible ends makes. `n` values cut time into n + 1 parts of equal chance; beyond the last
 * one the chance falls exponentially, at the rate of the slower half of the sample.
 */
export function estimateFrom(ends: readonly Instant[], now: Instant, basis: number): Estimate {
  const sorted = [...ends].sort((a, b) => a - b);
  const places = sorted.length + 1;
  const last = sorted.at(-1) as Instant;
  const middle = sorted[Math.floor(sorted.length / 2)] as Instant;
  const upper = sorted.filter((end) => end >= middle);
  const tail = Math.max(1, upper.reduce((sum, end) => sum + end - middle, 0) / upper.length);

  const at = (share: number): Instant => {
    const place = share * places;
    if (place >= sorted.length) return last + tail * Math.log(1 / places / (1 - share));
    const low = place < 1 ? now : (sorted[Math.floor(place) - 1] as Instant);
    const high = sorted[Math.floor(place)] as Instant;
    return low + (high - low) * (place - Math.floor(place));
  };
  const chanceOfMissing = (target: Instant): number => {
    if (target <= now) return 1;
    if (target >= last) return Math.exp((last - target) / tail) / places;
    const place = sorted.findIndex((end) => end > target);
    const low = place === 0 ? now : (sorted[place - 1] as Instant);
    const high = sorted[place] as Instant;
    return 1 - (place + (target - low) / (high - low)) / places;
  };
  return { p50: Math.round(at(0.5)), p90: Math.round(at(0.9)), basis, chanceOfMissing };
}
