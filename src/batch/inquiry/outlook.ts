import type { Clarification, NightFinding, Refusal } from '../finding.ts';
import type { Instant } from '../instant.ts';
import type { Scene } from '../rca/scene.ts';
import type { Phase } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import type { PhaseState } from '../state.ts';
import { type Estimate, estimateEnd } from '../timing/estimate.ts';
import { type Lateness, latenessOf } from '../timing/lateness.ts';
import type { Desk } from './desk.ts';
import { lookAtNight, phasesToShow } from './night.ts';

/** What is to be expected of one phase. All null for a phase that is plainly fine. */
export interface Prospect {
  estimate: Estimate | null;
  lateness: Lateness | null;
  /** By `sentry.yml`. */
  deadline: Instant | null;
  /** In [0, 1]; null without a deadline, or where nobody can say. */
  chanceOfMissing: number | null;
}

/** A night with what is still to come of it. */
export interface NightOutlook {
  kind: 'outlook';
  night: NightFinding;
  prospectOf(entry: NightFinding['entries'][number]): Prospect;
}

/**
 * A night at the price of one look, with estimates for what is not plainly fine. `follow`: these essentials alone, and of
 * them every phase that has begun, also the one that is done by now.
 */
export async function inquireOutlook(
  desk: Desk,
  about: { date: SpokenDate | null; phase: Phase | null; follow?: ReadonlySet<string> },
): Promise<NightOutlook | Refusal | Clarification> {
  const show = (state: (phase: Phase) => PhaseState) =>
    about.follow === undefined ? phasesToShow(state, about.phase) : phasesToFollow(state, about.follow);
  const looked = await lookAtNight(desk, about.date, show);
  if (looked.kind !== 'looked') return looked;
  return {
    kind: 'outlook',
    night: looked.night,
    prospectOf: ({ state }) => prospectOf(looked.sceneOf(state)),
  };
}

function phasesToFollow(state: (phase: Phase) => PhaseState, follow: ReadonlySet<string>): PhaseState[] {
  const [prelim, final] = [state('PRELIM'), state('FINAL')];
  if (!follow.has(prelim.essential)) return [];
  return final.ran.units === 0 ? [prelim] : [prelim, final];
}

function prospectOf(scene: Scene | null): Prospect {
  if (scene === null) return { estimate: null, lateness: null, deadline: null, chanceOfMissing: null };
  const { deadline, asOf, state } = scene;
  const estimate = state.status === 'SUCCESS' ? null : estimateEnd(scene);
  return { estimate, lateness: latenessOf(scene), deadline, chanceOfMissing: chanceOf() };

  function chanceOf(): number | null {
    if (deadline === null) return null;
    if (state.status === 'SUCCESS') return state.endedAt !== null && state.endedAt > deadline ? 1 : 0;
    return deadline <= asOf ? 1 : (estimate?.chanceOfMissing(deadline) ?? null);
  }
}
