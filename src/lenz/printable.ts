/** Text from outside, fit for a sentence: one line, no control or invisible characters, bounded. */
export function printable(text: string, maxLength = 100): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : line;
}
