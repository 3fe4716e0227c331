import { parseEnv } from 'node:util';
import type { RdsConfig } from './config.ts';
import { type ReadFile, readFromDisk } from './files.ts';

/** Where the password of the database comes from, and how to read it again. */
export type RdsPassword =
  | { takenFrom: 'environment' | 'env-file' | 'password-file'; read: () => string }
  /** Neither password nor file is set: tokens are signed for this node. */
  | { takenFrom: 'signed'; iamHost: string; iamRegion: string };

interface RdsPasswordOptions {
  rds: Pick<RdsConfig, 'password' | 'passwordFile' | 'iamHost' | 'iamRegion'>;
  /** Each password that turns up is added, for the logger to strike out. */
  secrets: string[];
  /** Path of the `.env` file. */
  path?: string;
  readFile?: ReadFile;
}

/**
 * Reads the password again each time it is asked: from the file at RDS_PASSWORD_FILE, or from `.env` where it came from there.
 * What is missing, unreadable or empty, as a file is while somebody saves it, keeps what was last good.
 */
export function openRdsPassword(options: RdsPasswordOptions): RdsPassword {
  const { rds, secrets, path = '.env', readFile = readFromDisk } = options;
  const { passwordFile, iamHost, iamRegion } = rds;
  let last = rds.password;

  if (passwordFile !== null) return { takenFrom: 'password-file', read: rereading(() => readFile(passwordFile)) };
  if (last === '' && iamHost !== null && iamRegion !== null) return { takenFrom: 'signed', iamHost, iamRegion };
  const inEnvFile = () => parseEnv(readFile(path) ?? '').RDS_PASSWORD;
  // A variable of the real environment wins over the file, and stays as it is for as long as the process lives.
  if (last !== '' && attempt(inEnvFile) === last) return { takenFrom: 'env-file', read: rereading(inEnvFile) };
  return { takenFrom: 'environment', read: () => last };

  function rereading(find: () => string | null | undefined): () => string {
    return () => {
      const found = attempt(find);
      if (found !== '' && found !== last) {
        last = found;
        secrets.push(found);
      }
      return last;
    };
  }
}

function attempt(find: () => string | null | undefined): string {
  try {
    return find()?.trim() ?? '';
  } catch {
    return '';
  }
}
