import type { Logger } from '../observability/logger.ts';
import { openFileStore } from './file-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import { createState, type State } from './state.ts';

interface StateOptions {
  redisUrl: string | null;
  /** SENTRY_DATA_DIR. */
  dataDir: string | null;
  /** First part of every key in Redis. */
  prefix: string;
  logger: Logger;
  /** Looks on while another process writes the files. */
  readOnly?: boolean;
}

/** Redis when there is one, else files, else memory. Waits for neither Redis nor anybody else. */
export async function openState({ redisUrl, dataDir, prefix, logger, readOnly }: StateOptions): Promise<State> {
  if (redisUrl !== null) return createState(createRedisStore({ url: redisUrl, prefix }), { logger });
  if (dataDir !== null) return createState(await openFileStore(dataDir, Date.now, { readOnly }), { logger });
  return createState(createMemoryStore(), { logger });
}
