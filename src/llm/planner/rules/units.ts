import { blank } from './phase.ts';

export interface SaidUnits {
  dataset: string | null;
  slice: string | null;
}

const REGION = /\b(emea|apac|amer|americas|global|regional|asia|latam|europe)\b|\b(NA|UK|US)\b/;
const WORD = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]*';
const FILLER =
  /^(the|a|an|of|in|for|which|what|how|are|is|all|any|those|these|its|failed|failing|running|stuck|other|many|and|about|show|me|status|same|every|each|red|broken|slow|did|do|has|have|were|was|it|that|them|there|my|our|list|give|with|on|at|yesterday|late|done|queued|waiting|remaining|cancelled|missing|rerun|last|night|or|but|ones?|slow(est|er)?|fast(est|er)?|long(est|er)?|short(est|er)?|worst|best|latest|first|next|fail|fails|fix|fixed|help|helped|slower|longer|than|usual|usually|normal|take|takes|took|taking|so|to|finish|end|ended|wait|waits|blocked|block|affected|this|tonight|again|before|still|now|go|went|through|work|recover|recovered|happen|happened|die|died|break|broke|run|ran|cancel|cancels|kill|killed|rerun|restart|restarted|retry|retried|skip|skipped|stop|stopped|miss|missed|trigger|triggered|someone|somebody|anyone|anybody|we|they|you|i|start|started|check|see|get|worst|bad)$/i;

/** The dataset and the word that picks slices, from a text without names, dates and phases. */
export function unitsIn(text: string): SaidUnits {
  const ids = [...text.matchAll(new RegExp(`${WORD}`, 'gu'))]
    .map(([token]) => token)
    .filter((token) => /_/.test(token) || /[a-z]\.[a-z]+\./i.test(token) || (/-/.test(token) && /slice/i.test(token)));
  const lower =
    ids.find(
      (id) => id === id.toLowerCase() && !/^upstream_failed$|^up_for_retry$|^(not_started|partial_failure)$/.test(id),
    ) ?? null;
  const upper = ids.find((id) => id !== id.toLowerCase() && !/^(PARTIAL_FAILURE|NOT_STARTED)$/.test(id)) ?? null;
  const bare = ids.reduce((rest, id) => rest.replace(id, blank), text);
  const region =
    REGION.exec(bare)?.[0] ?? new RegExp(REGION.source.split('|\\b(NA')[0] ?? '', 'i').exec(bare)?.[0] ?? null;
  const slice = upper ?? sliceWord(bare) ?? region;
  return { dataset: lower ?? datasetWord(bare, slice), slice };
}

/** "the EMEA slices", "slice EMEA". */
function sliceWord(text: string): string | null {
  const before = new RegExp(`(${WORD}) slices?\\b`, 'iu').exec(text)?.[1] ?? null;
  if (before !== null && !FILLER.test(before) && isSliceLike(before)) return before;
  const after = new RegExp(`\\bslice\\s+(${WORD})`, 'iu').exec(text)?.[1] ?? null;
  return after !== null && !FILLER.test(after) ? after : null;
}

/** "intercompany slices" names a dataset, "EMEA slices" a slice word: a word of capitals, a region, or something short. */
function isSliceLike(word: string): boolean {
  return word === word.toUpperCase() || new RegExp(REGION.source, 'i').test(word) || word.length <= 4;
}

/** "slices of intercompany", "intercompany slices", "dataset intercompany", "the intercompany dataset". */
function datasetWord(text: string, slice: string | null): string | null {
  const patterns = [
    `\\b(?:slices?|units?|tasks?|regions?|runs?)\\s+(?:\\S+\\s+)?(?:of|in|for|from)\\s+(?:the\\s+)?(?:dataset\\s+)?(${WORD}(?:\\s+${WORD}){0,2})`,
    `\\bdataset\\s+(${WORD})`,
    // Side by side: where a name was blanked out between them, it is that name's slices.
    `(${WORD}) dataset\\b`,
    `(${WORD}) slices?\\b`,
    ...(slice === null
      ? []
      : [
          `\\b${slice.replace(/[^\p{L}\p{N}]/gu, '.')}\\s+(?:of|in|for)\\s+(?:the\\s+)?(${WORD})`,
          `\\bof\\s+(?:the\\s+)?(${WORD})`,
        ]),
  ];
  for (const pattern of patterns) {
    const words = new RegExp(pattern, 'iu').exec(text)?.[1]?.split(/\s+/) ?? [];
    const end = words.findIndex((word) => FILLER.test(word));
    const name = words.slice(0, end < 0 ? words.length : end).join(' ');
    if (name !== '' && name !== slice) return name;
  }
  return null;
}
