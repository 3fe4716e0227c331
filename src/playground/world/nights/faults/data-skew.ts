import { scriptOf } from '../circumstances.ts';
import { workOf } from '../incidents.ts';
import { matters } from '../matters.ts';
import { slowFrom } from '../past.ts';
import { HOUR, MINUTE, type Unit } from '../platform.ts';
import { freeUnits, participants, runsOf } from '../site.ts';
import { usualOf } from '../topology.ts';
import { causeOf, type DrawFault } from './fault.ts';

/** One slice has a multiple of its data; its siblings have what they always have. */
export const dataSkew: DrawFault = (site) => {
  const { random } = site;
  const siblingsOf = (unit: Unit) => participants(site).filter((one) => one !== unit && one.pipeline === unit.pipeline);
  const units = freeUnits(site).filter((unit) => siblingsOf(unit).length > 0);
  if (units.length === 0) return null;
  const unit = random.pick(units);
  const longest = Math.max(...workOf(unit).map((task) => task.usual)) * unit.weight * site.pace;
  const factor = Math.max(random.between(2.8, 7), 1 + (random.between(18, 80) * MINUTE) / longest);
  if (usualOf(unit.pipeline) * unit.weight * site.pace * factor > 7 * HOUR) return null;
  return {
    dataset: unit.pipeline,
    apply(circumstances) {
      scriptOf(circumstances, unit).slow = { tasks: null, factor };
    },
    effect(outcome) {
      const tasks = runsOf(outcome.night, unit)[0]?.tasks ?? [];
      const clear = new Map<string, number>();
      for (const task of tasks) {
        const from = task.state === 'success' ? slowFrom(site, unit, task.spec) : null;
        if (from === null) continue;
        const clearAt = (task.startedAt as number) + from;
        if (clearAt <= (task.endedAt as number)) clear.set(task.spec.id, clearAt);
      }
      const siblings = siblingsOf(unit).map((one) => outcome.night.doneAt.get(one) ?? Number.POSITIVE_INFINITY);
      if (clear.size === 0) return null;
      return {
        datasets: new Set([unit.pipeline]),
        visible: matters(site, outcome, [unit], Math.max(...siblings, Math.min(...clear.values())) + MINUTE),
        causeAt: (now) =>
          causeOf('data_skew', {
            datasetId: unit.pipeline.datasetId,
            slices: [unit.slice],
            taskIds: [...clear].filter(([, clearAt]) => clearAt <= now).map(([id]) => id),
          }),
      };
    },
  };
};
