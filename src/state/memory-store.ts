import { LRUCache } from 'lru-cache';
import type { StateStore, StoredLine } from './state-store.ts';

/** Journals in memory are for looking at, not for keeping. */
const MAX_LINES = 10_000;
const MAX_CLAIMS = 50_000;

/** Keeps everything in this process and loses it with it. */
export function createMemoryStore(): StateStore {
  const collections = new Map<string, Map<string, string>>();
  const journals = new Map<string, StoredLine[]>();
  const claims = new LRUCache<string, true>({ max: MAX_CLAIMS });
  const recordsOf = (collection: string) => {
    const records = collections.get(collection) ?? new Map<string, string>();
    collections.set(collection, records);
    return records;
  };
  return {
    durable: false,
    describe: () => 'memory',
    read: async (collection, id) => recordsOf(collection).get(id) ?? null,
    list: async (collection) =>
      [...recordsOf(collection)].map(([id, text]) => ({ id, text })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    async replace(collection, id, next, expected) {
      const records = recordsOf(collection);
      if (expected !== undefined && (records.get(id) ?? null) !== expected) return false;
      if (next === null) records.delete(id);
      else records.set(id, next);
      return true;
    },
    async append(journal, line) {
      const lines = journals.get(journal) ?? [];
      journals.set(journal, lines);
      const after = lines.findLastIndex(({ at }) => at <= line.at);
      lines.splice(after + 1, 0, line);
      if (lines.length > MAX_LINES) lines.shift();
    },
    lines: async (journal, from, to) => (journals.get(journal) ?? []).filter(({ at }) => at >= from && at <= to),
    async trim(journal, before) {
      journals.set(
        journal,
        (journals.get(journal) ?? []).filter(({ at }) => at >= before),
      );
    },
    async claim(key, ttlMs) {
      if (claims.has(key)) return false;
      claims.set(key, true, { ttl: ttlMs });
      return true;
    },
    async close() {},
  };
}
