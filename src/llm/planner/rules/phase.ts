export type SaidPhase = 'PRELIM' | 'FINAL';

/** The phase that a question names; null when it names none, or both. */
export function phaseIn(text: string): SaidPhase | null {
  const prelim = /\b(prelims?|first (pass|phase))\b/i.test(text);
  const final = /\b(finals?|second (pass|phase))\b/i.test(text);
  if (prelim === final) return null;
  return prelim ? 'PRELIM' : 'FINAL';
}

export function withoutPhase(text: string): string {
  return text.replace(/\b(prelims?|finals?|(first|second) (pass|phase))\b/gi, blank);
}

/** Blanks of the same length: places in the text keep their meaning. */
export function blank(words: string): string {
  return ' '.repeat(words.length);
}
