import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from './chromium.ts';
import { startMariaDb } from './mariadb.ts';
import { startRedis } from './redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the desk that hands out this run's servers. */
    sentryServers: string;
  }
}

/**
 * A desk that starts each server when the first test file asks for it, once for the whole run, and stops them at its end.
 * Test files ask through `shared.ts`.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const running: { stop(): Promise<void> }[] = [];
  const start = {
    '/mariadb': lazily(async () => keep(await startMariaDb())),
    '/redis': lazily(async () => keep(await startRedis())),
    '/chromium': lazily(async () => ({ path: await ensureChromium() })),
  };
  function keep<Server extends { stop(): Promise<void> }>(server: Server): Omit<Server, 'stop'> {
    running.push(server);
    const { stop: _, ...address } = server;
    return address;
  }

  const desk = createServer((request, response) => {
    const make = start[request.url as keyof typeof start];
    const made: Promise<object> = make ? make() : Promise.reject(new Error('no such server'));
    made.then(
      (address) => response.end(JSON.stringify(address)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  }).listen(0, '127.0.0.1');
  await once(desk, 'listening');
  project.provide('sentryServers', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await Promise.all(running.map((server) => server.stop()));
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
