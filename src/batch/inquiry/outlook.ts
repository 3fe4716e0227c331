import type { Clarification, NightFinding, Refusal } from '../finding.ts';
import type { Phase } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import type { PhaseState } from '../state.ts';
import type { Prospect } from '../timing/prospect.ts';
import type { Desk } from './desk.ts';
import { lookAtNight, phasesToShow } from './night.ts';

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
  const night = await lookAtNight(desk, about.date, show);
  return night.kind === 'night' ? { kind: 'outlook', night, prospectOf: ({ prospect }) => prospect } : night;
}

function phasesToFollow(state: (phase: Phase) => PhaseState, follow: ReadonlySet<string>): PhaseState[] {
  const [prelim, final] = [state('PRELIM'), state('FINAL')];
  if (!follow.has(prelim.essential)) return [];
  return final.ran.units === 0 ? [prelim] : [prelim, final];
}
