import type { Family, TrueCause } from '../../../src/playground/world/nights/generated-night.ts';
import { intersect } from './clock.ts';
import { MINUTE } from './dates.ts';
import { PLANT } from './faults/plant.ts';
import type { PhasePlan } from './plan-night.ts';
import type { PlannedTask, Tonight } from './planned.ts';
import type { Planted, Spell, Stage } from './stage.ts';
import type { Dataset } from './world.ts';

/** Families that are causes only when they matter. */
const SLOWING: readonly Family[] = ['late_start', 'queue_delay', 'slow_run', 'data_skew'];

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
    // Which of two moved the end cannot be told: a late, slow or queued one of a pair must be seen while it is waited for.
    const clear =
      all.length > 1 && SLOWING.includes(judged.cause.family)
        ? judged.spells.filter(([, to]) => Number.isFinite(to))
        : judged.spells;
    spells = spells === null ? clear : intersect(spells, clear);
  }
  return spells?.length === 0 || !isUnmistakable(plan, causes) ? null : { causes, spells };
}

/** Whether no two failures look like one common cause that is not there: the same host, or one operator within half an hour. */
function isUnmistakable(plan: PhasePlan, causes: readonly TrueCause[]): boolean {
  const failed = plan.runs.flatMap((run) => run.tasks.filter((task) => task.state === 'failed'));
  const common = (task: PlannedTask) =>
    causes.some(
      (cause) => (cause.host !== null && cause.host === task.host) || cause.operator === task.recipe.operator,
    );
  const apart = failed.filter((task) => !common(task));
  return apart.every(
    (task, index) =>
      failed.every((other) => other === task || other.host !== task.host) &&
      apart
        .slice(0, index)
        .every(
          (other) =>
            other.recipe.operator !== task.recipe.operator ||
            Math.abs((other.endedAt as number) - (task.endedAt as number)) > 30 * MINUTE,
        ),
  );
}
