import type { Rule } from './rule.ts';
import { badHost } from './rules/bad-host.ts';
import { cancelled } from './rules/cancelled.ts';
import { dataSkew } from './rules/data-skew.ts';
import { lateStart } from './rules/late-start.ts';
import { missedTrigger } from './rules/missed-trigger.ts';
import { queueDelay } from './rules/queue-delay.ts';
import { retryExhausted } from './rules/retry-exhausted.ts';
import { sharedDependency } from './rules/shared-dependency.ts';
import { slowRun } from './rules/slow-run.ts';
import { stuck } from './rules/stuck.ts';
import { taskFailure } from './rules/task-failure.ts';

/** Every family of causes that is looked for; one line each. */
export const RULES: readonly Rule[] = [
  taskFailure,
  retryExhausted,
  stuck,
  cancelled,
  missedTrigger,
  sharedDependency,
  badHost,
  lateStart,
  queueDelay,
  slowRun,
  dataSkew,
];
