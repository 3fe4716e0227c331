import type { ZodType } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { decodeRecord, encodeRecord } from './collection.ts';
import type { StateStore } from './state-store.ts';

const DAY_MS = 86_400_000;
/** Old lines are looked for now and then, not at every line. */
const TRIM_EVERY_MS = 3_600_000;

/** Lines in order of time. */
export interface Journal<T> {
  append(at: number, line: T): Promise<void>;
  /** Lines from `from` to `to` (both included, UTC milliseconds; everything kept by default), oldest first. */
  read(range?: { from?: number; to?: number }): Promise<{ at: number; line: T }[]>;
}

export function openJournal<T>(
  store: StateStore,
  options: { name: string; schema: ZodType<T>; keepDays: number; logger: Logger; now: () => number },
): Journal<T> {
  const { name, schema, keepDays, logger, now } = options;
  let trimmedAt = Number.NEGATIVE_INFINITY;
  const keptFrom = () => now() - keepDays * DAY_MS;
  return {
    async append(at, line) {
      await store.append(name, { at, text: encodeRecord(line) });
      if (now() - trimmedAt < TRIM_EVERY_MS) return;
      trimmedAt = now();
      await store.trim(name, keptFrom());
    },
    async read({ from = 0, to = Number.MAX_SAFE_INTEGER } = {}) {
      const lines = await store.lines(name, Math.max(from, keptFrom()), to);
      return lines.flatMap(({ at, text }) => {
        const line = decodeRecord(text, schema);
        if (line === null) logger.error({ journal: name, at }, 'A stored line does not fit its schema and is left out');
        return line === null ? [] : [{ at, line }];
      });
    },
  };
}
