import type { EssentialNames } from '../../../batch/essential-names.ts';
import { blank } from './phase.ts';

/** English words that are near a name without being one. */
const NOT_NAMES =
  /^(sec|secs|second|seconds|secured?|security checks?|der|col|coll|fin|str|reg|ups|strategic|strategy|smart|small|sls)$/i;

export interface SaidBatches {
  /** As the person said them, in order. */
  batches: string[];
  rest: string;
}

/** Essentials that are named. Ids are left alone: `EMEA_DERIV_CFG` names a slice, not two batches. */
export function batchesIn(text: string, names: EssentialNames): SaidBatches {
  const readable = withoutDatasets(text).replace(/[\p{L}\p{N}.]+(?:[_-][\p{L}\p{N}.]+)+/gu, (id) =>
    isId(id, names) ? blank(id) : id,
  );
  const found = names.find(readable).filter((match) => match.kind === 'exact' || !NOT_NAMES.test(match.said));
  let rest = text;
  for (const match of found) rest = rest.slice(0, match.start) + blank(match.said) + rest.slice(match.end);
  return { batches: [...new Set(found.map((match) => match.said))], rest };
}

/** What slices are of, when it is written with underscores, is a dataset: people do not write batches so. */
function withoutDatasets(text: string): string {
  return text.replace(/(?<=\bslices?\s+(?:of|in|for)\s+(?:the\s+)?)[\p{L}\p{N}.-]*_[\p{L}\p{N}._-]*/giu, blank);
}

function isId(token: string, names: EssentialNames): boolean {
  if (!token.includes('_') && (token.match(/-/g) ?? []).length < 2 && !/slice/i.test(token)) return false;
  const [only, ...more] = names.find(token);
  return !(only && only.kind === 'exact' && more.length === 0 && only.said.length === token.length);
}
