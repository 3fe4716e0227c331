import type { Logger } from '../observability/logger.ts';
import { createBullmqJobs } from './bullmq-jobs.ts';
import type { Jobs } from './jobs.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryJobs } from './memory-jobs.ts';

interface JobsOptions {
  /** Null for a clock that may be moved, and where there is no Redis. */
  redisUrl: string | null;
  prefix: string;
  ledger: Ledger;
  logger: Logger;
  now: () => number;
}

/** BullMQ when there is Redis, this process otherwise. */
export function openJobs({ redisUrl, ...options }: JobsOptions): Jobs {
  return redisUrl === null ? createMemoryJobs(options) : createBullmqJobs({ ...options, redisUrl });
}
