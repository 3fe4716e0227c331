import { parseEnv } from 'node:util';
import { ConfigError } from './config-error.ts';
import type { Env } from './environment.ts';
import { readFromDisk } from './files.ts';

const TRACING = /^LANG(SMITH|CHAIN)_/;
/** Send the sign-on of a service principal to regional hosts beside the configured authority. */
const REGIONS = ['AZURE_REGIONAL_AUTHORITY_NAME', 'MSAL_FORCE_REGION'];

/**
 * The environment of the process over that of a `.env` file, where there is one.
 *
 * Tracing of the model's calls to a hosted service starts from LANGSMITH_ and LANGCHAIN_ variables alone, and a shell may
 * carry them for other work: they are removed from the process unless SENTRY's own `.env` sets them on purpose. What leads
 * the sign-on of a service principal to another host than the configured one is removed always.
 */
export function readEnv({
  path = '.env',
  target = process.env,
}: {
  path?: string;
  target?: NodeJS.ProcessEnv;
} = {}): Env {
  const own = readDotEnv(path);
  for (const name of Object.keys(target)) if (TRACING.test(name)) delete target[name];
  for (const name of REGIONS) delete target[name];
  for (const [name, value] of Object.entries(own)) if (TRACING.test(name)) target[name] = value;
  return { ...own, ...target };
}

function readDotEnv(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFromDisk(path) ?? '');
  } catch {
    throw new ConfigError(['.env is there but cannot be read.']);
  }
}
