import type { Family } from '../generated-night.ts';
import { badHost } from './bad-host.ts';
import { cancelled } from './cancelled.ts';
import { dataSkew } from './data-skew.ts';
import type { DrawFault } from './fault.ts';
import { lateStart } from './late-start.ts';
import { missedTrigger } from './missed-trigger.ts';
import { queueDelay } from './queue-delay.ts';
import { sharedDependency } from './shared-dependency.ts';
import { slowRun } from './slow-run.ts';
import { stuck } from './stuck.ts';
import { retryExhausted, taskFailure } from './task-failure.ts';

export const DRAW_FAULT: Readonly<Record<Family, DrawFault>> = {
  task_failure: taskFailure,
  retry_exhausted: retryExhausted,
  late_start: lateStart,
  queue_delay: queueDelay,
  slow_run: slowRun,
  data_skew: dataSkew,
  stuck,
  cancelled,
  missed_trigger: missedTrigger,
  shared_dependency: sharedDependency,
  bad_host: badHost,
};
