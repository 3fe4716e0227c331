import { z } from 'zod';
import { checkRedis } from '../../src/cache/check-redis.ts';
import { createCache } from '../../src/cache/create-cache.ts';
import { createLogger } from '../../src/observability/logger.ts';

/** Uses the Redis of its argument as SENTRY does, and prints what came of it. */
const url = process.argv[2] ?? '';
let log = '';
const logger = createLogger({ level: 'trace', destination: { write: (line) => (log += line) } });
const check = await checkRedis(url, { prefix: 'probe', signal: AbortSignal.timeout(5000) });
const opened = createCache({ redisUrl: url, logger, prefix: 'probe' });
const deadline = Date.now() + 5000;
while (log === '' && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
const key = { space: 'thing', version: 1, id: 'a' };
await opened.cache.set(key, 'kept', 60_000);
const value = (await opened.cache.get(key, z.string())) ?? null;
process.stdout.write(JSON.stringify({ check, backend: opened.describe(), value, log }));
await opened.close();
