import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Clarification, Refusal } from '../../batch/finding.ts';
import { safeText } from '../safe-text.ts';
import { closest } from './closeness.ts';

export function unknownBatch(said: string, names: EssentialNames): Refusal {
  const near = closest(said, names.all, (name) => [name, names.spoken(name)]).slice(0, 3);
  return {
    kind: 'refusal',
    reason: 'unknown_batch',
    text: `I know no batch called “${safeText(said, 60)}”. I know ${names.all.map((name) => names.spoken(name)).join(', ')}.`,
    offers: near.map((name) => `How is ${names.spoken(name)} doing?`),
  };
}

export function badDate(said: string): Refusal {
  return {
    kind: 'refusal',
    reason: 'bad_date',
    text: `I cannot read “${safeText(said, 60)}” as a date. Say it like 2026-02-13, “Feb 13”, “friday” or “last night”.`,
    offers: ['What happened last night?'],
  };
}

/** `said` null: no batch was named at all. */
export function whichBatch(
  said: string | null,
  candidates: readonly string[],
  names: EssentialNames,
  again: (batch: string) => string,
): Clarification {
  const spoken = candidates.map((name) => names.spoken(name));
  return {
    kind: 'clarification',
    question:
      said === null
        ? 'Which batch do you mean?'
        : `“${safeText(said, 60)}” could be ${list(spoken)}. Which one do you mean?`,
    options: spoken.map((name) => ({ label: name, question: again(name) })),
  };
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
