import { z } from 'zod';
import type { Definition } from '../batch/definition.ts';
import type { CacheKey } from '../cache/cache.ts';

/** A definition as the cache holds it. Raise the version of the key with every change of this shape. */
export const STORED_DEFINITION: z.ZodType<Definition> = z.object({
  name: z.string(),
  datasets: z.array(z.object({ datasetId: z.string(), slices: z.array(z.string()), sequenceOrder: z.number() })).min(1),
  effectiveFrom: z.number().nullable(),
  effectiveTo: z.number().nullable(),
  fetchedAt: z.number(),
});

export function definitionKey(name: string): CacheKey {
  return { space: 'lenz-definition', version: 1, id: name };
}
