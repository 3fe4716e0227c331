import type { Desk } from './desk.ts';

/**
 * Every definition that can be had, and which could not. Throws the UpstreamError of Lenz where there is none at all: a
 * source that is away must never read as "nothing ran" or "no such batch".
 */
export async function allDefinitions({ sources }: Pick<Desk, 'sources'>) {
  const found = await sources.definitions.all();
  const [first] = found.missing;
  if (found.definitions.length > 0 || first === undefined) return found;
  // One by itself throws the error with its code and remedy; should Lenz be back by now, all are asked for again.
  await sources.definitions.get(first.name);
  return sources.definitions.all();
}
