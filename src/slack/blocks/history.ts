import type { Answer } from '../../agent/answer.ts';
import { duration } from '../../agent/compose/times.ts';
import { spellDate } from '../../batch/business-date.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { section } from './pieces/elements.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { chunks } from './pieces/step-parts.ts';
import { moment } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Entry = Answer['history'][number];

/** "Has it failed before?": a line a business date, newest first, with its end and how long it took. */
export function historyParts(answer: Answer): Part[] {
  const lines = answer.history.map((entry) => entryLine(entry, answer));
  const lists = chunks(lines, 1400).map(
    (chunk): Part => ({
      keep: Keep.overview,
      what: ['business date', 'business dates'],
      count: chunk.length,
      blocks: [section(...chunk)],
    }),
  );
  return [verdictPart(answer), ...lists, ...prosePart(answer), ...closingParts(answer)];
}

function entryLine(entry: Entry, answer: Answer): string {
  const details = [
    entry.failed_slices > 0 ? `${entry.failed_slices} failed` : '',
    entry.repaired_slices > 0 ? `${entry.repaired_slices} repaired` : '',
    entry.duration_s === null ? '' : duration(entry.duration_s),
    entry.ended_at === null ? '' : `ended ${moment(entry.ended_at, answer.time_zone, entry.business_date)}`,
  ].filter((each) => each !== '');
  const tail = details.length > 0 ? ` · ${details.join(' · ')}` : '';
  return `${symbolOf(entry.status)} *${spellDate(entry.business_date)}* ${entry.phase} ${wordOf(entry.status).toLowerCase()}${tail}`;
}
