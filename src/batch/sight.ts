import { SentryError } from '../errors.ts';
import type { EssentialNames } from './essential-names.ts';
import type { DefinitionSource } from './ports.ts';

/** Which essentials a question may be about: what whoever asks may see, where it is asked. */
export interface Sight {
  allows(essential: string): boolean;
  /** Why an essential is not in sight and whom to ask: plain sentences for the person. */
  denial(essential: string): string;
}

/** The definitions in sight. Nothing of the others enters the question: they are counted as withheld, and never named. */
export function definitionsInSight(source: DefinitionSource, sight: Sight): DefinitionSource {
  return {
    names: () => source.names().filter((name) => sight.allows(name)),
    async get(name) {
      if (sight.allows(name)) return source.get(name);
      throw new SentryError('NOT_OPEN', sight.denial(name), { remedy: 'Ask about another batch, or elsewhere.' });
    },
    async all() {
      const { definitions, missing, withheld = 0 } = await source.all();
      const open = definitions.filter(({ name }) => sight.allows(name));
      const openMissing = missing.filter(({ name }) => sight.allows(name));
      const left = definitions.length + missing.length - open.length - openMissing.length;
      return { definitions: open, missing: openMissing, withheld: withheld + left };
    },
  };
}

/** The names in sight, for lists and choices. A name that was said is still found, so that it can be denied by name. */
export function namesInSight(names: EssentialNames, sight: Sight): EssentialNames {
  return {
    get all() {
      return names.all.filter((name) => sight.allows(name));
    },
    find: (text) =>
      names.find(text).map((match) => {
        if (match.kind !== 'ambiguous') return match;
        const candidates = match.candidates.filter((name) => sight.allows(name));
        return candidates.length === 0 ? match : { ...match, candidates };
      }),
    spoken: (essential) => names.spoken(essential),
  };
}

/** What is said where essentials are left out; empty where none is. */
export function withheldNote(withheld: number | undefined): string[] {
  if (!withheld) return [];
  return withheld === 1
    ? ['1 more batch is left out: it is not open here.']
    : [`${withheld} more batches are left out: they are not open here.`];
}

/** The gap that essentials out of sight leave in what is said of one that shares slices with others. */
export function withheldGap(withheld: number | undefined): string[] {
  return withheldNote(withheld).map((note) => `${note} Whether they hold up a shared slice is not told.`);
}
