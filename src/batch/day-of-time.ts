/** A time of day as people write it; a bare hour only after a word that wants one. */
const CLOCK =
  "(?:\\d{1,2}(?:[:.]\\d{2})?\\s*(?:[ap]\\.?m\\b\\.?|o['’]?clock)|\\d{1,2}:\\d{2}|noon|midday|midnight|(?<=\\b(?:by|before|make|hit|meet|miss|at|till|until)\\s)\\d{1,2})(?:\\s*(?:utc|gmt|z|est|edt|et|ny|new york|local)\\b)?";
const DAY = '(?:tomorrow(?:\\s+morning)?|today)';
const BY = '(?:at|by|before|till|until|,)';

const TOGETHER = new RegExp(`(?<=${CLOCK}\\s+)${DAY}\\b|\\b${DAY}(?=\\s*(?:${BY}\\s*)?${CLOCK})`, 'gi');
/** "By tomorrow", "in the morning": when something has to be done, whatever the hour. */
const ENDS_BY = /(?<=\b(?:by|before|until|till)\s+)tomorrow(?:\s+morning)?\b/gi;
const ENDS = /\b(?:will|can|could|would|should|gonna|going to)\b.*\b(?:finish|done|complete|end|ready|make it|over)\b/i;
const TOMORROW = /\btomorrow(?:\s+morning)?\b/gi;

/**
 * The text without days that belong to a time which something has to make ("6am tomorrow", "done by tomorrow"): they say when the
 * run ends, and name no business date. Places in the text keep their meaning.
 */
export function withoutDayOfTime(text: string): string {
  const untimed = text.replace(TOGETHER, masked).replace(ENDS_BY, masked);
  return ENDS.test(untimed) ? untimed.replace(TOMORROW, masked) : untimed;
}

/** A sign that no date is written with: a blank would join what stands on both sides. */
function masked(words: string): string {
  return '·'.repeat(words.length);
}
