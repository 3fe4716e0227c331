import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULT_POLICY } from '../src/access/policy.ts';
import { createEssentialNames } from '../src/batch/essential-names.ts';
import { startFakeSlack } from '../src/playground/slack/start-fake-slack.ts';
import { createSlackApp } from '../src/slack/create-slack-app.ts';
import { createDuties } from '../src/standing-duties.ts';
import { createRedisStore } from '../src/state/redis-store.ts';
import { createState } from '../src/state/state.ts';
import { logLines } from './cache/log-lines.ts';
import { throwawayRedis } from './cache/throwaway-redis.ts';
import { createFakeAsk } from './slack/fake-ask.ts';
import { createMemoryLog, SUPPORT, TOKENS } from './slack/harness.ts';

const PREFIX = 'duties';
const SEVEN = Date.parse('2026-11-20T07:00Z');

it('digests that begin while Redis is away begin when it comes, and what is due then is done', async () => {
  const redis = await throwawayRedis();
  const { logger, lines } = logLines();
  const slack = await startFakeSlack({ ...TOKENS, delivery: { kind: 'http', url: 'http://127.0.0.1:9' } });
  let now = SEVEN - 60_000;
  const app = createSlackApp({
    connection: { kind: 'http', ...TOKENS, port: 0, apiUrl: slack.apiUrl },
    ask: createFakeAsk().ask,
    names: createEssentialNames(),
    logger: createMemoryLog().log,
    // A digest that its channel may not have is refused when it is due, in words of its own.
    policy: () => ({ ...DEFAULT_POLICY, channels: { [SUPPORT]: { essentials: [], features: [] } } }),
  });
  const state = createState(createRedisStore({ url: redis.url, prefix: PREFIX }), { logger });
  const digest = { channel: SUPPORT, hour: 7, minute: 0, days: [0, 1, 2, 3, 4, 5, 6], timeZone: 'UTC' };
  const duties = createDuties({
    state,
    openDesk: () => {
      throw new Error('nothing is looked up for a digest that is refused');
    },
    declared: () => [{ ...digest, essentials: null, phase: null }],
    redisUrl: redis.url,
    prefix: PREFIX,
    realClock: true,
    clock: { now: () => now, frozen: false },
    picture: undefined,
    zone: 'UTC',
    slack: () => app,
    logger,
    retryMs: 50,
  });
  onTestFinished(async () => {
    await duties.stop();
    await state.close();
    await slack.stop();
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
  expect(await duties.standing.digests.list(SUPPORT)).toHaveLength(1);
  now = SEVEN;
  // What the queue waits for in real time is brought forward.
  for (const job of await queue.getDelayed()) await job.promote();
  await expect.poll(() => lines.join(), { timeout: 5000 }).toContain('A scheduled job failed');
  expect(lines.join()).toContain('no longer open to its channel');
});
