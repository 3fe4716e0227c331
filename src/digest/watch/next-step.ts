import type { Condition } from './condition.ts';
import type { Incident } from './incident.ts';

/** What to do about a phase of a watched essential. */
export type Step =
  | { do: 'nothing' }
  /** First trouble: a message of its own. */
  | { do: 'open'; told: string[] }
  /** `lines` null: the thread hears nothing, the root may change all the same. */
  | { do: 'follow'; stage: Incident['stage']; told: string[]; lines: string[] | null };

/** So many troubles of one minute are told one by one. */
const NAMED = 5;

/** Decides by what the thread has heard. Pure; whatever it says once it never says again. */
export function nextStep(before: Incident | null, condition: Condition): Step {
  const keys = condition.troubles.map(({ key }) => key);
  if (before === null) return keys.length === 0 ? { do: 'nothing' } : { do: 'open', told: keys };
  if (before.stage === 'left') return { do: 'nothing' };
  const known = new Set(before.told);
  const news = condition.troubles.filter(({ key }) => !known.has(key));
  const told = [...before.told, ...news.map(({ key }) => key)];
  if (news.length > 0) return { do: 'follow', stage: 'open', told, lines: linesOf(news.map(({ text }) => text)) };
  if (condition.complete) {
    const lines = before.stage === 'over' ? null : [`Recovered: ${condition.headline}.`];
    return { do: 'follow', stage: 'over', told, lines };
  }
  const stands = condition.troubles.some(({ stopped }) => stopped) || condition.unmended;
  const stoodStill = before.told.some((key) => key.startsWith('stopped:') || key.startsWith('stuck:'));
  if (before.stage === 'open' && stoodStill && !stands)
    return { do: 'follow', stage: 'mended', told, lines: [`Mended, and going on: ${condition.headline}.`] };
  return { do: 'follow', stage: before.stage, told, lines: null };
}

function linesOf(texts: readonly string[]): string[] {
  const rest = texts.length - NAMED;
  return rest > 0 ? [...texts.slice(0, NAMED), `And ${rest} more.`] : [...texts];
}
