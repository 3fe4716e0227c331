import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLICY = '/usr/sbin/policy-rc.d';

export interface Needed {
  /** Names of the program, the first found counts. */
  programs: readonly string[];
  debianPackage: string;
  /** The environment variable that names an alternative. */
  variable: string;
}

/** The path of a program that tests need; installed from Debian's packages where that is possible and not forbidden. */
export async function ensureProgram(needed: Needed): Promise<string> {
  const there = find(needed.programs);
  if (there) return there;
  if (!mayInstall()) throw new Error(missing(needed));
  console.log(
    `Installing ${needed.debianPackage} from Debian's packages, because tests need it (SENTRY_TEST_INSTALL=0 forbids it).`,
  );
  await install(needed.debianPackage);
  const path = find(needed.programs);
  if (!path) throw new Error(missing(needed));
  return path;
}

function find(programs: readonly string[]): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const program of programs) {
    for (const folder of folders) {
      const path = join(folder, program);
      try {
        if (!folder) continue;
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

function mayInstall(): boolean {
  return process.env.SENTRY_TEST_INSTALL !== '0' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function missing({ debianPackage, variable }: Needed): string {
  return `Tests need ${debianPackage}: install it (apt-get install ${debianPackage}), or let ${variable} point to one.`;
}

let installing: Promise<unknown> = Promise.resolve();

/** One at a time, and without starting any service: Debian asks policy-rc.d before it starts one. */
function install(debianPackage: string): Promise<void> {
  const next = installing.then(async () => {
    const ours = !existsSync(POLICY);
    if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    try {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const wait = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
      await run('apt-get', [...wait, 'update', '-qq'], { env, maxBuffer: 1 << 26 });
      await run('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', debianPackage], {
        env,
        maxBuffer: 1 << 26,
      });
    } finally {
      if (ours) rmSync(POLICY, { force: true });
    }
  });
  installing = next.catch(() => {});
  return next;
}
