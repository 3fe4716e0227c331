import { textWidth } from './text-width.ts';

/** How a text that is too long may be cut. */
const CUTS = ['middle', 'end', 'start'] as const;
type Cut = (typeof CUTS)[number];

/** The longest form of a text that is no wider than `most` pixels, cut in its middle unless said otherwise. */
export function fitted(text: string, size: number, most: number, cut: Cut = 'middle'): string {
  if (textWidth(text, size) <= most) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const head = { middle: Math.ceil(kept / 2), end: kept, start: 0 }[cut];
    const tail = characters.slice(characters.length - (kept - head)).join('');
    const shorter = `${characters.slice(0, head).join('')}…${kept === head ? '' : tail}`;
    if (textWidth(shorter, size) <= most) return shorter;
  }
  return '…';
}

/** The same for names that stand below each other: cut where most of them can still be told apart. */
export function fittedApart(texts: readonly string[], size: number, most: number): string[] {
  const ways = CUTS.map((cut) => texts.map((text) => fitted(text, size, most, cut)));
  return ways.reduce((best, way) => (new Set(way).size > new Set(best).size ? way : best));
}

/** Breaks at blanks into at most `lines` lines of about the same length; what does not fit the last one is cut. */
export function wrapped(text: string, size: number, most: number, lines: number): string[] {
  const widest = broken(text, size, most, lines);
  let best = widest;
  for (let width = most * 0.95; width > most / 2; width -= most * 0.05) {
    const narrower = broken(text, size, width, lines);
    if (narrower.length > widest.length || narrower.some((line) => textWidth(line, size) > width)) break;
    best = narrower;
  }
  return best.map((line) => fitted(line, size, most));
}

function broken(text: string, size: number, most: number, lines: number): string[] {
  const out: string[] = [];
  let line = '';
  const words = text.split(' ');
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= most || line === '') {
      line = longer;
      continue;
    }
    if (out.length === lines - 1) return [...out, [line, ...words.slice(index)].join(' ')];
    out.push(line);
    line = word;
  }
  return [...out, line];
}
