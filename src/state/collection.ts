import type { ZodType } from 'zod';
import { SentryError } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import type { StateStore } from './state-store.ts';

/** A record is a setting, not a document. */
const MAX_CHARACTERS = 64_000;
/** A change that others keep overtaking is given up after so many attempts. */
const ATTEMPTS = 20;

/** Records by id. */
export interface Collection<T> {
  get(id: string): Promise<T | null>;
  /** In order of id. */
  list(): Promise<{ id: string; value: T }[]>;
  put(id: string, value: T): Promise<void>;
  /** Stores it only if there is none of that id; false when there is. */
  add(id: string, value: T): Promise<boolean>;
  /**
   * Changes a record as one step, whoever else changes it: `change` gets what is there (null: nothing) and returns what shall
   * be there (null: nothing). It may be called several times. Returns what is there then.
   */
  change(id: string, change: (before: T | null) => T | null): Promise<T | null>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}

export function openCollection<T>(
  store: StateStore,
  { name, schema, logger }: { name: string; schema: ZodType<T>; logger: Logger },
): Collection<T> {
  const decode = (id: string, text: string | null): T | null => {
    if (text === null) return null;
    const value = decodeRecord(text, schema);
    if (value === null)
      logger.error({ collection: name, id }, 'A stored record does not fit its schema and is left out');
    return value;
  };
  return {
    get: async (id) => decode(id, await store.read(name, id)),
    async list() {
      const records = await store.list(name);
      return records.flatMap(({ id, text }) => {
        const value = decode(id, text);
        return value === null ? [] : [{ id, value }];
      });
    },
    async put(id, value) {
      await store.replace(name, id, encodeRecord(value), undefined);
    },
    add: (id, value) => store.replace(name, id, encodeRecord(value), null),
    async change(id, change) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const before = await store.read(name, id);
        const next = change(decode(id, before));
        const text = next === null ? null : encodeRecord(next);
        if (text === before || (await store.replace(name, id, text, before))) return next;
      }
      throw new SentryError('INTERNAL', 'Somebody else keeps changing the same record.', { remedy: 'Try again.' });
    },
    async remove(id) {
      const before = await store.read(name, id);
      return before !== null && store.replace(name, id, null, before);
    },
  };
}

export function encodeRecord(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('A kept value must be something that JSON can hold.');
  if (text.length > MAX_CHARACTERS) throw new RangeError(`A kept value may have ${MAX_CHARACTERS} characters.`);
  return text;
}

/** Null for what is not JSON or not of that shape. */
export function decodeRecord<T>(text: string, schema: ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
