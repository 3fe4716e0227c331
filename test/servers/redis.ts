import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { ensureProgram } from './install.ts';
import { startProcess } from './throwaway-process.ts';

/** A Redis of its own on a free port that keeps nothing; `SENTRY_TEST_REDIS_URL` names one to use instead. */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.SENTRY_TEST_REDIS_URL;
  if (given) return { url: given, stop: async () => {} };
  const program = await ensureProgram({
    programs: ['redis-server', 'valkey-server'],
    debianPackage: 'redis-server',
    variable: 'SENTRY_TEST_REDIS_URL',
  });
  const folder = await mkdtemp(join(tmpdir(), 'sentry-redis-'));
  const port = await freePort();
  const child = await startProcess(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    /Ready to accept connections/i,
  );
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
