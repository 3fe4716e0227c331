import { createRandom, type Random } from '../../../src/playground/world/random.ts';
import { type PhasePlan, planPhase } from './plan-night.ts';
import { type Deviation, type Phase, type Tonight, USUAL } from './planned.ts';
import { mainTask } from './recipes.ts';
import { type Dataset, type Unit, unitKey, type World } from './world.ts';

/** What is added to earlier nights on purpose: by date, the deviations of that date's first pass, or of its second. */
export type Memories = ReadonlyMap<string, { phase: Phase; units: ReadonlyMap<string, Deviation> }>;

/** The earlier nights, with the small incidents that any month has. */
export function planHistory(world: World, seed: string, memories: Memories): PhasePlan[] {
  return world.history.flatMap((date) => {
    const random = createRandom(seed, date, 'incidents');
    const remembered = memories.get(date);
    const deviations = (phase: Phase): Tonight => {
      const own = random.chance(0.3) ? ordinaryIncident(random, world, phase) : new Map<string, Deviation>();
      return { ...USUAL, units: remembered?.phase === phase ? new Map([...own, ...remembered.units]) : own };
    };
    const prelim = planPhase(world, seed, date, 'PRELIM', deviations('PRELIM'));
    const complete = [...prelim.doneAt.values()].every((end) => end !== null);
    if (!complete || world.finalAfter === null || !random.chance(world.finalChance)) return [prelim];
    const extra = new Set(allKeys(world).filter(() => random.chance(0.03)));
    return [prelim, planPhase(world, seed, date, 'FINAL', deviations('FINAL'), extra)];
  });
}

function ordinaryIncident(random: Random, world: World, phase: Phase): Map<string, Deviation> {
  const { dataset, unit } = anyUnit(random, world);
  const task = random.chance(0.5) ? mainTask(dataset.tasks) : random.whole(1, dataset.tasks.length - 1);
  const fail = { task, tries: random.pick([1, 1, 3]), share: random.between(0.1, 0.9) };
  const after = random.between(300, 2400);
  const kinds: Deviation[] = [
    { retried: { task, tries: random.whole(2, 3) } },
    { retried: { task, tries: 2 } },
    { duplicate: random.pick(['before', 'after'] as const) },
    { fail, repaired: { after, inPlace: phase === 'PRELIM' && random.chance(0.5) } },
    { fail, repaired: { after, inPlace: false } },
    { queue: { from: 20, to: 150 } },
    { stretch: new Map([[task, random.between(1.2, 1.6)]]) },
  ];
  if (random.chance(0.08)) return new Map([[unitKey(dataset, unit), { fail }]]);
  if (random.chance(0.15)) {
    const delay = random.between(300, 1500);
    return new Map(dataset.units.map((each) => [unitKey(dataset, each), { delay }]));
  }
  return new Map([[unitKey(dataset, unit), random.pick(kinds)]]);
}

export function anyUnit(random: Random, world: World): { dataset: Dataset; unit: Unit } {
  const dataset = random.pick(world.datasets);
  return { dataset, unit: random.pick(dataset.units) };
}

export function allKeys(world: World): string[] {
  return world.datasets.flatMap((dataset) => dataset.units.map((unit) => unitKey(dataset, unit)));
}
