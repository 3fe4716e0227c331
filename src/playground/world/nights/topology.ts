import type { Random } from '../random.ts';
import { essentialNames, hostNames, shuffled, sliceNames } from './naming.ts';
import { drawPipeline, type PoolPlan } from './pipelines.ts';
import {
  type Essential,
  HOUR,
  type Member,
  MINUTE,
  type Pipeline,
  type Platform,
  SECOND,
  type Unit,
} from './platform.ts';

const ZONES = ['America/New_York', 'America/New_York', 'Europe/London', 'America/Chicago', 'Asia/Kolkata'] as const;

/** Draws a platform: which essentials there are, of what they are made, and how regular it all is. */
export function drawPlatform(random: Random): Platform {
  const pipelines: Pipeline[] = [];
  const pools: PoolPlan = random.pick(['one', 'by-kind']);
  const names = essentialNames(random.pick([2, 2, 3, 3, 3, 4, 5]), random);
  const largest = random.pick([4, 5, 6, 9]);
  const essentials = names.map((name, i) => drawEssential(name, i === 0 ? largest : 5, pipelines, pools, random));
  for (const pipeline of pipelines) addForeign(pipeline, random);

  const finalTogether = random.chance(0.5);
  const together = random.between(0.4, 1);
  for (const essential of essentials) essential.finalChance = finalTogether ? together : random.between(0, 1);
  const units = pipelines.flatMap((pipeline) => pipeline.units);
  markUsualInFinal(units, finalTogether, random);

  const monthEnd = random.between(1.15, 1.6);
  const platform: Platform = {
    zone: random.pick(ZONES),
    essentials,
    pipelines,
    units,
    hosts: hostNames(random.pick([6, 8, 12, 18, 26, 40]), random),
    noHost: random.chance(0.6) ? '' : null,
    prelimMinute: random.whole(64, 88) * 15,
    finalAfter: 0,
    finalTogether,
    monthEnd,
    nightSigma: random.between(0.02, 0.1),
    beginSpread: random.between(0.5, 9) * MINUTE,
    podStart: random.pick([
      [300, 2_500],
      [800, 9_000],
      [3_000, 45_000],
    ] as const),
    heartbeat: random.pick([1, 2, 3, 5]) * MINUTE,
    inPlace: random.pick([0, 0.4, 0.6, 1]),
    incidentRate: random.between(0.5, 3),
  };
  platform.finalAfter = Math.ceil((nominalLength(platform) * monthEnd * 1.25 + 1.5 * HOUR) / (15 * MINUTE)) * 15;
  return platform;
}

function drawEssential(name: string, most: number, known: Pipeline[], pools: PoolPlan, random: Random): Essential {
  const chosen = new Set<Pipeline>();
  const count = random.whole(2, most);
  const others = shuffled(known, random);
  while (chosen.size < count) {
    const shared = random.chance(0.25) ? others.pop() : undefined;
    if (shared) {
      chosen.add(shared);
      continue;
    }
    const pipeline = drawPipeline(new Set(known.map((one) => one.datasetId)), pools, random);
    known.push(pipeline);
    chosen.add(pipeline);
  }

  const essential: Essential = {
    name,
    steps: stepsOf(
      [...chosen].sort((a, b) => a.rank - b.rank),
      random,
    ),
    offset: random.between(0, 75) * MINUTE,
    finalChance: 0,
  };
  for (const [step, members] of essential.steps.entries()) {
    for (const member of members) {
      member.units = drawUnits(member.pipeline, random);
      for (const unit of member.units) unit.places.push({ essential, step });
    }
  }
  return essential;
}

function stepsOf(sorted: readonly Pipeline[], random: Random): Member[][] {
  const count = Math.min(sorted.length, random.whole(2, 6));
  const cuts = new Set(shuffled(sorted.map((_, i) => i).slice(1), random).slice(0, count - 1));
  const gaps = random.chance(0.3);
  let order = random.chance(0.9) ? 0 : random.whole(1, 3);
  const steps: Member[][] = [];
  for (const [i, pipeline] of sorted.entries()) {
    if (i > 0 && cuts.has(i)) order += gaps ? random.whole(1, 4) : 1;
    if (i === 0 || cuts.has(i)) steps.push([]);
    (steps.at(-1) as Member[]).push({ pipeline, order, units: [] });
  }
  return steps;
}

/** The units under which an essential lists a pipeline: new ones, those that others list, or some of both. */
function drawUnits(pipeline: Pipeline, random: Random): Unit[] {
  const known = pipeline.units;
  if (!pipeline.sliced) {
    if (known.length === 0) {
      const several = random.chance(0.5);
      for (const slice of several ? sliceNames(random.whole(2, 4), random) : [null]) addUnit(pipeline, slice, random);
    }
    return [...known];
  }
  const how = known.length === 0 ? 'new' : random.pick(['same', 'overlap', 'new'] as const);
  const old = how === 'new' ? [] : how === 'same' ? [...known] : known.filter(() => random.chance(0.5));
  const wanted = how === 'same' ? 0 : random.pick([1, 2, 2, 2, 3, 3, 4, 5, 6, 9, 12]);
  const taken = new Set(known.map((unit) => unit.slice));
  const names = sliceNames(12, random).filter((slice) => !taken.has(slice));
  const fresh = names.slice(0, Math.min(wanted, 12 - old.length)).map((slice) => addUnit(pipeline, slice, random));
  return old.length + fresh.length > 0 ? [...old, ...fresh] : [...known];
}

function addUnit(pipeline: Pipeline, slice: string | null, random: Random): Unit {
  const weight = random.chance(0.1) ? random.between(1.5, 2.5) : random.between(0.5, 1.3);
  const unit: Unit = { pipeline, slice, weight, places: [], usualInFinal: false };
  pipeline.units.push(unit);
  return unit;
}

/** Slices of essentials that nobody asks about here. */
function addForeign(pipeline: Pipeline, random: Random): void {
  if (!pipeline.sliced || !random.chance(0.2)) return;
  const taken = new Set(pipeline.units.map((unit) => unit.slice));
  const names = sliceNames(12, random).filter((slice) => !taken.has(slice));
  for (const slice of names.slice(0, random.whole(1, 2))) addUnit(pipeline, slice, random);
}

function markUsualInFinal(units: readonly Unit[], together: boolean, random: Random): void {
  const part = random.chance(0.4) ? 1 : random.between(0.35, 0.8);
  for (const unit of units) {
    if (unit.places.length === 0) continue;
    unit.usualInFinal = (together || unit.places.length === 1) && random.chance(part);
  }
}

/** About how long the longest essential takes on a usual night. */
function nominalLength(platform: Platform): number {
  const lengths = platform.essentials.map((essential) => {
    const steps = essential.steps.map((members) =>
      Math.max(...members.flatMap(({ pipeline, units }) => units.map((unit) => unit.weight * usualOf(pipeline)))),
    );
    return essential.offset + steps.reduce((sum, step) => sum + step, 0);
  });
  return Math.max(...lengths) + 30 * SECOND;
}

/** Usual length of a pipeline's longest chain of tasks, for weight 1. */
export function usualOf(pipeline: Pipeline): number {
  const ends: number[] = [];
  for (const task of pipeline.tasks) ends.push(task.usual + Math.max(0, ...task.after.map((i) => ends[i] as number)));
  return Math.max(...ends);
}
