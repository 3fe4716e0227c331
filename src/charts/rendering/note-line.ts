import { fitted } from '../fitting.ts';
import { textWidth } from '../text-width.ts';
import { FAINT_INK, TEXT_SIZE, WIDTH } from './look.ts';
import { type Shape, words } from './shapes.ts';

const SIZE = TEXT_SIZE - 1;

/** One line of as many notes as there is room for, the first one in any case: half of one would say nothing. */
export function noteLine(notes: readonly string[], left: number, y: number): Shape[] {
  const [first, ...rest] = notes;
  if (first === undefined) return [];
  const room = WIDTH - 8 - left;
  const text = rest.reduce(
    (said, note) => {
      const longer = `${said} · ${note}`;
      return textWidth(longer, SIZE) <= room ? longer : said;
    },
    fitted(first, SIZE, room, 'end'),
  );
  return [words(text, left, y, { size: SIZE, fill: FAINT_INK, halo: true })];
}
