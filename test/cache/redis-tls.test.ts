import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRedis, type RedisCheck } from '../../src/cache/check-redis.ts';
import { createThrowawayTls, type ThrowawayTls } from '../servers/throwaway-tls.ts';
import { type ThrowawayRedis, throwawayRedis } from './throwaway-redis.ts';

const PROBE = fileURLToPath(new URL('./tls-probe.ts', import.meta.url));

interface Seen {
  check: RedisCheck;
  backend: string;
  value: string | null;
  log: string;
}

describe('Redis over TLS', () => {
  let folder: string;
  let tls: ThrowawayTls;
  let redis: ThrowawayRedis;
  let address: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sentry-redis-tls-'));
    tls = await createThrowawayTls(folder);
    redis = await throwawayRedis({ tls, args: ['--requirepass', 'p4ss w%rd'] });
    await redis.start();
    address = redis.url.replace('rediss://', `rediss://:${encodeURIComponent('p4ss w%rd')}@`);
  });
  afterAll(async () => {
    await redis?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** In a process of its own: Node reads further authorities once, when it starts. */
  async function probe(url: string, authorities?: string): Promise<Seen> {
    const env = { PATH: process.env.PATH, ...(authorities ? { NODE_EXTRA_CA_CERTS: authorities } : {}) };
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', PROBE, url], { env });
    return JSON.parse(stdout);
  }

  it('is verified with the authority in NODE_EXTRA_CA_CERTS, and serves', async () => {
    const seen = await probe(address, tls.caPath);
    expect(seen).toMatchObject({ check: { tls: true, failure: null }, backend: 'redis', value: 'kept' });
  });

  it('is refused where the authority is unknown; memory serves, with one line in the log and no password', async () => {
    const seen = await probe(address);
    expect(seen).toMatchObject({ backend: 'memory', value: 'kept' });
    expect(seen.check.failure).toMatch(/CERT/);
    expect(seen.log.trim().split('\n')).toHaveLength(1);
    expect(seen.log).toMatch(/CERT.*away/);
    expect(JSON.stringify(seen)).not.toMatch(/p4ss/);
  });

  it('is told apart from Redis without TLS, a wrong password and nobody at all', async () => {
    const options = { prefix: 'p', signal: AbortSignal.timeout(5000) };
    const { port } = new URL(redis.url);
    expect((await checkRedis('rediss://127.0.0.1:1', options)).failure).toBe('ECONNREFUSED');
    expect((await checkRedis(`redis://127.0.0.1:${port}`, options)).failure).not.toBeNull();
    const wrong = await probe(redis.url.replace('rediss://', 'rediss://:stale-word@'), tls.caPath);
    expect(wrong.check.failure).toBe('WRONGPASS');
  });
});

describe('a look at Redis', () => {
  it('ends with its signal when the server hangs, and leaves nothing behind', async () => {
    const redis = await throwawayRedis();
    await redis.start();
    try {
      expect(await checkRedis(redis.url, { prefix: 'p', signal: AbortSignal.timeout(5000) })).toMatchObject({
        tls: false,
        failure: null,
      });
      redis.freeze();
      const started = performance.now();
      const { failure } = await checkRedis(redis.url, { prefix: 'p', signal: AbortSignal.timeout(200) });
      expect(failure).toBe('time-out');
      expect(performance.now() - started).toBeLessThan(2000);
    } finally {
      redis.thaw();
      await redis.dispose();
    }
  });
});
