import { textWidth } from '../text-width.ts';
import { MARGIN, TEXT_SIZE, WIDTH } from './look.ts';
import { badge, type Shape, words } from './shapes.ts';

export interface LegendEntry {
  mark: string;
  colour: string;
  word: string;
}

const LEGEND_LINE = 34;

/** Badges with their words, in as many lines as it takes. */
export function legend(entries: readonly LegendEntry[], top: number): { elements: Shape[]; height: number } {
  const elements: Shape[] = [];
  let [x, line] = [MARGIN, 0];
  for (const { mark, colour, word } of entries) {
    const width = 34 + textWidth(word, TEXT_SIZE) + 22;
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, line] = [MARGIN, line + 1];
    const y = top + line * LEGEND_LINE + LEGEND_LINE / 2;
    elements.push(...badge(mark, colour, x + 13, y), words(word, x + 34, y));
    x += width;
  }
  return { elements, height: entries.length === 0 ? 0 : (line + 1) * LEGEND_LINE };
}
