import type { TrueCause } from '../../../src/playground/world/nights/generated-night.ts';
import type { Random } from '../../../src/playground/world/random.ts';
import { MINUTE } from './dates.ts';
import { type PhasePlan, spanOf } from './plan-night.ts';
import type { Deviation, Phase, PlannedRun, Tonight } from './planned.ts';
import { type Dataset, type Essential, type Member, type Unit, unitKey, unitsOf, type World } from './world.ts';

/** Where a fault is put. */
export interface Stage {
  world: World;
  /** What is asked about. */
  essential: Essential;
  phase: Phase;
  /** Tonight as it would have been. */
  usual: PhasePlan;
  /** The same phase on earlier dates. */
  past(): readonly PhasePlan[];
  random: Random;
  /** Grows with every attempt to make a fault that is clear enough. */
  severity: number;
  /** Datasets that another fault has. */
  taken: ReadonlySet<Dataset>;
}

/** A clock at which a fault can be told: from, to. */
export type Spell = readonly [number, number];

export interface Planted {
  units: ReadonlyMap<string, Deviation>;
  outage?: Tonight['outage'];
  avoid?: Tonight['avoid'];
  datasets: readonly Dataset[];
  /** Reads off the finished plan what is true, and when it shows; null where it turned out not to be clear. */
  judge(plan: PhasePlan): { cause: TrueCause; spells: readonly Spell[] } | null;
}

export const NO_KEYS = { datasetId: null, slices: [], taskIds: [], operator: null, host: null, window: null } as const;

/** Members with units in this phase that no other fault has. */
export function freeMembers(stage: Stage): Member[] {
  return stage.essential.members.filter(
    (member) => !stage.taken.has(member.dataset) && partOf(stage, member).length > 0,
  );
}

/** The units of a member that run in this phase. */
export function partOf(stage: Stage, member: Member): Unit[] {
  return unitsOf(member).filter((unit) => stage.usual.doneAt.has(unitKey(member.dataset, unit)));
}

export function runsOf(plan: PhasePlan, dataset: Dataset, unit?: Unit): PlannedRun[] {
  return plan.runs.filter((run) => run.dataset === dataset && (unit === undefined || run.unit === unit));
}

/** Whether a later step of the essential waits for this member. */
function isAwaited(stage: Stage, member: Member): boolean {
  return stage.essential.members.some((other) => other.order > member.order && partOf(stage, other).length > 0);
}

/** When the last of these units succeeded; null while one has not. */
export function doneBy(plan: PhasePlan, dataset: Dataset, units: readonly Unit[]): number | null {
  const ends = units.map((unit) => plan.doneAt.get(unitKey(dataset, unit)) ?? null);
  return ends.every((end) => end !== null) ? Math.max(...(ends as number[])) : null;
}

/**
 * The time from `told` on in which later steps wait for these units of a member, and for nothing that would have been unfinished
 * on a usual night: then what keeps them matters beyond doubt.
 */
export function whileAwaited(
  stage: Stage,
  plan: PhasePlan,
  member: Member,
  told: number,
  units = partOf(stage, member),
): Spell[] {
  const done = doneBy(plan, member.dataset, units);
  if (done === null || !isAwaited(stage, member)) return [];
  const others = stage.essential.members.filter((other) => other !== member && other.order <= member.order);
  const usually = others.map((other) => doneBy(stage.usual, other.dataset, partOf(stage, other)) ?? 0);
  const from = Math.max(told, ...usually);
  return done - from > 3 * MINUTE && done - Math.max(0, ...usually) > 10 * MINUTE ? [[from, done - MINUTE]] : [];
}

/** The time after an end that lies beyond everything that the history shows; none where it does not. */
export function afterLateEnd(stage: Stage, plan: PhasePlan): Spell[] {
  const { endedAt } = spanOf(plan, stage.essential);
  if (endedAt === null || stage.world.fridayShift > 0) return [];
  const earlier = stage
    .past()
    .map((night) => ({ night, end: spanOf(night, stage.essential).endedAt }))
    .filter(({ end }) => end !== null);
  if (earlier.length < 5) return [];
  const lengths = earlier.map(({ night, end }) => (end as number) - night.beginsAt);
  const longest = Math.max(...lengths);
  const margin = Math.max(25 * MINUTE, 0.3 * (longest - Math.min(...lengths)));
  return endedAt - plan.beginsAt > longest + margin ? [[endedAt + 3 * MINUTE, Number.POSITIVE_INFINITY]] : [];
}

export function iso(instant: number): string {
  return new Date(Math.floor(instant)).toISOString();
}
