import { scriptOf } from '../circumstances.ts';
import { workOf } from '../incidents.ts';
import { matters } from '../matters.ts';
import { slowFrom } from '../past.ts';
import { HOUR, MINUTE, type Unit } from '../platform.ts';
import { freePipelines, participants, runsOf } from '../site.ts';
import { causeOf, type DrawFault } from './fault.ts';

/** Code or data make one task slow, in all slices. */
export const slowRun: DrawFault = (site) => {
  const { random } = site;
  const pipelines = freePipelines(site);
  if (pipelines.length === 0) return null;
  const pipeline = random.pick(pipelines);
  const units = participants(site).filter((unit) => unit.pipeline === pipeline);
  const tasks = workOf(units[0] as Unit);
  const task = random.chance(0.7) ? tasks.reduce((a, b) => (a.usual < b.usual ? b : a)) : random.pick(tasks);
  const usual = units.map((unit) => task.usual * unit.weight * site.pace);
  const factor = Math.max(random.between(2.8, 6), 1 + (random.between(18, 70) * MINUTE) / Math.min(...usual));
  if (Math.max(...usual) * factor > 7 * HOUR) return null;
  const factors = new Map(pipeline.units.map((unit) => [unit, factor * random.between(1, 1.25)]));
  return {
    dataset: pipeline,
    apply(circumstances) {
      for (const [unit, each] of factors) scriptOf(circumstances, unit).slow = { tasks: [task.id], factor: each };
    },
    effect(outcome) {
      const clear = new Map<Unit, number>();
      for (const unit of units) {
        const from = slowFrom(site, unit, task);
        const slow = runsOf(outcome.night, unit).flatMap((run) => run.tasks.filter((one) => one.spec === task))[0];
        if (from === null || slow?.state !== 'success') return null;
        const clearAt = (slow.startedAt as number) + from;
        if (clearAt > (slow.endedAt as number)) return null;
        clear.set(unit, clearAt);
      }
      return {
        datasets: new Set([pipeline]),
        visible: matters(site, outcome, units, Math.max(...clear.values()) + MINUTE),
        causeAt: () =>
          causeOf('slow_run', {
            datasetId: pipeline.datasetId,
            slices: units.map((unit) => unit.slice),
            taskIds: [task.id],
          }),
      };
    },
  };
};
