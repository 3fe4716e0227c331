import { MINUTE } from '../dates.ts';
import type { PhasePlan } from '../plan-night.ts';
import type { PlannedTask } from '../planned.ts';
import { mainTask } from '../recipes.ts';
import {
  afterLateEnd,
  freeMembers,
  NO_KEYS,
  type Planted,
  partOf,
  runsOf,
  type Stage,
  whileAwaited,
} from '../stage.ts';
import { type Dataset, type Unit, unitKey } from '../world.ts';

/** Durations of a task of a unit on earlier nights, milliseconds, in order of size. */
function pastDurations(stage: Stage, dataset: Dataset, unit: Unit, position: number): number[] {
  return stage
    .past()
    .flatMap((night) => runsOf(night, dataset, unit))
    .map((run) => run.tasks[position])
    .filter((task) => task?.state === 'success')
    .map((task) => (task?.endedAt as number) - (task?.startedAt as number))
    .sort((a, b) => a - b);
}

/** From which age on nobody with the history before him would call a task usual; null with too little history. */
export function slowFrom(stage: Stage, dataset: Dataset, unit: Unit, position: number): number | null {
  const past = pastDurations(stage, dataset, unit, position);
  if (past.length < 5) return null;
  const median = past[Math.floor(past.length / 2)] as number;
  return Math.max(2.6 * median, median + 20 * MINUTE, 1.4 * (past.at(-1) as number));
}

export function taskOf(plan: PhasePlan, dataset: Dataset, unit: Unit, position: number): PlannedTask | null {
  return runsOf(plan, dataset, unit).find((run) => run.status === 'SUCCESS')?.tasks[position] ?? null;
}

/** One task takes a multiple of its usual time: of every unit of the dataset, or of one whose siblings are as always. */
export function plantSlow(stage: Stage, family: 'slow_run' | 'data_skew'): Planted | null {
  const { random, severity } = stage;
  const skew = family === 'data_skew';
  const members = freeMembers(stage).filter(
    ({ dataset }) =>
      (!skew || dataset.units.filter((unit) => stage.usual.doneAt.has(unitKey(dataset, unit))).length >= 3) &&
      (dataset.tasks[mainTask(dataset.tasks)]?.usual ?? 0) > 240,
  );
  if (members.length === 0) return null;
  const member = random.pick(members);
  const { dataset } = member;
  const position = mainTask(dataset.tasks);
  if (dataset.tasks[position]?.mapIndex !== -1) return null;
  const all = dataset.units.filter((unit) => stage.usual.doneAt.has(unitKey(dataset, unit)));
  const slow = skew ? [random.pick(partOf(stage, member))] : all;
  const own = skew ? slow : partOf(stage, member);
  const least = 2.8 + (30 * 60 * severity) / (dataset.tasks[position]?.usual as number);
  const factor = Math.max(random.between(3.2, 5.5) * severity, least);
  if (factor > 14) return null;
  return {
    units: new Map(slow.map((unit) => [unitKey(dataset, unit), { stretch: new Map([[position, factor]]) }])),
    datasets: [dataset],
    judge: (plan) => {
      let told = 0;
      for (const unit of slow) {
        const task = taskOf(plan, dataset, unit, position);
        const age = slowFrom(stage, dataset, unit, position);
        if (task === null || age === null || (task.endedAt as number) - (task.startedAt as number) < age) return null;
        told = Math.max(told, (task.startedAt as number) + age);
      }
      // A slice can be called the only slow one when its siblings are through.
      const siblings = all
        .filter((unit) => !slow.includes(unit))
        .map((unit) => taskOf(plan, dataset, unit, position)?.endedAt ?? Number.POSITIVE_INFINITY);
      told = Math.max(told, ...siblings);
      return {
        cause: {
          ...NO_KEYS,
          family,
          datasetId: dataset.id,
          slices: slow.map((unit) => unit.slice),
          taskIds: [dataset.tasks[position]?.id as string],
        },
        spells: [...whileAwaited(stage, plan, member, told, own), ...afterLateEnd(stage, plan)],
      };
    },
  };
}
