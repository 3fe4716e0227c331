import type { Entity, Truth } from './truth.ts';

export interface Mention {
  entity: Entity;
  /** Where its placeholder stands in the masked text. */
  start: number;
  end: number;
}

/** Known names replaced by placeholders of the same shape everywhere, longest first, so that no name is read inside another. */
export function maskNames(text: string, truth: Truth): { masked: string; entities: Entity[] } {
  const entities: Entity[] = [];
  const named = truth.entities
    .flatMap((entity) => entity.names.map((name) => ({ entity, name })))
    .sort((a, b) => b.name.length - a.name.length);
  let masked = text;
  for (const { entity, name } of named) {
    const pattern = new RegExp(`(?<![\\w⟦.-])${escapePattern(name)}(?![\\w⟧]|[.-]\\w)`, 'gi');
    masked = masked.replace(pattern, () => {
      let index = entities.indexOf(entity);
      if (index === -1) index = entities.push(entity) - 1;
      return placeholder(index);
    });
  }
  return { masked, entities };
}

// Letters instead of digits: the numbers of a sentence are checked on the masked text.
function placeholder(index: number): string {
  return `⟦${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}⟧`;
}

export function mentionsIn(masked: string, entities: readonly Entity[]): Mention[] {
  return [...masked.matchAll(/⟦([a-j]+)⟧/g)].flatMap((match) => {
    const index = Number([...(match[1] ?? 'a')].map((letter) => 'abcdefghij'.indexOf(letter)).join(''));
    const entity = entities[index];
    return entity ? [{ entity, start: match.index, end: match.index + match[0].length }] : [];
  });
}

const STARTERS =
  /^(the|a|an|it|its|this|that|these|those|there|all|no|none|nothing|only|both|every|each|everything|in|on|at|for|from|after|before|by|with|of|as|step|steps|slice|slices|dataset|datasets|run|runs|task|tasks|batch|batches|attempt|attempts|first|last|later|earlier|currently|now|so|and|but|however|still|also|another|meanwhile|overall|history|progress|failures?|one|not|other|others|its|their|status|business|within|during|until|while|once|here|downstream|upstream|prelim|final|last|started|ended|finished|waiting|running|queued|remaining|two|three|four|five|six|seven|eight|nine|ten)$/i;
const CAPITALS =
  /^(UTC|SRE|SENTRY|DAG|ID|PRELIM|FINAL|MANUAL|OK|Airflow|Lenz|SUCCESS|FAILED|PARTIAL_FAILURE|CANCELLED|RUNNING|QUEUED|UNKNOWN|WAITING|NOT_STARTED|Prelim|Final|upstream_failed|up_for_retry)$/;

/** Whatever looks like a name, once the known names are masked: it must be made of words that the findings hold. */
export function checkNames(masked: string, truth: Truth): boolean {
  const tokens = [...masked.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}_./-]*[\p{L}\p{N}_]|[\p{L}\p{N}_]/gu)].map((match) => ({
    text: match[0],
    first: masked.slice(0, match.index).replace(/[^\p{L}\p{N}⟦]/gu, '') === '',
  }));
  return tokens.every(({ text, first }) => {
    if (masked.includes(`⟦${text}⟧`) || /^\d+(\/\d+)?$/.test(text) || CAPITALS.test(text)) return true;
    if (known(text, truth)) return true;
    if (/_/.test(text) || /\d/.test(text) || /[./]/.test(text) || /\p{Lu}.*\p{Lu}/u.test(text)) return false;
    if (!/^\p{Lu}/u.test(text)) return true;
    return first && STARTERS.test(text);
  });
}

function known(token: string, truth: Truth): boolean {
  return /^[\p{L}\p{N}]+$/u.test(token) && truth.words.has(token.toLowerCase());
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
