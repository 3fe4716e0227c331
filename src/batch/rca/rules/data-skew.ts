import type { Rule } from '../rule.ts';
import { slowDatasets } from '../slowness/slow-datasets.ts';

/** One slice ran far longer than its own history while its siblings, whichever essential lists them, stayed inside theirs. */
export const dataSkew: Rule = {
  family: 'data_skew',
  judge: (scene) => ({
    candidates: slowDatasets(scene).candidates.filter(({ family }) => family === 'data_skew'),
    // What can be said of durations, `slow_run` says.
    ruledOut: null,
    gaps: [],
  }),
};
