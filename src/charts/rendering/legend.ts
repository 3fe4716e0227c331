import { textWidth } from '../text-width.ts';
import { MARGIN, TEXT_SIZE, WIDTH } from './look.ts';
import { badge, type Shape, words } from './shapes.ts';

/** Either a badge, or a sign of its own, drawn around a point and no wider than a badge. */
export type LegendEntry = { word: string } & (
  | { mark: string; colour: string }
  | { sign: (x: number, y: number) => Shape[] }
);

const LEGEND_LINE = 34;

/** Signs with their words, in as many lines as it takes. */
export function legend(entries: readonly LegendEntry[], top: number): { elements: Shape[]; height: number } {
  const elements: Shape[] = [];
  let [x, line] = [MARGIN, 0];
  for (const entry of entries) {
    const { word } = entry;
    const width = 34 + textWidth(word, TEXT_SIZE) + 22;
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, line] = [MARGIN, line + 1];
    const y = top + line * LEGEND_LINE + LEGEND_LINE / 2;
    const sign = 'sign' in entry ? entry.sign(x + 13, y) : badge(entry.mark, entry.colour, x + 13, y);
    elements.push(...sign, words(word, x + 34, y));
    x += width;
  }
  return { elements, height: entries.length === 0 ? 0 : (line + 1) * LEGEND_LINE };
}
