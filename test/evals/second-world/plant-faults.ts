import type { Family, TrueCause } from '../../../src/playground/world/nights/generated-night.ts';
import { intersect } from './clock.ts';
import { PLANT } from './faults/plant.ts';
import type { PhasePlan } from './plan-night.ts';
import type { Tonight } from './planned.ts';
import type { Planted, Spell, Stage } from './stage.ts';
import type { Dataset } from './world.ts';

export interface PlantedFaults {
  tonight: Tonight;
  /** `spells` is null where no fault restricts the clock. */
  judge(plan: PhasePlan): { causes: TrueCause[]; spells: readonly Spell[] | null } | null;
}

/** Plants every fault at a dataset of its own, on top of what else goes on tonight. */
export function plantFaults(
  stage: Omit<Stage, 'taken'>,
  families: readonly Family[],
  base: Tonight,
): PlantedFaults | null {
  const taken = new Set<Dataset>();
  const all: Planted[] = [];
  let tonight = base;
  for (const family of families) {
    const planted = PLANT[family]({ ...stage, taken });
    if (planted === null || planted.datasets.some((dataset) => taken.has(dataset))) return null;
    for (const dataset of planted.datasets) taken.add(dataset);
    const touched = [...planted.units.keys()].some((key) => base.units.has(key));
    if (touched) return null;
    tonight = {
      units: new Map([...tonight.units, ...planted.units]),
      outage: planted.outage ?? tonight.outage,
      avoid: planted.avoid ?? tonight.avoid,
    };
    all.push(planted);
  }
  return { tonight, judge: (plan) => judgeAll(all, plan) };
}

function judgeAll(
  all: readonly Planted[],
  plan: PhasePlan,
): { causes: TrueCause[]; spells: readonly Spell[] | null } | null {
  const causes: TrueCause[] = [];
  let spells: readonly Spell[] | null = null;
  for (const planted of all) {
    const judged = planted.judge(plan);
    if (judged === null || judged.spells.length === 0) return null;
    causes.push(judged.cause);
    spells = spells === null ? judged.spells : intersect(spells, judged.spells);
  }
  return spells?.length === 0 ? null : { causes, spells };
}
