import { createRandom, type Random } from '../random.ts';
import { askAbout } from './ask-about.ts';
import { noCircumstances } from './circumstances.ts';
import { drawClock } from './clock.ts';
import { FAMILIES, type Family, type GeneratedNight, type NightRequest } from './generated-night.ts';
import { placeFaults } from './place-faults.ts';
import { plantHerrings } from './plant-herrings.ts';
import { type Told, tell } from './tell.ts';
import { WITHHELD_BY, withhold } from './withhold.ts';
import { drawWorld } from './world.ts';

const WORLDS = 60;
const DRAWS = 10;
const DRAWS_OF_PAIR = 30;

/**
 * Makes a night of that kind, with the truth beside it. Deterministic: the same request gives the same night.
 * Throws where no world was found in which the families show clearly.
 */
export function generateNight(request: NightRequest): GeneratedNight {
  const families = familiesOf(request);
  for (let world = 0; world < WORLDS; world++) {
    const night = tryWorld(request, families, `${request.seed}/${request.kind}/${families.join('+')}/${world}`);
    if (night) return night;
  }
  throw new Error(`No night found for ${request.kind} ${families.join(' and ')} with the seed ${request.seed}.`);
}

function familiesOf({ seed, kind, families }: NightRequest): readonly Family[] {
  const random = createRandom(seed, kind, 'families');
  const count = kind === 'pair' ? 2 : kind === 'healthy' || kind === 'noisy' ? 0 : 1;
  const known = kind === 'withheld' ? (Object.keys(WITHHELD_BY) as Family[]) : FAMILIES;
  const chosen = families ?? drawFamilies(count, known, random);
  if (chosen.length !== count || !chosen.every((family) => known.includes(family))) {
    throw new Error(`A night of kind ${kind} takes ${count} of: ${known.join(', ')}.`);
  }
  if (chosen.length === 2 && chosen.every((family) => ONE_A_NIGHT.includes(family)) && chosen[0] === chosen[1]) {
    throw new Error(`${chosen[0]} twice is one cause.`);
  }
  return chosen;
}

/** Families that are seen over the whole night: two of a kind could not be told apart. */
const ONE_A_NIGHT: readonly Family[] = ['queue_delay', 'shared_dependency', 'bad_host'];

function drawFamilies(count: number, known: readonly Family[], random: Random): Family[] {
  const chosen: Family[] = [];
  while (chosen.length < count) {
    const family = random.pick(known);
    if (!(ONE_A_NIGHT.includes(family) && chosen.some((one) => ONE_A_NIGHT.includes(one)))) chosen.push(family);
  }
  return chosen;
}

function tryWorld(request: NightRequest, families: readonly Family[], seed: string): GeneratedNight | null {
  const world = drawWorld(seed, request.kind);
  const random = createRandom(seed, 'draws');
  const withheld = request.kind === 'withheld' ? random.pick(WITHHELD_BY[families[0] as Family] ?? []) : null;
  for (let draw = 0; draw < (request.kind === 'pair' ? DRAWS_OF_PAIR : DRAWS); draw++) {
    const told = tryDraw(world, request, families, withheld === 'history', random);
    if (told) {
      const night = tell(told, seed, request);
      return withheld ? withhold(night, withheld) : night;
    }
  }
  return null;
}

function tryDraw(
  world: ReturnType<typeof drawWorld>,
  { kind }: NightRequest,
  families: readonly Family[],
  prelimOnly: boolean,
  random: Random,
): Told | null {
  const bare = askAbout(world, prelimOnly || random.chance(0.7), random);
  if (!bare) return null;
  const planted = plantHerrings(world, bare, kind, families, random);
  if (!planted) return null;
  const { site, herrings, holes } = planted;
  const placed = placeFaults(world, site, families, herrings);
  if (!placed) return null;
  const circumstances = noCircumstances();
  for (const one of [...herrings, ...placed.faults]) one.apply(circumstances);
  const night = world.tonight(site.phase, circumstances);
  const ends = [night.prelim, night.final].flatMap((phase) =>
    (phase?.runs ?? []).map((run) => run.endedAt ?? run.epoch),
  );
  const nightEndsAt = Math.max(...ends);
  for (let draws = 0; draws < 6; draws++) {
    const now = drawClock({ allowed: placed.allowed(holes), nightEndsAt, zone: world.platform.zone, random });
    const causes = now === null ? [null] : placed.effects.map((effect) => effect.causeAt(now));
    if (now !== null && causes.every((cause) => cause !== null)) {
      return { world, site, night, now, causes, herrings: planted.words };
    }
  }
  return null;
}
