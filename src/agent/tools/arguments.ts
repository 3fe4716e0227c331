import { z } from 'zod';

/** Optional words of the person. */
export const words = (about: string) => z.string().max(200).nullish().describe(about);

/** Words as the person said them: code resolves them, the model never does. Whatever is left out is taken from the thread. */
export const batchArgument = words(
  'The batch (essential) as the person named it, e.g. "derivatives", "SNU strategic". Leave out when not named.',
);
export const dateArgument = words(
  'The date in the person\'s own words: "last night", "friday", "2026-02-13". "latest" for now. Leave out when not named.',
);
export const phaseArgument = z
  .preprocess(
    (value) =>
      typeof value === 'string' ? (value.trim().toUpperCase() === '' ? null : value.trim().toUpperCase()) : value,
    z.enum(['PRELIM', 'FINAL']).nullish(),
  )
  .describe('PRELIM or FINAL, only when the person named the phase.');
export const datasetArgument = words(
  'The dataset as the person named it, e.g. "intercompany". Leave out when not named.',
);
export const sliceArgument = words(
  'The word that picks slices, e.g. "EMEA", or a whole slice name. Leave out when not named.',
);

/** What most tools take. */
export const aboutSchema = z.object({ batch: batchArgument, date: dateArgument, phase: phaseArgument });
/** The same, narrowed to a dataset or some slices. */
export const unitSchema = aboutSchema.extend({ dataset: datasetArgument, slice: sliceArgument });
