import { createRandom } from './random.ts';
import { ESSENTIALS } from './topology/essentials.ts';
import { PIPELINES } from './topology/pipelines.ts';
import type { FinalHabit, Pipeline } from './topology/types.ts';

/** What runs on its own: one slice of a pipeline, or what an unsliced pipeline's run ids tell apart. */
export interface Unit {
  pipeline: Pipeline;
  slice: string | null;
  /** Whether a definition names this slice. */
  listed: boolean;
  /** Its usual duration, relative to the pipeline's. */
  weight: number;
  /** The essentials that it belongs to, with its place in each. Empty for foreign slices. */
  places: { essential: Essential; order: number }[];
}

export interface Member {
  pipeline: Pipeline;
  order: number;
  /** Whether the definition gives it slices. */
  sliced: boolean;
  units: Unit[];
}

export interface Essential {
  name: string;
  final: FinalHabit;
  /** In sequence order. */
  members: Member[];
}

export interface Network {
  essentials: Essential[];
  /** Every unit that an essential owns, and then those that none does. */
  units: Unit[];
}

/** Unit of a pipeline by slice; the empty string for an id without a slice part. */
export function unitKey(datasetId: string, slice: string | null): string {
  return `${datasetId}|${slice ?? ''}`;
}

/** Lays out who runs and who waits for whom. */
export function buildNetwork(): Network {
  const pipelines = new Map(PIPELINES.map((pipeline) => [pipeline.datasetId, pipeline]));
  const units = new Map<string, Unit>();
  const unitOf = (pipeline: Pipeline, slice: string | null, listed: boolean): Unit => {
    const key = unitKey(pipeline.datasetId, slice);
    const weight = () => createRandom('weight', key).between(0.75, 1.25);
    const unit = units.get(key) ?? { pipeline, slice, listed, weight: weight(), places: [] };
    units.set(key, unit);
    return unit;
  };

  const essentials = ESSENTIALS.map((topology): Essential => {
    const essential: Essential = { name: topology.name, final: topology.final, members: [] };
    for (const listing of topology.datasets) {
      const pipeline = pipelines.get(listing.datasetId);
      if (!pipeline) throw new Error(`No pipeline runs ${listing.datasetId}.`);
      const slices = [...new Set(Object.values(listing.sliceGroups ?? {}).flat())];
      const order = listing.sequenceOrder ?? 0;
      const own = slices.length > 0 ? slices : pipeline.ownUnits;
      const member: Member = {
        pipeline,
        order,
        sliced: slices.length > 0,
        units: own.map((slice) => unitOf(pipeline, slice, slices.length > 0)),
      };
      for (const unit of member.units) unit.places.push({ essential, order });
      essential.members.push(member);
    }
    essential.members.sort((a, b) => a.order - b.order);
    return essential;
  });

  for (const pipeline of PIPELINES) {
    for (const slice of pipeline.foreignSlices) unitOf(pipeline, slice, false);
  }
  return { essentials, units: [...units.values()] };
}
