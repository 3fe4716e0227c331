import { type ConnectionOptions, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { UpstreamError } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import { doWhatIsDue, RETRY_MS } from './do-what-is-due.ts';
import type { Job, Jobs } from './jobs.ts';
import type { Ledger } from './ledger.ts';
import { slotsOf } from './slots.ts';

interface BullmqJobsOptions {
  redisUrl: string;
  /** First part of every key. */
  prefix: string;
  ledger: Ledger;
  logger: Logger;
  now: () => number;
}

const QUEUE = 'jobs';
const ATTEMPTS = 3;

/** Schedules in Redis, shared by all replicas: they survive every process, and one replica gets each. */
export function createBullmqJobs({ redisUrl, prefix, ledger, logger, now }: BullmqJobsOptions): Jobs {
  const connections: Redis[] = [];
  const connect = () => {
    // A worker waits for Redis for ever, as BullMQ asks of its connections.
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, protocol: 2, disableClientInfo: true });
    redis.on('error', () => {});
    connections.push(redis);
    return redis as unknown as ConnectionOptions;
  };
  const options = { prefix: `${prefix}:bull`, skipVersionCheck: true };
  const queue = new Queue(QUEUE, { ...options, connection: connect() });
  queue.on('error', () => {});
  let worker: Worker | null = null;

  return {
    describe: () => 'redis',
    async put(job) {
      slotsOf(job.timetable);
      const { pattern, zone } = job.timetable;
      await reached(
        queue.upsertJobScheduler(
          job.id,
          { pattern, tz: zone },
          {
            name: job.handler,
            data: job,
            opts: {
              attempts: ATTEMPTS,
              backoff: { type: 'fixed', delay: RETRY_MS },
              removeOnComplete: true,
              removeOnFail: { count: 100 },
            },
          },
        ),
      );
    },
    async remove(id) {
      await reached(queue.removeJobScheduler(id));
    },
    async list() {
      const schedulers = await reached(queue.getJobSchedulers(0, -1, true));
      return schedulers.flatMap(({ template }) => (template?.data ? [template.data as Job] : []));
    },
    async start(handlers) {
      worker = new Worker(
        QUEUE,
        async ({ data }) => {
          const job = data as Job;
          const handler = handlers[job.handler];
          if (handler !== undefined) await doWhatIsDue(job, handler, ledger, now());
        },
        { ...options, connection: connect(), concurrency: 4 },
      );
      worker.on('failed', (job, error) => logger.error({ job: job?.name, err: error }, 'A scheduled job failed'));
      worker.on('error', () => {});
      await worker.waitUntilReady();
    },
    async stop() {
      await worker?.close();
      await queue.close();
      for (const connection of connections) connection.disconnect();
    },
  };
}

async function reached<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw new UpstreamError('redis', 'STATE_UNREACHABLE', 'The schedules in Redis cannot be reached.', {
      remedy: 'Look at Redis (REDIS_URL) and try again.',
      cause: new Error(error instanceof Error ? error.name : 'unknown'),
    });
  }
}
