import type { Answer } from '../../agent/answer.ts';
import { duration } from '../../agent/compose/times.ts';
import { spellDate } from '../../batch/business-date.ts';
import type { Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import type { Rendering } from './pieces/rendering.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { listParts, type Table } from './pieces/table-part.ts';
import { columnTime, moment, timeTitle } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Entry = Answer['history'][number];

/** "Has it failed before?": a row a business date, newest first, with its end and how long it took. */
export function historyParts(answer: Answer, how: Rendering): Part[] {
  const { history, time_zone: zone } = answer;
  const phases = new Set(history.map(({ phase }) => phase));
  const table: Table = {
    columns: [
      { title: 'Date' },
      { title: 'Status' },
      { title: 'Took', align: 'right' },
      { title: timeTitle('Ended', zone) },
    ],
    rows: history.map((entry) => [
      // The year is said by the verdict and does not change within a list.
      [spellDate(entry.business_date).replace(/ \d{4}$/, ''), ...(phases.size > 1 ? [entry.phase] : [])].join(' '),
      [`${symbolOf(entry.status)} ${wordOf(entry.status).toLowerCase()}`, ...slicesOf(entry)].join(', '),
      entry.duration_s === null ? '' : duration(entry.duration_s),
      columnTime(entry.ended_at, zone, entry.business_date),
    ]),
  };
  const lines = history.map((entry) => entryLine(entry, answer));
  return [
    verdictPart(answer),
    ...listParts(how, { what: ['business date', 'business dates'], table, lines, most: 60, chunk: 1400 }),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

function slicesOf(entry: Entry): string[] {
  return [
    entry.failed_slices > 0 ? `${entry.failed_slices} failed` : '',
    entry.repaired_slices > 0 ? `${entry.repaired_slices} repaired` : '',
  ].filter((each) => each !== '');
}

function entryLine(entry: Entry, answer: Answer): string {
  const details = [
    ...slicesOf(entry),
    entry.duration_s === null ? '' : duration(entry.duration_s),
    entry.ended_at === null ? '' : `ended ${moment(entry.ended_at, answer.time_zone, entry.business_date)}`,
  ].filter((each) => each !== '');
  const tail = details.length > 0 ? ` · ${details.join(' · ')}` : '';
  return `${symbolOf(entry.status)} *${spellDate(entry.business_date)}* ${entry.phase} ${wordOf(entry.status).toLowerCase()}${tail}`;
}
