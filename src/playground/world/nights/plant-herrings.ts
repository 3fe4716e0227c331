import type { Random } from '../random.ts';
import { noCircumstances } from './circumstances.ts';
import type { Family, NightKind } from './generated-night.ts';
import {
  cancelledDuplicate,
  type DrawHerring,
  failureElsewhere,
  type Herring,
  hostileText,
  repairedFailure,
  retriedInside,
  shortQueue,
  slowUnawaited,
  somewhatSlow,
} from './herrings.ts';
import type { Pipeline } from './platform.ts';
import type { Interval, Site } from './site.ts';
import type { World } from './world.ts';

interface Planted {
  /** With the night as it goes with them. */
  site: Site;
  herrings: readonly Herring[];
  /** When no question may be asked. */
  holes: readonly Interval[];
  words: readonly string[];
}

const BESIDE_FAULTS = [cancelledDuplicate, repairedFailure, failureElsewhere, hostileText, retriedInside] as const;
const OF_NOISE = [
  repairedFailure,
  repairedFailure,
  cancelledDuplicate,
  retriedInside,
  somewhatSlow,
  slowUnawaited,
  shortQueue,
  failureElsewhere,
] as const;

/** Plants what misleads; null where it did not come out as meant. */
export function plantHerrings(
  world: World,
  bare: Site,
  kind: NightKind,
  families: readonly Family[],
  random: Random,
): Planted | null {
  const words: string[] = [];
  const misled = kind === 'single' || kind === 'pair' ? random.chance(0.5) : false;
  if (misled && random.chance(0.25)) world.plantOlderFailure(bare.essential);
  const draws = drawsOf(kind, misled, families, random);
  const herrings: Herring[] = [];
  let site = bare;
  for (const draw of draws) {
    const herring = draw(site);
    if (!herring) continue;
    herrings.push(herring);
    if (herring.dataset) site = withTaken(site, [herring.dataset]);
  }
  if (kind === 'noisy' && herrings.length === 0) return null;

  if (herrings.length === 0) return { site, herrings, holes: [], words };
  const circumstances = noCircumstances();
  for (const herring of herrings) herring.apply(circumstances);
  const calm = world.phaseTonight(site.phase, circumstances);
  if (!calm) return null;
  const holes = herrings.map((herring) => herring.holes(calm));
  if (holes.some((hole) => hole === null)) return null;
  words.push(...herrings.map((herring) => herring.words));
  return { site: withCalm(site, calm), herrings, holes: holes.flatMap((hole) => hole ?? []), words };
}

function drawsOf(kind: NightKind, misled: boolean, families: readonly Family[], random: Random): DrawHerring[] {
  if (kind === 'noisy') return Array.from({ length: random.whole(1, 4) }, () => random.pick(OF_NOISE));
  if (!misled) return [];
  // Failures beside these would be taken for, or for none of, their symptoms by anyone.
  const common = families.some((family) => family === 'shared_dependency' || family === 'bad_host');
  const late = families.includes('late_start');
  const fair = BESIDE_FAULTS.filter(
    (draw) =>
      !(common && (draw === failureElsewhere || draw === repairedFailure)) && !(late && draw === repairedFailure),
  );
  return Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(fair));
}

// The past is a getter, which a copy by spreading would call.
const changed = (site: Site, change: Partial<Site>): Site =>
  Object.defineProperties({ ...change } as Site, {
    ...Object.fromEntries(Object.entries(Object.getOwnPropertyDescriptors(site)).filter(([name]) => !(name in change))),
  });

export const withTaken = (site: Site, datasets: readonly Pipeline[]): Site =>
  changed(site, { taken: new Set([...site.taken, ...datasets]) });

const withCalm = (site: Site, calm: Site['calm']): Site => changed(site, { calm });
