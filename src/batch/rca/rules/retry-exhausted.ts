import { failedUnits, failureCandidate, isRetried } from '../failed-units.ts';
import type { Rule } from '../rule.ts';

/** A task failed again on every retry that Airflow gave it. */
export const retryExhausted: Rule = {
  family: 'retry_exhausted',
  judge: (scene) => {
    const failed = failedUnits(scene);
    const told = failed.flatMap(({ task, ...unit }) => (task !== null && isRetried(task) ? [{ ...unit, task }] : []));
    return {
      candidates: told.map((unit) => failureCandidate(scene, unit)),
      ruledOut: failed.every(({ task }) => task !== null && !isRetried(task))
        ? 'No failed task had been retried by Airflow.'
        : null,
      gaps: [],
    };
  },
};
