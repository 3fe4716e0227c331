import type { Rule } from './rule.ts';
import { cancelled } from './rules/cancelled.ts';
import { missedTrigger } from './rules/missed-trigger.ts';
import { retryExhausted } from './rules/retry-exhausted.ts';
import { sharedDependency } from './rules/shared-dependency.ts';
import { stuck } from './rules/stuck.ts';
import { taskFailure } from './rules/task-failure.ts';

/** Every family of causes that is looked for; one line each. */
export const RULES: readonly Rule[] = [taskFailure, retryExhausted, stuck, cancelled, missedTrigger, sharedDependency];
