import type {
  Family,
  GeneratedNight,
  NightKind,
  NightRequest,
} from '../../../src/playground/world/nights/generated-night.ts';
import { FAMILIES } from '../../../src/playground/world/nights/generated-night.ts';
import { createRandom, type Random } from '../../../src/playground/world/random.ts';
import { tryNight } from './try-night.ts';
import { WITHHOLDABLE } from './withhold.ts';

/** So many worlds are drawn before a request is given up: most faults find their place in the first few. */
const MOST_ATTEMPTS = 400;

/** Common causes blur one another: a night has one of them at most. */
const COMMON: readonly Family[] = ['shared_dependency', 'bad_host', 'queue_delay'];

/**
 * A night with a known fault, written as rows from a timetable: a source that shares nothing with the simulated scheduler but the
 * contract. The same request gives the same night. Throws RangeError for families that cannot be had: a `withheld` fault whose
 * proof is the status itself, a pair of two common causes.
 */
export function generateSecondNight(request: NightRequest): GeneratedNight {
  const { seed, kind } = request;
  const families = request.families ?? drawFamilies(createRandom('second', seed, 'families'), kind);
  if (kind === 'withheld' && !families.every((family) => WITHHOLDABLE.includes(family))) {
    throw new RangeError(`The proof of ${families.join()} cannot be withheld.`);
  }
  if (kind === 'pair' && families.every((family) => COMMON.includes(family))) {
    throw new RangeError(`A night cannot have ${families.join(' and ')} at once.`);
  }
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const night = tryNight({ seed, kind, families }, attempt);
    if (night !== null) return night;
  }
  throw new RangeError(`No world of seed ${seed} has a place for ${kind} ${families.join(' and ')}.`);
}

function drawFamilies(random: Random, kind: NightKind): readonly Family[] {
  if (kind === 'single') return [random.pick(FAMILIES)];
  if (kind === 'withheld') return [random.pick(WITHHOLDABLE)];
  if (kind !== 'pair') return [];
  const first = random.pick(FAMILIES);
  const others = FAMILIES.filter((family) => !(COMMON.includes(first) && COMMON.includes(family)));
  return [first, random.pick(others)];
}
