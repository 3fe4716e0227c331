import type { Condition } from './condition.ts';
import type { Incident } from './incident.ts';

/** What to do about a phase of a watched essential. */
export type Step =
  | { do: 'nothing' }
  /** First trouble: a message of its own. */
  | { do: 'open'; told: string[] }
  /** `lines` null: the thread hears nothing, the root may change all the same. */
  | { do: 'follow'; stage: Incident['stage']; told: string[]; lines: string[] | null };

/** So many things of one minute are told one by one. */
const NAMED = 5;

/** Decides by what the thread has heard. Pure; whatever it says once it never says again. */
export function nextStep(before: Incident | null, condition: Condition): Step {
  const { troubles, retries, complete, headline } = condition;
  if (before === null)
    return troubles.length === 0 ? { do: 'nothing' } : { do: 'open', told: keysOf([...troubles, ...retries]) };
  if (before.stage === 'left') return { do: 'nothing' };
  const known = new Set(before.told);
  const unheard = <T extends { key: string }>(all: readonly T[]) => all.filter(({ key }) => !known.has(key));
  const news = [...unheard(troubles), ...unheard(retries)];
  // Only what this thread has heard to have stopped.
  const mended = unheard(condition.done).filter(({ unit }) =>
    before.told.some((key) => key.startsWith(`stopped:${unit}:`) || key.startsWith(`stuck:${unit}:`)),
  );
  const told = [...before.told, ...keysOf(news)];
  const toldAll = [...told, ...keysOf(mended)];
  if (news.length > 0) {
    const stage = unheard(troubles).length > 0 ? 'open' : before.stage;
    return { do: 'follow', stage, told, lines: linesOf(news) };
  }
  if (complete) {
    const lines = before.stage === 'over' ? null : [...linesOf(mended), `Recovered: ${headline}.`];
    return { do: 'follow', stage: 'over', told: toldAll, lines };
  }
  const stands = troubles.some(({ stopped }) => stopped) || condition.unmended;
  const stoodStill = before.told.some((key) => key.startsWith('stopped:') || key.startsWith('stuck:'));
  if (before.stage === 'open' && stoodStill && !stands)
    return {
      do: 'follow',
      stage: 'mended',
      told: toldAll,
      lines: [...linesOf(mended), `Mended, and going on: ${headline}.`],
    };
  return { do: 'follow', stage: before.stage, told, lines: null };
}

function keysOf(all: readonly { key: string }[]): string[] {
  return all.map(({ key }) => key);
}

function linesOf(said: readonly { text: string }[]): string[] {
  const texts = said.map(({ text }) => text);
  const rest = texts.length - NAMED;
  return rest > 0 ? [...texts.slice(0, NAMED), `And ${rest} more.`] : texts;
}
