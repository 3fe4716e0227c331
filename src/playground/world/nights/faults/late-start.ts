import { matters } from '../matters.ts';
import { pastStartDelays, quantile, startDelay } from '../past.ts';
import { HOUR, MINUTE, SECOND } from '../platform.ts';
import { freePipelines, participants } from '../site.ts';
import { causeOf, type DrawFault } from './fault.ts';

/** The scheduler fires hours late for one dataset. */
export const lateStart: DrawFault = (site) => {
  const { random } = site;
  const pipelines = freePipelines(site);
  if (pipelines.length === 0) return null;
  const pipeline = random.pick(pipelines);
  const late = random.between(1.1, random.pick([2, 3, 5])) * HOUR;
  return {
    dataset: pipeline,
    apply(circumstances) {
      circumstances.late.set(pipeline, late);
    },
    effect(outcome) {
      const delays = pastStartDelays(site, pipeline);
      const delay = startDelay(site, pipeline, { midnight: site.midnight, result: outcome.night });
      if (delays.length < 8 || delay === null) return null;
      const usual = quantile(delays, 0.5);
      const farthest = Math.max(...delays);
      if (delay < usual + HOUR || delay < farthest + Math.max(30 * MINUTE, farthest - usual)) return null;
      const units = participants(site).filter((unit) => unit.pipeline === pipeline);
      const runs = outcome.night.runs.filter((run) => units.includes(run.unit));
      const first = Math.min(...runs.map((run) => run.epoch));
      return {
        datasets: new Set([pipeline]),
        visible: matters(site, outcome, units, first + random.between(5, 90) * SECOND),
        causeAt: () => causeOf('late_start', { datasetId: pipeline.datasetId }),
      };
    },
  };
};
