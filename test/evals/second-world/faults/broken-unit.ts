import { MINUTE } from '../dates.ts';
import { needsOf } from '../needs.ts';
import { gateOf } from '../plan-night.ts';
import type { Deviation } from '../planned.ts';
import { mainTask } from '../recipes.ts';
import { freeMembers, NO_KEYS, type Planted, partOf, runsOf, type Stage } from '../stage.ts';
import { type Dataset, type Unit, unitKey } from '../world.ts';

function pickUnit(stage: Stage): { dataset: Dataset; unit: Unit } | null {
  const members = freeMembers(stage);
  if (members.length === 0) return null;
  const member = stage.random.pick(members);
  return { dataset: member.dataset, unit: stage.random.pick(partOf(stage, member)) };
}

const oneUnit = (dataset: Dataset, unit: Unit, deviation: Deviation) => ({
  units: new Map([[unitKey(dataset, unit), deviation]]),
  datasets: [dataset],
});

/** A task throws; Airflow had been told to try it so often. */
export function plantFailure(stage: Stage, family: 'task_failure' | 'retry_exhausted'): Planted | null {
  const place = pickUnit(stage);
  if (!place) return null;
  const { dataset, unit } = place;
  const { random } = stage;
  const task = random.chance(0.5) ? mainTask(dataset.tasks) : random.whole(0, dataset.tasks.length - 1);
  const tries = family === 'task_failure' ? 1 : random.whole(2, 4);
  return {
    ...oneUnit(dataset, unit, { fail: { task, tries, share: random.between(0.05, 1.1) } }),
    judge: (plan) => {
      const run = runsOf(plan, dataset, unit).find((each) => each.status === 'FAILED');
      const failed = run?.tasks.find((each) => each.state === 'failed');
      if (!run || !failed) return null;
      return {
        cause: { ...NO_KEYS, family, datasetId: dataset.id, slices: [unit.slice], taskIds: [failed.recipe.id] },
        spells: [[run.updatedAt + MINUTE, Number.POSITIVE_INFINITY]],
      };
    },
  };
}

/** A process dies without a word: the heartbeat stops, or Airflow closes the run and the workflow table never hears of it. */
export function plantStuck(stage: Stage): Planted | null {
  const place = pickUnit(stage);
  if (!place) return null;
  const { dataset, unit } = place;
  const { random } = stage;
  const airflow = random.pick(['running', 'running', 'success', 'failed'] as const);
  const hang = { task: mainTask(dataset.tasks), share: random.between(0.1, 0.95), airflow };
  return {
    ...oneUnit(dataset, unit, { hang }),
    judge: (plan) => {
      const run = runsOf(plan, dataset, unit).find((each) => each.status === 'RUNNING');
      if (!run) return null;
      const told = airflow === 'running' ? run.updatedAt + 45 * MINUTE : (run.airflow?.endedAt as number) + 20 * MINUTE;
      return {
        cause: { ...NO_KEYS, family: 'stuck', datasetId: dataset.id, slices: [unit.slice] },
        spells: [[told, Number.POSITIVE_INFINITY]],
      };
    },
  };
}

/** Somebody cancels every attempt of a unit. */
export function plantCancelled(stage: Stage): Planted | null {
  const place = pickUnit(stage);
  if (!place) return null;
  const { dataset, unit } = place;
  return {
    ...oneUnit(dataset, unit, { cancelled: stage.random.pick([1, 1, 2, 3]) }),
    judge: (plan) => {
      const runs = runsOf(plan, dataset, unit);
      if (runs.length === 0) return null;
      return {
        cause: { ...NO_KEYS, family: 'cancelled', datasetId: dataset.id, slices: [unit.slice] },
        spells: [[Math.max(...runs.map((run) => run.updatedAt)) + 2 * MINUTE, Number.POSITIVE_INFINITY]],
      };
    },
  };
}

/** One slice is never started although all its siblings are. */
export function plantMissedTrigger(stage: Stage): Planted | null {
  const members = freeMembers(stage).filter((member) => member.dataset.sliced && partOf(stage, member).length >= 3);
  if (members.length === 0) return null;
  const member = stage.random.pick(members);
  const { dataset } = member;
  const units = partOf(stage, member);
  const unit = stage.random.pick(units);
  return {
    ...oneUnit(dataset, unit, { absent: true }),
    judge: (plan) => {
      const starts = units.filter((each) => each !== unit).map((each) => runsOf(plan, dataset, each)[0]?.createdAt);
      // The slice itself must not be waiting for another essential, nor may any sibling be missing.
      const due = runsOf(stage.usual, dataset, unit)[0]?.createdAt;
      if (gateOf(needsOf(stage.world, dataset, unit), plan) === null) return null;
      if (due === undefined || starts.some((start) => start === undefined)) return null;
      const told = Math.max(due, ...(starts as number[])) + 75 * MINUTE;
      return {
        cause: { ...NO_KEYS, family: 'missed_trigger', datasetId: dataset.id, slices: [unit.slice] },
        spells: [[told, Number.POSITIVE_INFINITY]],
      };
    },
  };
}
