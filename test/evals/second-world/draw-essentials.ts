import type { Random } from '../../../src/playground/world/random.ts';
import { ESSENTIAL_NAMES } from './names.ts';
import type { Dataset, Essential, Member } from './world.ts';

/**
 * The first essential has every step and most datasets; the others take some of its datasets, whole or in part, and those that are
 * left. Steps keep the bank's order, but each essential numbers them in its own way.
 */
export function drawEssentials(random: Random, datasets: readonly Dataset[], fewest: number): Essential[] {
  const count = Math.max(fewest, random.pick([1, 2, 3, 4]));
  const at = random.whole(0, ESSENTIAL_NAMES.length - 1);
  const names = Array.from(
    { length: count },
    (_, index) => ESSENTIAL_NAMES[(at + index) % ESSENTIAL_NAMES.length] as string,
  );
  const own = count === 1 ? datasets.length : Math.max(1, Math.ceil(datasets.length * 0.75));
  return names.map((name, index) => {
    const chosen =
      index === 0
        ? datasets.slice(0, own)
        : datasets.filter((_, position) => (position >= own ? random.chance(0.6) || index === 1 : random.chance(0.3)));
    const some = chosen.length > 0 ? chosen : datasets.slice(-1);
    return { name, members: numbered(random, some, index > 0) };
  });
}

function numbered(random: Random, datasets: readonly Dataset[], inPart: boolean): Member[] {
  const ranks = [...new Set(datasets.map((dataset) => dataset.rank))].sort((a, b) => a - b);
  const stride = random.pick([1, 1, 1, 10]);
  const first = random.pick([0, 0, 0, 1]);
  const hole = random.whole(1, 12);
  return datasets.map((dataset) => {
    const place = ranks.indexOf(dataset.rank);
    return {
      dataset,
      order: (first + place + (place >= hole ? 1 : 0)) * stride,
      slices: slicesOf(random, dataset, inPart),
    };
  });
}

function slicesOf(random: Random, dataset: Dataset, inPart: boolean): string[] {
  if (!dataset.sliced) return [];
  const all = dataset.units.map((unit) => unit.slice as string);
  const share = inPart ? random.between(0.2, 1) : random.pick([1, 1, 1, 0.85]);
  const some = all.filter(() => random.chance(share));
  return some.length > 0 ? some : all.slice(0, 1);
}
