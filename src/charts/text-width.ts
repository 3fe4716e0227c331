/** How wide a line of the shipped font is, in pixels: close enough to place labels, and rarely too narrow. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * size * (bold ? 1.12 : 1);
}

/** Shares of the size, as they are in DejaVu Sans Condensed or a little more. */
function emsOf(character: string): number {
  if (/[ \u00a0ijl,.'!:;/|IJf()[\]\\·-]/.test(character)) return 0.32;
  if (/[tr*_`zsc?]/.test(character)) return 0.46;
  if (/[mMwW@%…+#<>=~−]/.test(character)) return 0.84;
  if (/[A-Z&]/.test(character)) return 0.66;
  return 0.57;
}
