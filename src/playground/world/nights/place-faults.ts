import { noCircumstances } from './circumstances.ts';
import { intersect, without } from './clock.ts';
import { DRAW_FAULT } from './faults/draw-fault.ts';
import { type Effect, type Fault, forever } from './faults/fault.ts';
import type { Family } from './generated-night.ts';
import type { Herring } from './herrings.ts';
import { usualEndLimit } from './past.ts';
import { withTaken } from './plant-herrings.ts';
import { MINUTE, membersOf, type Pipeline } from './platform.ts';
import type { PhaseResult } from './scheduler.ts';
import { endOf, type Interval, participants, type Site, stepOf } from './site.ts';
import type { World } from './world.ts';

interface Placed {
  faults: readonly Fault[];
  effects: readonly Effect[];
  /** When everything can be seen, outside the holes. */
  allowed(holes: readonly Interval[]): Interval[];
}

/** Draws the faults and looks at what they do; null where that is not what their families stand for. */
export function placeFaults(
  world: World,
  site: Site,
  families: readonly Family[],
  herrings: readonly Herring[],
): Placed | null {
  if (families.length === 0) return nothingWrong(site);
  const faults: Fault[] = [];
  let left = site;
  for (const family of families) {
    const fault = DRAW_FAULT[family](left);
    if (!fault) return null;
    faults.push(fault);
    if (fault.dataset) left = withTaken(left, [fault.dataset, ...hidden(site, fault.dataset)]);
  }

  const simulate = (some: readonly Fault[]) => {
    const circumstances = noCircumstances();
    for (const one of [...herrings, ...some]) one.apply(circumstances);
    return world.phaseTonight(site.phase, circumstances);
  };
  const night = simulate(faults);
  if (!night) return null;
  const effects: Effect[] = [];
  for (const fault of faults) {
    let alone = faults.length === 1 ? night : undefined;
    const effect = fault.effect({
      night,
      get alone() {
        alone ??= simulate([fault]) ?? site.calm;
        return alone;
      },
    });
    if (!effect || effect.visible.length === 0) return null;
    effects.push(effect);
  }
  const befallen = effects.flatMap((effect) => [...effect.datasets]);
  if (new Set(befallen).size < befallen.length || befallen.some((dataset) => site.taken.has(dataset))) return null;
  return {
    faults,
    effects,
    allowed: (holes) =>
      without(
        effects.map((effect) => effect.visible).reduce((a, b) => intersect(a, b)),
        holes,
      ),
  };
}

/** Datasets of other steps: most of what is put there waits for this one, or the other way round, and is not seen. */
function hidden(site: Site, dataset: Pipeline): Pipeline[] {
  if (site.random.chance(0.15)) return [];
  return membersOf(site.essential)
    .map(({ pipeline }) => pipeline)
    .filter((pipeline) => stepOf(site, pipeline) !== stepOf(site, dataset));
}

function nothingWrong(site: Site): Placed | null {
  const began = beginOf(site, site.calm);
  const end = endOf(site, site.calm);
  if (began === null || end === null) return null;
  const limit = site.past.length > 10 ? usualEndLimit(site) : null;
  if (limit !== null && end > limit && !site.calm.runs.some((run) => run.status === 'FAILED')) return null;
  return {
    faults: [],
    effects: [],
    allowed: (holes) => without(forever(began + MINUTE), holes),
  };
}

/** When the essential's first run began; null when it never did. */
export function beginOf(site: Site, result: PhaseResult): number | null {
  const mine = new Set(participants(site));
  const begins = result.runs.filter((run) => mine.has(run.unit)).map((run) => run.epoch);
  return begins.length > 0 ? Math.min(...begins) : null;
}
