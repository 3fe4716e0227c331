import { type Mention, mentionsIn } from './names.ts';
import { type StatusClass, type StatusWord, statusWordsIn } from './status-words.ts';
import type { Entity, Truth } from './truth.ts';

const NEGATION = /\b(no|not|never|none|nothing|neither|nor|without|nobody|cannot|hardly)\b|n['’]t\b/i;
const UNIVERSAL = /\b(all|every|everything|both|each|entire|whole|everywhere)\b/i;
const CONTAINER = /\b(of|in|for|from|within|under|inside|on|at)\s+(?:the\s+|dataset\s+|batch\s+|slice\s+)?$/i;
const WAITED_FOR =
  /\b(?:waits?|waiting|waited|blocked|held up|pending|behind|held)\s+(?:for|by|on|behind)?\s*(?:the\s+)?$/i;
const COUNTED =
  /\d+\s+(?:of\s+(?:the\s+|its\s+)?\d+\s+)?(?:slices?|units?|datasets?|tasks?|runs?|batch(?:es)?|essentials?)\s+(?:(?:is|are|was|were|have|has)\s+)?$/i;
const NOUN_AFTER =
  /^\s+(?:prelim |final )?(slices?|units?|datasets?|runs?|tasks?|attempts?|steps?|batch(?:es)?|essentials?)\b/i;

/** Each clause of a sentence: what it names must have the status that it gives it. */
export function claimsHold(masked: string, entities: readonly Entity[], truth: Truth): boolean {
  const clauses = masked
    .split(/;|,? but |,? while |,? whereas |,? although |,? though |, and (?=[^,]*⟦)/i)
    .flatMap(atColon);
  return clauses.every((clause) => clauseHolds(clause, mentionsIn(clause, entities), truth));
}

/** "X is waiting: 2 slices failed" says two things; "X: 2 slices failed" says one. */
function atColon(clause: string): string[] {
  const [head = '', ...rest] = clause.split(/:\s/);
  return rest.length > 0 && statusWordsIn(head).length > 0 ? [head, rest.join(': ')] : [clause];
}

function clauseHolds(clause: string, mentions: readonly Mention[], truth: Truth): boolean {
  // "3 of 7 slices done" is a count, which is checked as one; it says nothing of what else is named.
  const words = statusWordsIn(clause).filter((word) => !COUNTED.test(clause.slice(0, word.start)));
  if (words.length === 0) return true;
  const phases = [...clause.matchAll(/\b(prelim|final)\b/gi)].map((match) => (match[1] ?? '').toUpperCase());
  const holders = [...mentions.filter((mention) => mention.entity.kind !== 'other'), ...unnamedIn(clause, truth)].sort(
    (a, b) => a.start - b.start,
  );
  for (const word of words) {
    const negated = isNegated(clause, word);
    if (UNIVERSAL.test(clause.slice(0, word.start)) && !negated && !allHave(word.class, holders, truth)) return false;
    if (
      word.class === 'success' &&
      !negated &&
      holders.length === 0 &&
      phases.length === 0 &&
      !isCounted(clause, word) &&
      !everyEssential('success', truth)
    )
      return false;
    if (!existenceHolds(word.class, negated, holders, phases.length > 0, truth)) return false;
  }
  if (phases.length > 0 && holders.every((mention) => mention.entity.kind === 'essential'))
    return phasesHold(clause, words, phases, holders, truth);
  return holders.every((mention) => mentionHolds(clause, mention, words));
}

/** Steps by their number, "the batch", and slices meant by a part of their name ("the EMEA slices"). */
function unnamedIn(clause: string, truth: Truth): Mention[] {
  const found: Mention[] = [];
  const add = (entities: readonly Entity[], match: RegExpMatchArray) => {
    for (const entity of entities)
      found.push({ entity, start: match.index ?? 0, end: (match.index ?? 0) + match[0].length });
  };
  for (const match of clause.matchAll(/\bstep (\d+)(?: of \d+)?/gi))
    add(truth.steps.get(Number(match[1])) ?? [], match);
  for (const match of clause.matchAll(/\b(?:the|this) (?:batch|essential)\b/gi))
    add(
      truth.entities.filter((entity) => entity.kind === 'essential'),
      match,
    );
  for (const match of clause.matchAll(
    /(?<![\w⟦])(\p{Lu}[\p{Lu}\d]+)\s+(?:slices?|units?)\b|\b(?:slices?|units?) (?:of|in|for) (\p{Lu}[\p{Lu}\d]+)\b/gu,
  )) {
    const word = (match[1] ?? match[2] ?? '').toLowerCase();
    add(
      truth.entities.filter(
        (entity) =>
          entity.kind === 'slice' &&
          entity.names.some((name) =>
            name
              .toLowerCase()
              .split(/[^a-z0-9]+/)
              .includes(word),
          ),
      ),
      match,
    );
  }
  return found;
}

/** "3 slices are done": judged as a count. "The failed slices": said of some. */
function isCounted(clause: string, word: StatusWord): boolean {
  return /\d/.test(clause.slice(0, word.start)) || NOUN_AFTER.test(clause.slice(word.end));
}

function everyEssential(status: StatusClass, truth: Truth): boolean {
  const essentials = truth.entities.filter((entity) => entity.kind === 'essential');
  return essentials.length > 0 && essentials.every((entity) => entity.own.has(status));
}

/** The word that says how a thing is: the first one after it, else the last one before it. */
function mentionHolds(clause: string, mention: Mention, words: readonly StatusWord[]): boolean {
  const before = clause.slice(0, mention.start);
  if (WAITED_FOR.test(before)) return true;
  const governing =
    words.find((word) => word.start >= mention.end) ?? words.findLast((word) => word.end <= mention.start);
  if (governing === undefined) return true;
  const attributive = NOUN_AFTER.test(clause.slice(governing.end));
  const contains =
    CONTAINER.test(before) ||
    clause.slice(mention.end).trimStart().startsWith(':') ||
    attributive ||
    / has | have | with /i.test(clause.slice(mention.end, governing.start));
  const { own, within, kind } = mention.entity;
  const has =
    own.has(governing.class) ||
    (contains && within.has(governing.class)) ||
    (kind === 'slice' && isPast(clause) && within.has(governing.class));
  return isNegated(clause, governing) ? !own.has(governing.class) && !(contains && within.has(governing.class)) : has;
}

function isPast(clause: string): boolean {
  return /\b(earlier|before|first|previous(ly)?|attempt|then|later)\b/i.test(clause);
}

/** With a phase named, the status must be the one of that phase. */
function phasesHold(
  clause: string,
  words: readonly StatusWord[],
  phases: readonly string[],
  holders: readonly Mention[],
  truth: Truth,
): boolean {
  const essentials =
    holders.length > 0
      ? holders.map((mention) => mention.entity)
      : truth.entities.filter((entity) => entity.kind === 'essential');
  return words.every((word) => {
    const attributive =
      NOUN_AFTER.test(clause.slice(word.end)) ||
      /\b(slices?|units?|datasets?|tasks?|runs?)\b/i.test(clause.slice(0, word.start));
    return essentials.some((essential) =>
      phases.some((phase) => {
        const known = essential.phases.get(phase);
        if (known === undefined) return false;
        const has = known.has(word.class) || (attributive && essential.within.has(word.class));
        return isNegated(clause, word) ? !has : has;
      }),
    );
  });
}

function existenceHolds(
  status: StatusClass,
  negated: boolean,
  holders: readonly Mention[],
  ofPhase: boolean,
  truth: Truth,
): boolean {
  const meant = holders.length > 0 ? holders.map((mention) => mention.entity) : truth.entities;
  const exists = meant.some(
    (entity) =>
      entity.own.has(status) ||
      entity.within.has(status) ||
      // "It did not start" is not said of the phase that nobody asked about.
      ((ofPhase || holders.length > 0) && [...entity.phases.values()].some((known) => known.has(status))),
  );
  if (!negated) return exists;
  // "No slice failed" beside a named thing is judged with that thing; without one, nothing at all may have that status.
  return holders.length > 0 || !truth.entities.some((entity) => entity.own.has(status) || entity.within.has(status));
}

/** "All of X is done": every part of what is named, or every unit there is. */
function allHave(status: StatusClass, holders: readonly Mention[], truth: Truth): boolean {
  const groups = holders.map((mention) => mention.entity).filter((entity) => entity.parts.length > 0);
  const meant = groups.length > 0 ? groups : truth.entities.filter((entity) => entity.kind === 'essential');
  const named = holders.filter((mention) => mention.entity.parts.length === 0);
  return (
    meant.every((entity) =>
      groups.length === 0 && named.length > 0
        ? true
        : entity.parts.length > 0 && entity.parts.every((part) => part === status),
    ) && named.every((mention) => mention.entity.own.has(status))
  );
}

function isNegated(clause: string, word: StatusWord): boolean {
  const before = clause.slice(0, word.start).split(/[,:]/).at(-1) ?? '';
  return NEGATION.test(before.split(/\s+/).slice(-6).join(' '));
}
