import type { KnownBlock, ModalView } from '@slack/types';
import { chunks } from '../blocks/pieces/chunks.ts';
import { context, section } from '../blocks/pieces/elements.ts';
import { code, words } from '../blocks/pieces/text.ts';
import { moment } from '../blocks/pieces/time.ts';
import type { KeptAnswer } from './kept-answer.ts';
import type { Whole } from './kept-whole.ts';

export const WHOLE_TITLE = 'The whole answer';

/** Slack takes 100 blocks and 250 KB a view. */
const MAX_BLOCKS = 96;
const MAX_BYTES = 200_000;

/** Whether all of it can be shown in a window. */
export function fitsModal(whole: Whole): boolean {
  return shownOf(whole).length === sectionsOf(whole).length;
}

/** All of an answer, or what a window takes of it; `note` is escaped mrkdwn that says where the rest is. */
export function wholeModal(answer: KeptAnswer, whole: Whole, note: string | null = null): ModalView {
  const lost = whole.left > 0 ? [`❔ ${whole.left} more were too much to keep.`] : [];
  return {
    type: 'modal',
    title: { type: 'plain_text', text: WHOLE_TITLE },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      ...(note === null ? [] : [section(note)]),
      ...shownOf(whole),
      context(
        ...(note === null ? [] : [note]),
        ...lost,
        `Answered with the data as of ${moment(new Date(answer.clock).toISOString(), answer.zone)} · ref ${code(answer.reference, 60)}`,
      ),
    ],
  };
}

/** The same as text, to be read, searched and copied from. */
export function wholeText(answer: KeptAnswer, whole: Whole): string {
  const head = [
    words(answer.question, 500),
    `Answered with the data as of ${moment(new Date(answer.clock).toISOString(), answer.zone)}, ref ${words(answer.reference, 60)}`,
  ];
  const lost = whole.left > 0 ? [`${whole.left} more were too much to keep.`] : [];
  return `${[...head, '', ...whole.pieces, ...lost].map(readable).join('\n')}\n`;
}

/** Apart from each other where there are blocks for it. */
function sectionsOf({ pieces }: Whole): KnownBlock[] {
  const apart = pieces.length <= MAX_BLOCKS;
  return (apart ? pieces : chunks(pieces, 2900).map((lines) => lines.join('\n'))).map((text) => section(text));
}

function shownOf(whole: Whole): KnownBlock[] {
  const shown: KnownBlock[] = [];
  let bytes = 0;
  for (const block of sectionsOf(whole).slice(0, MAX_BLOCKS)) {
    bytes += Buffer.byteLength(JSON.stringify(block));
    if (bytes > MAX_BYTES) break;
    shown.push(block);
  }
  return shown;
}

/** Without Slack's own markup, and without what keeps Slack from seeing some where there is none. */
function readable(mrkdwn: string): string {
  return mrkdwn
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, '$2 ($1)')
    .replace(/[*`\u2060]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
