import type { Rule } from './rule.ts';
import { retryExhausted } from './rules/retry-exhausted.ts';
import { taskFailure } from './rules/task-failure.ts';

/** Every family of causes that is looked for; one line each. */
export const RULES: readonly Rule[] = [taskFailure, retryExhausted];
