import type { Logger } from '../observability/logger.ts';
import { doWhatIsDue } from './do-what-is-due.ts';
import type { Job, JobHandler, Jobs } from './jobs.ts';
import type { Ledger } from './ledger.ts';
import { slotsOf } from './slots.ts';

interface MemoryJobsOptions {
  ledger: Ledger;
  logger: Logger;
  /** The clock by which things are due: it may be moved. */
  now: () => number;
  /** How often it is looked at. Milliseconds. */
  everyMs?: number;
}

/** Looks every second what is due by the clock. Jobs live as long as the process; whoever made them puts them in again. */
export function createMemoryJobs(options: MemoryJobsOptions): Jobs & { look(): Promise<void> } {
  const { ledger, logger, now, everyMs = 1000 } = options;
  const jobs = new Map<string, Job>();
  const busy = new Map<string, Promise<void>>();
  let handlers: Readonly<Record<string, JobHandler>> = {};
  let timer: NodeJS.Timeout | null = null;

  function lookAt(job: Job): Promise<void> {
    const handler = handlers[job.handler];
    const running = busy.get(job.id);
    if (running !== undefined || handler === undefined) return running ?? Promise.resolve();
    const done = doWhatIsDue(job, handler, ledger, now())
      .catch((error) => logger.error({ job: job.id, err: error }, 'A scheduled job failed'))
      .finally(() => busy.delete(job.id));
    busy.set(job.id, done);
    return done;
  }

  const look = async () => void (await Promise.all([...jobs.values()].map(lookAt)));

  return {
    look,
    describe: () => 'memory',
    async put(job) {
      slotsOf(job.timetable);
      jobs.set(job.id, structuredClone(job));
    },
    async remove(id) {
      jobs.delete(id);
    },
    list: async () => structuredClone([...jobs.values()]),
    async start(given) {
      handlers = given;
      timer = setInterval(look, everyMs).unref();
      await look();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      handlers = {};
      await Promise.all(busy.values());
    },
  };
}
