import type { Family } from '../../../../src/playground/world/nights/generated-night.ts';
import type { Planted, Stage } from '../stage.ts';
import { plantCancelled, plantFailure, plantMissedTrigger, plantStuck } from './broken-unit.ts';
import { plantBadHost, plantOutage } from './common-cause.ts';
import { plantLateStart, plantQueueDelay } from './late-dataset.ts';
import { plantSlow } from './slow-unit.ts';

/** How each family comes about; null where tonight has no place for it. */
export const PLANT: Readonly<Record<Family, (stage: Stage) => Planted | null>> = {
  task_failure: (stage) => plantFailure(stage, 'task_failure'),
  retry_exhausted: (stage) => plantFailure(stage, 'retry_exhausted'),
  late_start: plantLateStart,
  queue_delay: plantQueueDelay,
  slow_run: (stage) => plantSlow(stage, 'slow_run'),
  data_skew: (stage) => plantSlow(stage, 'data_skew'),
  stuck: plantStuck,
  cancelled: plantCancelled,
  missed_trigger: plantMissedTrigger,
  shared_dependency: plantOutage,
  bad_host: plantBadHost,
};
