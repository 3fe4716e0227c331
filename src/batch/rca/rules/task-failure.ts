import { failedUnits, failureCandidate, isRetried, untoldGap } from '../failed-units.ts';
import type { Rule } from '../rule.ts';

/** A task failed on its only try and took its run with it. Failures that cannot be explained are told here for both families. */
export const taskFailure: Rule = {
  family: 'task_failure',
  judge: (scene) => {
    const failed = failedUnits(scene);
    const told = failed.flatMap(({ task, ...unit }) => (task === null || isRetried(task) ? [] : [{ ...unit, task }]));
    const untold = failed.filter(({ task }) => task === null);
    return {
      candidates: told.map((unit) => failureCandidate(scene, unit)),
      ruledOut: failed.length === 0 ? 'No run that counts has failed and stayed so.' : null,
      gaps: untold.length === 0 ? [] : [untoldGap(scene, untold)],
      unexplained: untold.length > 0,
    };
  },
};
