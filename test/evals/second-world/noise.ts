import type { Random } from '../../../src/playground/world/random.ts';
import type { Memories } from './history.ts';
import type { Deviation, Phase } from './planned.ts';
import { mainTask } from './recipes.ts';
import { type Dataset, type Essential, type Unit, unitKey, unitsOf, type World } from './world.ts';

/** What made a night lively without being anybody's fault. */
export interface Noise {
  units: ReadonlyMap<string, Deviation>;
  /** Earlier nights on which the same was seen. */
  memories: Memories;
  words: readonly string[];
}

export function drawNoise(random: Random, world: World, essential: Essential, phase: Phase): Noise {
  const units = new Map<string, Deviation>();
  const memories = new Map<string, { phase: Phase; units: Map<string, Deviation> }>();
  const words: string[] = [];
  const places = essential.members.flatMap((member) =>
    unitsOf(member)
      .filter((unit) => phase === 'PRELIM' || unit.inFinal)
      .map((unit) => ({ dataset: member.dataset, unit })),
  );
  const kinds = [
    repairedFailure,
    workedRetry,
    workedRetry,
    cancelledDuplicate,
    longerQueue,
    slowAsBefore,
    slightlyLate,
  ];
  const wanted = random.whole(2, 4);
  for (let number = 0; number < wanted && places.length > 0; number++) {
    const [place] = places.splice(random.whole(0, places.length - 1), 1);
    const { dataset, unit } = place as { dataset: Dataset; unit: Unit };
    const kind = random.pick(kinds);
    const { deviation, word, often } = kind(random, dataset, phase);
    units.set(unitKey(dataset, unit), deviation);
    words.push(`${word} in ${dataset.id}${unit.slice === null ? '' : ` ${unit.slice}`}`);
    if (!often) continue;
    for (const date of world.history.slice(-9).filter((_, index) => index % 2 === 0)) {
      const night = memories.get(date) ?? { phase, units: new Map() };
      night.units.set(unitKey(dataset, unit), deviation);
      memories.set(date, night);
    }
  }
  return { units, memories, words };
}

type Kind = (random: Random, dataset: Dataset, phase: Phase) => { deviation: Deviation; word: string; often?: boolean };

const repairedFailure: Kind = (random, dataset, phase) => ({
  deviation: {
    fail: {
      task: random.whole(0, dataset.tasks.length - 1),
      tries: random.pick([1, 2, 3]),
      share: random.between(0.1, 0.9),
    },
    repaired: { after: random.between(200, 5400), inPlace: phase === 'PRELIM' && random.chance(0.5) },
  },
  word: 'a failure that a person repaired',
});

const workedRetry: Kind = (random, dataset) => ({
  deviation: { retried: { task: random.whole(0, dataset.tasks.length - 1), tries: random.whole(2, 3) } },
  word: 'a retry that worked',
});

const cancelledDuplicate: Kind = (random) => ({
  deviation: { duplicate: random.pick(['before', 'after'] as const) },
  word: 'a cancelled duplicate',
});

const longerQueue: Kind = (random) => ({
  deviation: { queue: { from: 15, to: random.between(60, 180) } },
  word: 'a few minutes in the queue',
  often: true,
});

const slowAsBefore: Kind = (random, dataset) => ({
  deviation: { stretch: new Map([[mainTask(dataset.tasks), random.between(1.3, 1.7)]]) },
  word: 'a slow task, as slow as on other nights,',
  often: true,
});

const slightlyLate: Kind = (random) => ({
  deviation: { delay: random.between(120, 600) },
  word: 'a start some minutes late',
  often: true,
});
