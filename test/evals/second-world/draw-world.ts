import { createRandom, type Random } from '../../../src/playground/world/random.ts';
import { addDays, isFriday, isMonthEnd, weekdaysBefore } from './dates.ts';
import { drawEssentials } from './draw-essentials.ts';
import { DOMAINS, SLICES, SUBJECTS, SUFFIXES } from './names.ts';
import { drawPlatform, drawRecipe, type Platform } from './recipes.ts';
import type { Dataset, Unit, World } from './world.ts';

/** What a night needs of its world. */
export interface Wish {
  final: boolean;
  monthEnd: boolean;
  /** Several essentials with something running side by side. */
  wide: boolean;
  /** Datasets with many slices. */
  sliced: boolean;
  /** More than one step. */
  steps: boolean;
  /** Longest tasks that take minutes, not seconds. */
  long: boolean;
}

interface Shape {
  steps: number;
  datasets: number;
  slices: readonly [number, number];
  minutes: readonly [number, number];
}

function drawShape(random: Random, wish: Wish): Shape {
  const shapes: Shape[] = [
    { steps: 1, datasets: 1, slices: [1, 8], minutes: [0.5, 150] },
    { steps: 8, datasets: 10, slices: [1, 3], minutes: [0.4, 35] },
    { steps: 4, datasets: 20, slices: [1, 3], minutes: [0.6, 50] },
    { steps: 3, datasets: 4, slices: [4, 25], minutes: [2, 70] },
    { steps: 2, datasets: 3, slices: [3, 12], minutes: [5, 140] },
    { steps: 5, datasets: 7, slices: [1, 6], minutes: [1, 45] },
  ];
  const fitting = shapes.filter(
    (shape) =>
      (!wish.wide || shape.datasets > 2) && (!wish.sliced || shape.slices[1] >= 6) && (!wish.steps || shape.steps > 1),
  );
  const shape = random.pick(fitting);
  const low = wish.long ? Math.max(shape.minutes[0], 8) : shape.minutes[0];
  return {
    ...shape,
    slices: wish.sliced ? [4, shape.slices[1]] : shape.slices,
    minutes: [low, Math.max(shape.minutes[1], low * 2)],
  };
}

export function drawWorld(seed: string, wish: Wish): World {
  const random = createRandom(seed, 'world');
  const shape = drawShape(random, wish);
  const platform = drawPlatform(random);
  const datasets = drawDatasets(random, shape, platform, wish);
  const essentials = drawEssentials(random, datasets, wish.wide ? 2 : 1);
  const monthEndFactor = wish.monthEnd ? random.between(1.3, 1.9) : random.pick([1, 1, 1.2, 1.45]);
  const tonight = drawTonight(random, wish.monthEnd, monthEndFactor);
  const units = datasets.reduce((sum, dataset) => sum + dataset.units.length, 0);
  const wanted = wish.monthEnd ? 60 : random.pick([random.whole(10, 20), random.whole(20, 40), 60]);
  const finalAfter = wish.final || random.chance(0.5) ? passHours(datasets) : null;
  const most = Math.floor((finalAfter === null ? 2400 : 1400) / units);
  const holidays = createRandom(seed, 'holidays');
  const long = Math.max(wish.monthEnd ? 45 : 10, Math.min(wanted, most));
  return {
    zone: random.pick(['America/New_York', 'Europe/London', 'Asia/Tokyo', 'America/New_York']),
    startHour: random.between(16.5, 27),
    fridayShift: random.chance(0.25) && !wish.monthEnd ? random.pick([9, 14, 20]) : 0,
    finalAfter,
    finalChance: random.pick([1, 1, 0.85, 0.6]),
    monthEndFactor,
    nightSigma: random.between(0.02, 0.09),
    taskSigma: random.between(0.03, long < 20 ? 0.1 : 0.16),
    datasets,
    essentials,
    hosts: drawHosts(random, random.pick([4, 9, 15, 60])),
    conventions: {
      maxTries: random.pick(['null', 'zero', 'set'] as const),
      noHost: random.pick(['', null] as const),
      datesUpstreamFailed: random.chance(0.5),
      runType: random.pick(['manual', 'scheduled', 'dataset_triggered']),
      nullOperators: random.pick([0, 0.01, 0.03]),
    },
    history: weekdaysBefore(tonight, long, () => holidays.chance(0.03)),
    tonight,
  };
}

/** Hours from the first pass to the second, so that the first is over in any but a bad night. */
function passHours(datasets: readonly Dataset[]): number {
  const ranks = Map.groupBy(datasets, (dataset) => dataset.rank);
  const hours = [...ranks.values()].map((step) =>
    Math.max(
      ...step.map(
        (dataset) =>
          (dataset.startOffset * 60 +
            2 * dataset.tasks.reduce((sum, task) => sum + (task.usual * 1.6 + dataset.queueGap), 0)) /
          3600,
      ),
    ),
  );
  return Math.ceil(hours.reduce((sum, hour) => sum + hour, 0)) + 3;
}

/** Any weekday from 2024 on; the last of a month only where that was wished, or makes no difference. */
function drawTonight(random: Random, monthEnd: boolean, factor: number): string {
  // Some nights lie where Europe, America or both change their clocks.
  const changes = ['2025-03-07', '2025-03-28', '2025-10-24', '2025-10-31', '2026-03-06', '2024-11-01'];
  let date = random.chance(0.2) ? random.pick(changes) : addDays('2024-04-01', random.whole(0, 850));
  while (new Date(date).getUTCDay() % 6 === 0 || (monthEnd ? !isMonthEnd(date) : factor > 1 && isMonthEnd(date)))
    date = addDays(date, 1);
  return date;
}

function drawDatasets(random: Random, shape: Shape, platform: Platform, wish: Wish): Dataset[] {
  const subjects = shuffled(random, SUBJECTS);
  const others = wish.wide ? random.whole(2, 4) : random.whole(0, 3);
  const gap = random.pick([0.2, 1.5, 6, 25, 90]);
  const poolPerDataset = random.chance(0.5);
  return Array.from({ length: Math.min(shape.datasets + others, SUBJECTS.length) }, (_, index): Dataset => {
    const name = `${subjects[index]}_${random.pick(SUFFIXES)}`;
    const workflowId = random.chance(0.85) ? name : `wf_${name}`;
    const id = `com.jpmc.ct.${random.pick(DOMAINS)}-${name}`;
    const [low, high] = shape.minutes;
    const main = 60 * Math.exp(random.between(Math.log(low), Math.log(high)));
    const sliced = wish.sliced ? random.chance(0.9) : random.chance(0.7);
    const rank = index < shape.steps ? index : random.whole(0, shape.steps - 1);
    return {
      id,
      workflowId,
      dagId: `${workflowId}_V${random.whole(1, 12)}`,
      rank,
      sliced,
      units: drawUnits(random, sliced ? random.whole(...shape.slices) : random.pick([1, 1, 2, 3]), sliced),
      tasks: drawRecipe(random, platform, id, main),
      pool: poolPerDataset ? `pool_${subjects[index]}` : 'default_pool',
      queueGap: Math.min(gap * random.between(0.6, 1.6), main * 0.3),
      startOffset: rank === 0 ? random.pick([1, 5, 20, 45]) * random.between(0.8, 1.2) : random.between(0.7, 6),
    };
  });
}

function drawUnits(random: Random, count: number, sliced: boolean): Unit[] {
  const names = shuffled(random, SLICES).slice(0, count);
  const partial = random.chance(0.4) ? random.between(0.3, 0.8) : 1;
  return names.map((slice, index) => ({
    slice: sliced || count > 1 || random.chance(0.4) ? slice : null,
    size: random.between(0.6, 1.4),
    inFinal: index === 0 || random.chance(partial),
  }));
}

function drawHosts(random: Random, count: number): string[] {
  const prefix = random.pick(['airflow-worker-', 'eps-node-', 'ip-10-7-']);
  return Array.from(
    { length: count },
    (_, index) => `${prefix}${(index * 37 + 11) % 997}-${random.whole(1000, 9999).toString(36)}`,
  );
}

export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

export function fridaysIn(world: World): number {
  return world.history.filter(isFriday).length;
}
