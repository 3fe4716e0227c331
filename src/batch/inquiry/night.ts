import type { Clarification, NightFinding, Refusal } from '../finding.ts';
import type { Phase } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import type { Desk } from './desk.ts';

/** All essentials of a night, worst first: "what happened last night?", "what failed?" without a batch. */
export async function inquireNight(
  _desk: Desk,
  _about: { date: SpokenDate | null; phase: Phase | null },
): Promise<NightFinding | Refusal | Clarification> {
  throw new Error('not yet');
}
