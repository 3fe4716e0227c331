import type { Instant } from '../../instant.ts';
import type { Scene } from '../../rca/scene.ts';
import type { UnitState } from '../../state.ts';
import { keyOfState, timesByState } from '../unit-keys.ts';
import { stillToCome } from './still-to-come.ts';

/** Where a unit stands that is not complete. */
export type Standing =
  /** In its first attempt since then; what it has yet to go through may include a failure and its repair. */
  | { at: 'running'; since: Instant }
  /** In a later attempt, which began then. */
  | { at: 'retrying'; since: Instant }
  /** Everything below it is complete since then. */
  | { at: 'due'; since: Instant }
  /** Something below it is not complete, or nothing of the phase has begun. */
  | { at: 'waiting' };

export interface PendingUnit {
  /** As in timelines. */
  key: string;
  datasetId: string;
  sequenceOrder: number;
  standing: Standing;
}

/** What of a phase is done and what is left. */
export interface RemainingCourse {
  /** When its first unit began; null when nothing has. */
  beganAt: Instant | null;
  finished: readonly { key: string; datasetId: string; sequenceOrder: number; runS: number }[];
  /** In sequence order, at least one. */
  pending: readonly PendingUnit[];
  /** When the last of what has finished below a step did; null where nothing below it has. */
  doneBelow(sequenceOrder: number): Instant | null;
}

/** Or why there is none: nothing is left, what is left does not end by itself, or nobody knows what is left. */
export function remainingCourse(scene: Scene): RemainingCourse | 'complete' | 'stopped' | 'too_little_history' {
  const { datasets } = scene.state;
  if (datasets.every((dataset) => dataset.units.every(({ status }) => status === 'SUCCESS'))) return 'complete';
  if (datasets.some((dataset) => dataset.units.some(standsStill))) return 'stopped';
  const timesOf = timesByState(scene.tonight);
  const all = datasets.flatMap((dataset) =>
    dataset.units.map((unit) => {
      const times = timesOf(unit);
      return {
        dataset,
        unit,
        startedAt: times?.startedAt ?? null,
        runS: times?.runS ?? null,
        key: keyOfState(unit, times),
      };
    }),
  );
  const starts = all.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const beganAt = starts.length === 0 ? null : Math.min(...starts);
  const below = (order: number) => all.filter(({ dataset }) => dataset.sequenceOrder < order);
  const doneBelow = (order: number) =>
    below(order).reduce<Instant | null>((done, { unit }) => latest(done, unit.decisive?.endedAt ?? null), beganAt);
  const dueAt = new Map(
    [...new Set(datasets.map(({ sequenceOrder }) => sequenceOrder))].map((order) => [
      order,
      below(order).every(({ unit }) => unit.status === 'SUCCESS') ? doneBelow(order) : null,
    ]),
  );

  const finished: RemainingCourse['finished'][number][] = [];
  const pending: PendingUnit[] = [];
  for (const { dataset, unit, key, runS } of all) {
    const { datasetId, sequenceOrder } = dataset;
    if (unit.status === 'SUCCESS') {
      if (key !== null && runS !== null) finished.push({ key, datasetId, sequenceOrder, runS });
    } else if (key !== null) {
      pending.push({ key, datasetId, sequenceOrder, standing: standingOf(unit, dueAt.get(sequenceOrder) ?? null) });
    }
  }
  for (const { key, datasetId, sequenceOrder } of stillToCome(scene)) {
    const since = dueAt.get(sequenceOrder) ?? null;
    pending.push({
      key,
      datasetId,
      sequenceOrder,
      standing: since === null ? { at: 'waiting' } : { at: 'due', since },
    });
  }
  pending.sort((a, b) => a.sequenceOrder - b.sequenceOrder);
  const expected = new Set(pending.map(({ datasetId }) => datasetId));
  if (all.some(({ key, unit }) => key === null && !expected.has(unit.datasetId))) return 'too_little_history';
  return { beganAt, finished, pending, doneBelow };
}

function standsStill(unit: UnitState): boolean {
  return unit.stuck || unit.status === 'FAILED' || unit.status === 'CANCELLED' || unit.status === 'UNKNOWN';
}

function standingOf(unit: UnitState, dueSince: Instant | null): Standing {
  if (unit.decisive !== null) {
    return { at: unit.attemptCount > 1 ? 'retrying' : 'running', since: unit.decisive.startedAt };
  }
  return dueSince === null ? { at: 'waiting' } : { at: 'due', since: dueSince };
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
