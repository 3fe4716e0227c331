import { type Essential, type Network, unitKey } from '../network.ts';
import type { Pass } from '../run.ts';
import type { Simulation } from '../simulation.ts';
import { type Counting, countingUnits } from './counting.ts';
import { attemptsAt, decisiveAt, statusAt, stuckAt } from './glimpse.ts';
import { type NightView, viewNight } from './night-view.ts';
import { datasetVerdict, type EssentialTruthStatus, essentialVerdict, type UnitTruthStatus } from './verdict.ts';

export interface UnitTruth {
  /** Null: an id without a slice part, or the placeholder of a dataset without slices. */
  slice: string | null;
  listed: boolean;
  status: UnitTruthStatus;
  attempts: number;
  /** Of the attempt that decides. */
  dagRunId: string | null;
  stuck: boolean;
}

export interface DatasetTruth {
  datasetId: string;
  sequenceOrder: number;
  status: UnitTruthStatus;
  units: UnitTruth[];
}

/** What is true of one essential in one pass of one business date; only units that count. */
export interface PhaseTruth {
  essential: string;
  phase: Pass;
  businessDate: string;
  status: EssentialTruthStatus;
  /** Rank from 1 of the first step that is not done, out of `of`; all done: the last. */
  step: number;
  of: number;
  datasets: DatasetTruth[];
}

/**
 * What somebody who sees everything that there was to see at `at` would have to say, for every essential, pass and business
 * date begun by `last`. Computed from the events of the simulation, never from the rows.
 */
export function truthAt(simulation: Simulation, at: number, last: string): PhaseTruth[] {
  const views = simulation.nights.filter((night) => night.businessDate <= last).map((night) => viewNight(night, at));
  return views.flatMap((view) =>
    (['PRELIM', 'FINAL'] as const).flatMap((pass) => passTruth(simulation.network, pass, view, views, at)),
  );
}

function passTruth(
  network: Network,
  pass: Pass,
  view: NightView,
  views: readonly NightView[],
  at: number,
): PhaseTruth[] {
  const counting = new Map(network.essentials.map((e) => [e, countingUnits(e, pass, view, views)]));
  const ran = new Map(network.essentials.map((e) => [e, statusesOfRuns(e, counting.get(e) ?? [], pass, view, at)]));

  /** Whether something below that step of that essential is not done. */
  const held = (essential: Essential, order: number): boolean =>
    (counting.get(essential) ?? []).some(
      ({ member, slices }) =>
        member.order < order &&
        slices.some(
          (slice) => ran.get(essential)?.get(unitKey(member.pipeline.datasetId, slice))?.status !== 'SUCCESS',
        ),
    );

  return network.essentials.map((essential): PhaseTruth => {
    const datasets = (counting.get(essential) ?? []).map(({ member, slices }): DatasetTruth => {
      const units = slices.map((slice): UnitTruth => {
        const key = unitKey(member.pipeline.datasetId, slice);
        const known = ran.get(essential)?.get(key);
        if (known) return known;
        const shared = member.sliced ? (member.units.find((unit) => unit.slice === slice)?.places ?? []) : [];
        const waits = held(essential, member.order) || shared.some((place) => held(place.essential, place.order));
        const status = waits ? 'WAITING' : 'NOT_STARTED';
        return { slice, listed: member.sliced, status, attempts: 0, dagRunId: null, stuck: false };
      });
      return {
        datasetId: member.pipeline.datasetId,
        sequenceOrder: member.order,
        status: datasetVerdict(units.map((unit) => unit.status)),
        units,
      };
    });
    const status = essentialVerdict(datasets.flatMap((dataset) => dataset.units.map((unit) => unit.status)));
    return {
      essential: essential.name,
      phase: pass,
      businessDate: view.businessDate,
      status,
      ...steps(datasets),
      datasets,
    };
  });
}

/** Units that ran, by key: their state follows from their own attempts alone. */
function statusesOfRuns(
  essential: Essential,
  counting: readonly Counting[],
  pass: Pass,
  view: NightView,
  at: number,
): Map<string, UnitTruth> {
  const statuses = new Map<string, UnitTruth>();
  const attempts = view.attempts(essential, pass);
  for (const { member, slices } of counting) {
    for (const slice of slices) {
      const key = unitKey(member.pipeline.datasetId, slice);
      const runs = attempts.get(key) ?? [];
      const decisive = decisiveAt(runs, at);
      if (!decisive) continue;
      statuses.set(key, {
        slice,
        listed: member.sliced,
        status: statusAt(decisive, at),
        attempts: attemptsAt(runs, at),
        dagRunId: decisive.runId,
        stuck: stuckAt(decisive, at),
      });
    }
  }
  return statuses;
}

function steps(datasets: readonly DatasetTruth[]): { step: number; of: number } {
  const orders = [...new Set(datasets.map((dataset) => dataset.sequenceOrder))].sort((a, b) => a - b);
  const open = orders.findIndex((order) => datasets.some((d) => d.sequenceOrder === order && d.status !== 'SUCCESS'));
  return { step: open === -1 ? orders.length : open + 1, of: orders.length };
}
