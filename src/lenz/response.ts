import { DateTime } from 'luxon';
import { z } from 'zod';
import type { DatasetDefinition, Definition } from '../batch/definition.ts';
import type { Instant } from '../batch/instant.ts';
import { invalid, unknownName } from './failures.ts';

const NAME = z.string().trim().min(1).max(500);
const OBJECT = z.record(z.string(), z.unknown());

/** One list of slices per group: `{"slices": […]}` and `{"<GROUP>": […], …}` alike. An empty list stands for an empty object. */
const SLICE_GROUPS = z
  .union([z.record(z.string(), z.array(NAME).nullable()), z.tuple([])], {
    error: 'must be an object of lists of slice names',
  })
  .nullish()
  .transform((groups) => [...new Set(Object.values(groups ?? {}).flatMap((slices) => slices ?? []))]);

const DATASET = z.object({ datasetId: NAME, sliceGroups: SLICE_GROUPS, sequenceOrder: z.number().nullish() }).transform(
  ({ datasetId, sliceGroups, sequenceOrder }): DatasetDefinition => ({
    datasetId,
    slices: sliceGroups,
    sequenceOrder: sequenceOrder ?? 0,
  }),
);

/** ISO 8601; without a zone it is UTC. */
const INSTANT = z
  .string()
  .nullish()
  .transform((text, context): Instant | null => {
    if (!text?.trim()) return null;
    const time = DateTime.fromISO(text.trim(), { zone: 'utc' });
    if (time.isValid) return time.toMillis();
    context.addIssue('must be a time like 2025-10-24T17:33:32');
    return z.NEVER;
  });

const ESSENTIAL = z.object({
  effectiveFrom: INSTANT,
  effectiveTo: INSTANT,
  schemaJson: z.object({ datasets: z.array(DATASET).min(1, 'must not be empty') }),
});

/**
 * Finds one essential in a document of Lenz (`GLOBAL` → name → `schemaJson` → `datasets`). What is needed must be right;
 * whatever else is in it does not matter.
 * Throws UpstreamError `LENZ_UNKNOWN_NAME` when the document does not have the name, else `LENZ_INVALID`.
 */
export function parseDefinition(document: unknown, name: string, fetchedAt: Instant): Definition {
  const essential = ESSENTIAL.safeParse(find(document, name));
  if (!essential.success) throw invalid(name, firstIssue(essential.error));
  const { effectiveFrom, effectiveTo, schemaJson } = essential.data;
  return { name, datasets: mergeRepeats(schemaJson.datasets, name), effectiveFrom, effectiveTo, fetchedAt };
}

function find(document: unknown, name: string): unknown {
  const contexts = OBJECT.nullable().safeParse(document);
  if (!contexts.success) throw invalid(name, 'the document is not an object');
  if (contexts.data === null || Object.keys(contexts.data).length === 0) throw unknownName(name);
  const essentials = OBJECT.nullable().safeParse(contexts.data.GLOBAL);
  if (!essentials.success) throw invalid(name, 'GLOBAL is not an object of essentials');
  if (essentials.data === null || !Object.hasOwn(essentials.data, name)) throw unknownName(name);
  return essentials.data[name];
}

/**
 * A dataset that is listed twice has the slices of both entries, when both say the same of it otherwise. Two different
 * steps, or slices in one entry and none in the other, contradict each other: guessing would make a status wrong.
 */
function mergeRepeats(datasets: readonly DatasetDefinition[], name: string): DatasetDefinition[] {
  const byId = new Map<string, DatasetDefinition>();
  for (const dataset of datasets) {
    const known = byId.get(dataset.datasetId);
    if (known && known.sequenceOrder !== dataset.sequenceOrder) {
      const orders = `${known.sequenceOrder} and ${dataset.sequenceOrder}`;
      throw invalid(name, `dataset ${dataset.datasetId} is listed with the sequence orders ${orders}`);
    }
    if (known && (known.slices.length === 0) !== (dataset.slices.length === 0)) {
      throw invalid(name, `dataset ${dataset.datasetId} is listed both with and without slices`);
    }
    const slices = [...new Set([...(known?.slices ?? []), ...dataset.slices])];
    byId.set(dataset.datasetId, { ...dataset, slices });
  }
  return [...byId.values()];
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.map(String).join('.');
  return `${where || 'the essential'}: ${issue?.message ?? 'not understood'}`;
}
