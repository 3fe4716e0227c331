import dns from 'node:dns';
import net from 'node:net';

/**
 * Loaded before everything else in a process: records every address that is looked up or dialled, and refuses what is not
 * loopback. `allowed` are the names and addresses of this machine.
 */
const allowed = new Set(['localhost', '127.0.0.1', '::1', undefined]);
export const refused: string[] = [];
export const dialled = new Set<string>();

function refuse(what: string): never {
  refused.push(what);
  throw Object.assign(new Error(`refused: ${what}`), { code: 'ECONNREFUSED' });
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  // Normalized arguments come as one array from net.connect, and as they are from everyone else.
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const to = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] };
  const { host, port, path } = to as { host?: string; port?: number; path?: string | null };
  if (path !== undefined && path !== null) refuse(`socket ${path}`);
  if (!allowed.has(host)) refuse(`${host}:${port}`);
  dialled.add(`${host ?? 'localhost'}:${port}`);
  return (connect as (...all: unknown[]) => net.Socket).apply(this, args);
} as typeof connect;

function guardNames(module: Record<string, unknown>): void {
  for (const name of Object.keys(module)) {
    const original = module[name];
    if (!/^(lookup|resolve\w*|reverse)$/.test(name) || typeof original !== 'function') continue;
    module[name] = (...args: unknown[]) =>
      allowed.has(args[0] as string) ? original.apply(module, args) : refuse(`${name} ${args[0]}`);
  }
}
guardNames(dns as unknown as Record<string, unknown>);
guardNames(dns.promises as unknown as Record<string, unknown>);
