/**
 * Text from outside as it may be drawn: one line of what a font can show, without controls, direction overrides or broken
 * surrogates, at most `most` characters. Escaping is the drawer's own.
 */
export function plain(text: string, most: number): string {
  const bounded = text.slice(0, 4 * most + 100).toWellFormed();
  return cut(bounded.replace(/[\p{C}\p{Z}\uFFFD]+/gu, ' ').trim(), most);
}

/** Cuts in the middle: names of slices and datasets differ at both ends. */
export function plainName(text: string, most: number): string {
  const characters = [...plain(text, 4 * most)];
  if (characters.length <= most) return characters.join('');
  const head = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (most - 1 - head)).join('')}`;
}

function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** `1 slice`, `2 slices`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
