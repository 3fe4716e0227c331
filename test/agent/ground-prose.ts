import { createGrounder } from '../../src/agent/grounding.ts';

/** What of some prose is posted, and how many of its sentences are not. */
export function groundProse(prose: string, ...about: Parameters<typeof createGrounder>) {
  const grounder = createGrounder(...about);
  grounder.hear(prose);
  grounder.end();
  return { text: grounder.text, dropped: grounder.dropped };
}
