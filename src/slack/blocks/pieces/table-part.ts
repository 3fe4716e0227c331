import type { RichTextBlock, TableBlock } from '@slack/types';
import { Keep, type Part } from './budget.ts';
import { chunks } from './chunks.ts';
import { context, section } from './elements.ts';
import { type Rendering, shownOf } from './rendering.ts';
import { cut, defuse, oneLine } from './text.ts';

/** Untrusted text; with an address it is a link. */
export type Cell = string | { text: string; url: string | null };

/**
 * The first row is the head. A table scrolls sideways on a phone, hence four columns at most, narrow ones, the most telling first;
 * `wraps` is for names. A status is a symbol and a word.
 */
export interface Table {
  columns: readonly { title: string; align?: 'right'; wraps?: boolean }[];
  rows: readonly (readonly Cell[])[];
}

/** Slack takes 100 rows; nobody reads so many in a thread, and a message has room for other things as well. */
const MAX_ROWS = 30;
const SHORT_ROWS = 8;
const MAX_CHARACTERS = 6000;
const MAX_CELL = 160;

/**
 * A list as Slack's own table, or a line an entry where that is asked for. Slack takes one table a message: a layout has one list of
 * this kind. `lines` is escaped mrkdwn in the same order as the rows; `most` bounds it.
 */
export function listParts(
  how: Rendering,
  list: {
    what: Part['what'];
    keep?: Keep;
    table: Table | null;
    lines: readonly string[];
    most?: number;
    /** How many more there are that are neither rows nor lines. */
    beyond?: number;
    chunk?: number;
  },
): Part[] {
  const { what, keep = Keep.overview, table, lines, most = MAX_ROWS, beyond = 0, chunk = 2600 } = list;
  if (how.form === 'full' && table !== null && table.rows.length > 1)
    return [tablePart(table, what, keep, { most, beyond })];
  const shown = shownOf(lines, most, how);
  const left = lines.length - shown.length + beyond;
  const more = left > 0 ? [`and ${left} more`] : [];
  const pieces = chunks(shown, chunk);
  return pieces.map((piece, index): Part => {
    const last = index === pieces.length - 1;
    return {
      keep,
      what,
      count: piece.length,
      blocks: [section(...piece, ...(last ? more : []))],
      ...(last && left > 0 ? { left } : {}),
    };
  });
}

function tablePart(
  table: Table,
  what: Part['what'],
  keep: Keep,
  { most, beyond }: { most: number; beyond: number },
): Part {
  const all = table.rows.length + beyond;
  let shown = Math.min(table.rows.length, most, MAX_ROWS);
  while (shown > 1 && JSON.stringify(tableOf(table, shown)).length > MAX_CHARACTERS) shown -= 1;
  const blocks = (rows: number) => {
    const left = all - rows;
    return [tableOf(table, rows), ...(left > 0 ? [context(`and ${left} more`)] : [])];
  };
  const short = Math.min(shown, SHORT_ROWS);
  const part = { keep, what, count: shown, left: all - shown, blocks: blocks(shown) };
  return short === shown ? part : { ...part, shorter: blocks(short), shorterLeft: all - short };
}

function tableOf({ columns, rows }: Table, shown: number): TableBlock {
  return {
    type: 'table',
    column_settings: columns.map(({ align, wraps }) => ({
      ...(align ? { align } : {}),
      ...(wraps ? { is_wrapped: true } : {}),
    })),
    rows: [columns.map(({ title }) => cellOf(title)), ...rows.slice(0, shown).map((row) => row.map(cellOf))],
  };
}

/** Slack refuses empty cells. */
function cellOf(cell: Cell): TableBlock['rows'][number][number] {
  const { text, url } = typeof cell === 'string' ? { text: cell, url: null } : cell;
  const shown = cut(defuse(oneLine(text)), MAX_CELL) || '–';
  return url === null ? { type: 'raw_text', text: shown } : linkCell(shown, url);
}

function linkCell(text: string, url: string): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url, text }] }] };
}
