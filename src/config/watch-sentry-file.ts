import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '../observability/logger.ts';
import { readFromDisk } from './files.ts';
import { parseSentryFile, type SentryFile } from './sentry-file.ts';

interface WatchOptions {
  path: string;
  /** Called with every new content that is valid. */
  onChange: (file: SentryFile) => void;
  log: Logger;
}

/** Follows `sentry.yml`. A bad edit keeps what was last good and is said in the log; a removed file keeps it, too. */
export function watchSentryFile({ path, onChange, log }: WatchOptions): { close: () => void } {
  let seen = tryRead();
  let settled: NodeJS.Timeout | undefined;
  // The folder is watched and not the file: editors and Kubernetes replace the file instead of writing to it.
  const watcher = watch(dirname(path), () => {
    clearTimeout(settled);
    // An editor empties the file before it writes: what counts is what is there once it is quiet.
    settled = setTimeout(reread, 50).unref();
  });
  watcher.on('error', (err) => log.warn({ err }, 'sentry.yml is no longer watched; changes need a restart'));
  watcher.unref();
  return {
    close: () => {
      clearTimeout(settled);
      watcher.close();
    },
  };

  function reread(): void {
    const text = tryRead();
    if (text === null || text === seen) return;
    seen = text;
    const parsed = parseSentryFile(text, path);
    if ('problems' in parsed) {
      log.warn(
        { problems: parsed.problems },
        'sentry.yml was changed and is not valid; the last good one stays in force',
      );
      return;
    }
    log.info('sentry.yml was changed and is in force');
    onChange(parsed.file);
  }

  function tryRead(): string | null {
    try {
      return readFromDisk(path);
    } catch {
      return null;
    }
  }
}
