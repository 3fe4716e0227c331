import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { afterAll, expect } from 'vitest';

/**
 * Runs in every test file: whatever is looked up or dialled outside this machine is refused and fails the file. Names under
 * `.invalid` and `.test` belong to tests that reach for what cannot exist.
 */
export const refused: string[] = [];

function isHere(host: unknown): boolean {
  if (host === undefined || host === null || host === '') return true;
  const name = String(host).toLowerCase();
  return (
    name === 'localhost' || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name) || /\.(?:invalid|test)$/.test(name)
  );
}

function refuse(what: string): never {
  refused.push(what);
  throw Object.assign(new Error(`refused by the tests: ${what}`), { code: 'ECONNREFUSED' });
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  // Normalized arguments come as one array from net.connect, and as they are from everyone else.
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const { host, port } = (typeof first === 'object' && first !== null ? first : { port: first, host: args[1] }) as {
    host?: unknown;
    port?: unknown;
  };
  if (typeof host !== 'function' && !isHere(host)) refuse(`${host}:${port}`);
  return (connect as (...all: unknown[]) => net.Socket).apply(this, args);
} as typeof connect;

for (const module of [dns, dns.promises] as unknown as Record<string, unknown>[]) {
  for (const name of Object.keys(module)) {
    const original = module[name];
    if (!/^(lookup|resolve\w*|reverse)$/.test(name) || typeof original !== 'function') continue;
    module[name] = (...args: unknown[]) =>
      isHere(args[0]) ? original.apply(module, args) : refuse(`${name} ${args[0]}`);
  }
}
syncBuiltinESMExports();

afterAll(() => {
  expect(refused).toEqual([]);
});
