import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { createRedisStore } from '../../src/state/redis-store.ts';
import { createState } from '../../src/state/state.ts';
import { createDuties } from '../../src/wiring/standing-duties.ts';
import { logLines } from '../cache/log-lines.ts';
import { throwawayRedis } from '../cache/throwaway-redis.ts';

const PREFIX = 'duties';
const CHANNEL = 'C0BATCHSUP';
const SEVEN = Date.parse('2026-11-20T07:00Z');

it('digests that begin while Redis is away begin when it comes, and what is due then is done', async () => {
  const redis = await throwawayRedis();
  const { logger, lines } = logLines();
  let now = SEVEN - 60_000;
  const state = createState(createRedisStore({ url: redis.url, prefix: PREFIX }), { logger });
  const digest = { channel: CHANNEL, hour: 7, minute: 0, days: [0, 1, 2, 3, 4, 5, 6], timeZone: 'UTC' };
  const duties = createDuties({
    state,
    openDesk: () => {
      throw new Error('nothing is looked up without a channel to tell');
    },
    declared: () => [{ ...digest, essentials: null, phase: null }],
    redisUrl: redis.url,
    prefix: PREFIX,
    realClock: true,
    clock: { now: () => now, frozen: false },
    picture: undefined,
    zone: 'UTC',
    // Whoever is asked whether the channel may still have its digest is the first to notice that it is due.
    slack: () => {
      throw new Error('a digest is due');
    },
    logger,
    retryMs: 50,
  });
  onTestFinished(async () => {
    await duties.stop();
    await state.close();
    await redis.dispose();
  });

  duties.start();
  await expect.poll(() => lines.join(), { timeout: 5000 }).toContain('cannot begin yet');
  await redis.start();
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue('jobs', { connection: connection as never, prefix: `${PREFIX}:bull` });
  onTestFinished(async () => {
    await queue.close();
    connection.disconnect();
  });
  await expect.poll(() => queue.getDelayedCount(), { timeout: 5000 }).toBeGreaterThan(0);
  expect(await duties.standing.digests.list(CHANNEL)).toHaveLength(1);
  now = SEVEN;
  // What the queue waits for in real time is brought forward.
  for (const job of await queue.getDelayed()) await job.promote();
  await expect.poll(() => lines.join(), { timeout: 5000 }).toContain('A scheduled job failed');
  expect(lines.join()).toContain('a digest is due');
});
