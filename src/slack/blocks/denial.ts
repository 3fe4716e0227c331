import { section } from './pieces/elements.ts';
import { plain } from './pieces/text.ts';
import type { View } from './view.ts';

/** Why a question is not answered, for the asker alone. `text`: plain sentences. */
export function denialView(text: string): View {
  const shown = `🔒 ${plain(text, 1500)}`;
  return { text: shown, blocks: [section(shown)] };
}

/** Too many questions in a row. */
export function limitView(whose: 'person' | 'channel', waitMs: number): View {
  const who = whose === 'person' ? 'You have' : 'This channel has';
  const shown = `⏳ ${who} asked a lot in a short time. Please ask again ${inTime(waitMs)}; nothing was looked up for this one.`;
  return { text: shown, blocks: [section(shown)] };
}

function inTime(waitMs: number): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  if (seconds === 1) return 'in a second';
  if (seconds < 90) return `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
