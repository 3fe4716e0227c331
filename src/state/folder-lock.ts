import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SentryError } from '../errors.ts';

/**
 * Takes a folder for this process, making it where there is none. What a process that is gone has left is taken over.
 * @returns what gives it back.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const lock = join(folder, 'in-use');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await taken(lock))) {
      const holder = Number(await readFile(lock, 'utf8'));
      if (isAlive(holder)) throw heldBy(holder);
      await rm(lock, { force: true });
      if (!(await taken(lock))) throw heldBy(null);
    }
  } catch (error) {
    if (error instanceof SentryError) throw error;
    throw new SentryError('CONFIG', 'The folder SENTRY_DATA_DIR cannot be written.', {
      remedy: 'Give the user that runs SENTRY the right to write there, or name another folder.',
      cause: error,
    });
  }
  return () => rm(lock, { force: true });
}

/** False when the file is there already. */
async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function heldBy(pid: number | null): SentryError {
  const who = pid === null ? 'Another process' : `Process ${pid}`;
  return new SentryError('CONFIG', `${who} already writes in SENTRY_DATA_DIR.`, {
    remedy: 'Stop it, or name another folder; several replicas share their state through REDIS_URL.',
  });
}
