import type { Rule } from '../rule.ts';
import { examinedRuns, pastRunsOf } from '../slowness/long-runs.ts';
import { slowDatasets } from '../slowness/slow-datasets.ts';
import { untoldSlowness } from '../slowness/untold.ts';

/** A task ran far longer than its own history, in most slices of its dataset or in the only one. */
export const slowRun: Rule = {
  family: 'slow_run',
  pastRuns: (scene) =>
    examinedRuns(scene).flatMap(({ times }) => pastRunsOf(scene, times.key).map(({ address }) => address)),
  judge: (scene) => {
    const { candidates } = slowDatasets(scene);
    return {
      candidates: candidates.filter(({ family }) => family === 'slow_run'),
      ...untoldSlowness(scene),
    };
  },
};
