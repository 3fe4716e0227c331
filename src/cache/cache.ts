import type { ZodType } from 'zod';

/**
 * Where a value lives. Raise `version` whenever the shape of the values of a space changes: two releases that share one
 * Redis then never read each other's values.
 */
export interface CacheKey {
  /** Who keeps it, e.g. `lenz-definition`. */
  space: string;
  version: number;
  id: string;
}

/**
 * Keeps JSON values for a while. A cache may lose anything at any time: callers treat a miss as normal.
 * Values are written as JSON text, so what is read never shares objects with what was written.
 */
export interface Cache {
  /** Undefined when there is nothing, when it has run out, and when what is there does not satisfy `schema`. */
  get<T>(key: CacheKey, schema: ZodType<T>): Promise<T | undefined>;
  /** `ttlMs`: milliseconds, at least 1. Throws TypeError for what JSON cannot hold and RangeError for another `ttlMs`. */
  set(key: CacheKey, value: unknown, ttlMs: number): Promise<void>;
  delete(key: CacheKey): Promise<void>;
}

export function keyText(prefix: string, key: CacheKey): string {
  return `${prefix}:${key.space}:v${key.version}:${key.id}`;
}

/** The text of a value, or TypeError. */
export function encodeValue(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('A cached value must be something that JSON can hold.');
  return text;
}

/** The value of a text, or undefined when it is not JSON or not of the expected shape. */
export function decodeValue<T>(text: string, schema: ZodType<T>): T | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export function checkTtl(ttlMs: number): number {
  if (!Number.isFinite(ttlMs) || ttlMs < 1) throw new RangeError('The time to live must be at least 1 ms.');
  return Math.floor(ttlMs);
}
