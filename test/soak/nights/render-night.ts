import { generateNight } from '../../../src/playground/world/nights/generate-night.ts';
import type { GeneratedNight, NightKind } from '../../../src/playground/world/nights/generated-night.ts';
import { withHostileTexts } from './hostile.ts';
import { largeNight } from './large-night.ts';
import { openNight } from './open-night.ts';
import { renderConversations } from './render-conversations.ts';
import { renderUnasked } from './render-unasked.ts';
import type { Rendered } from './rendered.ts';

const KINDS: readonly NightKind[] = ['single', 'pair', 'noisy', 'withheld', 'healthy'];

/** The night of a number: kinds take turns, one in five has hostile texts, one in fifty is large. */
export function nightOf(seed: number, index: number): GeneratedNight {
  const name = `soak-${seed}-${index}`;
  if (index % 50 === 49) return largeNight(name);
  const night = generateNight({ seed: name, kind: KINDS[index % KINDS.length] ?? 'single' });
  return index % 7 === 3 ? withHostileTexts(night) : night;
}

/** Everything that can be shown of a night, checked. Rejects where something throws on the way. */
export async function renderNight(night: GeneratedNight, withReplies: boolean): Promise<Rendered[]> {
  const open = openNight(night);
  try {
    return [...(await renderConversations(open, withReplies)), ...(await renderUnasked(open))];
  } finally {
    await open.close();
  }
}
