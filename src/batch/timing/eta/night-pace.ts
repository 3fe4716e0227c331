import type { UsualRun } from './usual-run.ts';

/** How slow a night was throughout: the logarithm of its factor; 0 is the usual pace. */
export interface Pace {
  /** Of tonight, from what has finished. */
  tonight: number;
  /** By earlier night: what one would have thought of it, from the same units. */
  past: readonly number[];
  /** How far a unit strays from what is usual, nights and its own surprises together, as a standard deviation of the ratio. */
  spreadOf(key: string): number;
}

interface PaceInput {
  usual: ReadonlyMap<string, UsualRun>;
  nights: number;
  /** What has finished tonight: unit and logarithm of its seconds. */
  finished: readonly { key: string; logRunS: number }[];
  /** What to think of a night before anything of it is known; by night, and of tonight. */
  prior: { tonight: number; past: readonly number[] };
}

/** How many nights the scatter of all units counts for beside a unit's own. */
const POOLED_NIGHTS = 8;
/** Runs further off than this many deviations had a reason of their own, which says nothing about the night. */
const CLIP = 2.5;
/** Nothing runs more regularly than within a hundredth. */
const LEAST_VARIANCE = 0.01 ** 2;

/**
 * A slow night is slow throughout: the units that have finished tell the pace of those that have not. How far they can be
 * believed is learnt from earlier nights: by how much nights differ, against how much units scatter within a night.
 */
export function paceOf({ usual, nights, finished, prior }: PaceInput): Pace {
  const scatter = scatterWithin(usual, nights);
  const varianceOf = (key: string) => scatter.units.get(key) ?? scatter.pooled;
  const told = finished.flatMap(({ key, logRunS }) => {
    const run = usual.get(key);
    if (run === undefined || run.basis < 2) return [];
    const variance = varianceOf(key);
    return [{ run, logRunS, weight: 1 / variance, limit: CLIP * Math.sqrt(variance + scatter.between) }];
  });
  const believe = (start: number, ratioOf: (unit: (typeof told)[number]) => number): number => {
    let sum = 0;
    let weight = scatter.between > 0 ? 1 / scatter.between : Number.POSITIVE_INFINITY;
    for (const unit of told) {
      const ratio = ratioOf(unit) - start;
      if (Number.isNaN(ratio)) continue;
      sum += Math.min(unit.limit, Math.max(-unit.limit, ratio)) * unit.weight;
      weight += unit.weight;
    }
    return start + sum / weight;
  };
  const past = Array.from({ length: nights }, (_, night) =>
    believe(prior.past[night] as number, ({ run }) => run.ratio[night] as number),
  );
  return {
    tonight: believe(prior.tonight, ({ run, logRunS }) => logRunS - run.median),
    past,
    spreadOf: (key) => Math.sqrt(varianceOf(key) + scatter.between),
  };
}

/** Mean ratio of all units of a night; NaN where none ran. */
export function wholeNightPace(usual: Iterable<UsualRun>, night: number): number {
  let sum = 0;
  let count = 0;
  for (const { ratio } of usual) {
    const value = ratio[night] as number;
    if (Number.isNaN(value)) continue;
    sum += Math.min(1, Math.max(-1, value));
    count += 1;
  }
  return sum / count;
}

/** The variance of units around the pace of their night, and of the pace between nights beyond what chance explains. */
function scatterWithin(usual: ReadonlyMap<string, UsualRun>, nights: number) {
  const paces = Array.from({ length: nights }, (_, night) => wholeNightPace(usual.values(), night));
  const own = [...usual].map(([key, { ratio }]) => {
    let sum = 0;
    let count = 0;
    for (let night = 0; night < nights; night += 1) {
      const off = (ratio[night] as number) - (paces[night] as number);
      if (Number.isNaN(off)) continue;
      sum += Math.min(1, off * off);
      count += 1;
    }
    return { key, sum, count };
  });
  const total = own.reduce((all, { sum, count }) => ({ sum: all.sum + sum, count: all.count + count }), {
    sum: 0,
    count: 0,
  });
  const known = paces.filter((pace) => !Number.isNaN(pace));
  // The pace was taken from the same units: each night leaves one degree of freedom fewer.
  const freedom = total.count - known.length;
  const pooled = freedom > 0 ? Math.max(LEAST_VARIANCE, total.sum / freedom) : LEAST_VARIANCE;
  const mean = known.reduce((sum, pace) => sum + pace, 0) / Math.max(1, known.length);
  const varianceOfPaces = known.reduce((sum, pace) => sum + (pace - mean) ** 2, 0) / Math.max(1, known.length - 1);
  const unitsANight = total.count / Math.max(1, known.length);
  return {
    units: new Map(
      own.map(({ key, sum, count }) => {
        return [key, Math.max(LEAST_VARIANCE, (sum + POOLED_NIGHTS * pooled) / (count + POOLED_NIGHTS))];
      }),
    ),
    pooled,
    between: Math.max(0, varianceOfPaces - pooled / Math.max(1, unitsANight)),
  };
}
