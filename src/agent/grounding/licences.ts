import type { Family } from '../../batch/rca/cause.ts';
import { durationsIn, isDuration } from './moments.ts';
import { mentionsIn } from './names.ts';
import type { CauseClaim, Entity, Truth } from './truth.ts';

/** Words that may stand only where a finding carries exactly what they claim. */
export type Licence = (masked: string, entities: readonly Entity[], truth: Truth) => boolean;

const NEGATED = /\b(no|not|never|none|nothing|neither|nor|without|cannot|nobody|unrelated)\b|n['’]t\b/i;

const EFFECT_FIRST =
  /\b(because of|because|due to|owing to|thanks to|(?:was |were |is |are )?caused by|as a result of|results? from|resulted from|stems? from|attributed to|explained by)\b/i;
const CAUSE_FIRST =
  /\b(caused|causes|causing|led to|explains|(?:is|was) the (?:root )?(?:cause|reason|culprit)(?: of| for)?)\b/i;
const CAUSE_NAMED = /\b(?:root cause|cause|reason|culprit)(?: of [^⟦]*| for [^⟦]*)? (?:is|was)\b/i;

/** Words that say what kind of trouble it was, and the families that they are true of. */
const KINDS: readonly [RegExp, readonly Family[]][] = [
  [/\bfail/i, ['task_failure', 'retry_exhausted', 'shared_dependency', 'bad_host']],
  [/\bretr(y|ies)|\btries\b/i, ['retry_exhausted']],
  [/\b(late|later|began|started)\b/i, ['late_start']],
  [/\bqueue/i, ['queue_delay']],
  [/\b(slow|long)/i, ['slow_run', 'data_skew', 'bad_host']],
  [/\bskew|\balone\b/i, ['data_skew']],
  [/\b(stuck|hung|hanging|heartbeat|stalled|frozen)\b/i, ['stuck']],
  [/\bcancel/i, ['cancelled']],
  [/\btrigger/i, ['missed_trigger']],
  [/\b(shared|common|dependenc)/i, ['shared_dependency']],
  [/\b(hosts?|pods?|nodes?)\b/i, ['bad_host']],
];

/** "X failed because ⟦task⟧ of ⟦dataset⟧ failed": one of the causes found, and its effects on the other side. */
export const causal: Licence = (masked, entities, truth) => {
  if (truth.causes.length === 0 || NEGATED.test(masked)) return false;
  const sides = sidesOf(masked);
  if (sides === null) return false;
  const named = entitiesIn(sides.cause, entities).filter(({ kind }) => kind !== 'essential' && kind !== 'date');
  const hit = entitiesIn(sides.effect, entities).filter(({ kind }) => kind !== 'date');
  if (named.length === 0) return false;
  return truth.causes.some(
    (cause) =>
      named.every((entity) => cause.keys.has(entity)) &&
      hit.every((entity) => cause.keys.has(entity) || cause.affected.has(entity)) &&
      saysOnly(sides.cause, cause),
  );
};

function saysOnly(text: string, { family }: CauseClaim): boolean {
  return KINDS.every(([words, families]) => !words.test(text) || families.includes(family));
}

function sidesOf(masked: string): { cause: string; effect: string } | null {
  const named = CAUSE_NAMED.exec(masked);
  if (named) return { effect: masked.slice(0, named.index), cause: masked.slice(named.index + named[0].length) };
  const after = EFFECT_FIRST.exec(masked);
  if (after) return { effect: masked.slice(0, after.index), cause: masked.slice(after.index + after[0].length) };
  const before = CAUSE_FIRST.exec(masked);
  if (before) return { cause: masked.slice(0, before.index), effect: masked.slice(before.index + before[0].length) };
  return null;
}

/** "It is expected to end at 09:14 UTC": an end, at a time that was estimated, and no other. */
export const predicted: Licence = (masked, _entities, truth) => {
  if (truth.estimates.size === 0 || NEGATED.test(masked) || !/\b(end|ends|finish|finishes)\b/i.test(masked))
    return false;
  if (/\b(start|begin|fail|recover|restart|rerun)\w*\b/i.test(masked)) return false;
  const times = [...masked.matchAll(/\b(\d{1,2}):(\d{2})\b/g)].map(
    ([, hour, minute]) => `${hour?.padStart(2, '0')}:${minute}`,
  );
  return times.length > 0 && times.every((time) => truth.estimates.has(time));
};

const OVER = /\b(slower|longer|later|over|more|behind|past|beyond)\b/i;
const UNDER = /\b(faster|shorter|earlier|less|ahead|quicker)\b/i;

/** "⟦slice⟧ ran 2 h 9 min, usually 44 min": figures of one comparison, said in its direction. */
export const besideUsual: Licence = (masked, entities, truth) => {
  const said = durationsIn(masked);
  if (said.length === 0 || NEGATED.test(masked)) return false;
  const meant = entitiesIn(masked, entities).filter(({ kind }) => kind !== 'essential' && kind !== 'date');
  return truth.usual.some(({ of, actualS, usualS }) => {
    const over = actualS - usualS;
    if (OVER.test(masked) && over <= 0) return false;
    if (UNDER.test(masked) && over >= 0) return false;
    const figures = [actualS, usualS, Math.abs(over)];
    // Whose figures they are: its own, or of the phase where nothing is named.
    if (meant.length === 0 ? of.size > 0 : !meant.every((entity) => of.has(entity))) return false;
    return said.every((duration) => figures.some((figure) => isDuration(duration, figure)));
  });
};

/** "2 datasets are affected", "⟦SNU⟧ is affected too": what the blast radius of a cause holds. */
export const affected: Licence = (masked, entities, truth) => {
  if (truth.causes.length === 0 || NEGATED.test(masked)) return false;
  const meant = entitiesIn(masked, entities).filter(({ kind }) => kind !== 'date');
  const numbers = [...masked.matchAll(/\b(\d+)\b/g)].map(([number]) => Number(number));
  if (meant.length === 0 && numbers.length === 0) return false;
  return truth.causes.some(({ keys, affected: known }) => {
    const sizes = ['dataset', 'essential'].map((kind) => [...known].filter((entity) => entity.kind === kind).length);
    return (
      meant.every((entity) => keys.has(entity) || known.has(entity)) &&
      numbers.every((number) => sizes.includes(number))
    );
  });
};

function entitiesIn(text: string, entities: readonly Entity[]): Entity[] {
  return mentionsIn(text, entities).map(({ entity }) => entity);
}
