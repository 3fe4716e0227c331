import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../servers/free-port.ts';
import { ensureProgram } from '../servers/install.ts';
import type { ThrowawayTls } from '../servers/throwaway-tls.ts';

/** A Redis that a test may kill, freeze and start again on the same port. Nothing is kept on disk. */
export interface ThrowawayRedis {
  url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** The process stands still: connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  dispose(): Promise<void>;
}

interface ThrowawayRedisOptions {
  args?: readonly string[];
  /** Speaks TLS and nothing else. */
  tls?: ThrowawayTls;
}

export async function throwawayRedis({ args = [], tls }: ThrowawayRedisOptions = {}): Promise<ThrowawayRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'sentry-redis-'));
  const port = await freePort();
  const program = await ensureProgram({
    programs: ['redis-server', 'valkey-server'],
    debianPackage: 'redis-server',
    variable: 'PATH',
  });
  // Where the system offers it, the server dies with the test run, however that ends.
  const guard = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const [command = program, ...rest] = [...guard, program];
    const child = spawn(
      command,
      [
        ...rest,
        ...(tls
          ? ['--port', '0', '--tls-port', String(port), '--tls-cert-file', tls.certPath, '--tls-key-file', tls.keyPath]
          : ['--port', String(port)]),
        ...(tls ? ['--tls-ca-cert-file', tls.caPath, '--tls-auth-clients', 'no'] : []),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        directory,
        ...args,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    server = child;
    const lines = createInterface({ input: child.stdout });
    const ready = (async () => {
      for await (const line of lines) if (line.includes('Ready to accept connections')) return;
      throw new Error('redis-server ended before it was ready');
    })();
    await Promise.race([ready, once(child, 'error').then(([error]) => Promise.reject(error))]);
    child.stdout.resume();
  }

  async function kill(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  return {
    url: `${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    async dispose() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
