import { findSpokenDate, type SpokenDate } from '../../batch/spoken-date.ts';
import type { ToolRoom } from './tool.ts';

/**
 * The date that was said; null for "the latest", which the domain chooses. A follow-up that names none keeps the thread's.
 */
export function readDate(said: string | null | undefined, room: ToolRoom): SpokenDate | null | 'unreadable' {
  const words = said?.trim() ?? '';
  const at = { now: room.desk.clock.now(), zone: room.desk.zone };
  if (words === '') {
    const kept = room.thread?.businessDate ?? null;
    return kept === null ? null : { kind: 'date', date: kept, said: kept, start: 0, end: kept.length };
  }
  const found = findSpokenDate(words, at);
  if (found !== null) return found;
  return /^(the )?(latest|current|currently|now|right now|newest|most recent)( one)?$/i.test(words)
    ? null
    : 'unreadable';
}
