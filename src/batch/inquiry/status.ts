import type { Clarification, Refusal, StatusFinding } from '../finding.ts';
import type { About, Desk } from './desk.ts';
import { openEssential } from './open-essential.ts';

/** The state of an essential: "how is derivatives doing?", "which step is it at?". */
export async function inquireStatus(
  desk: Desk,
  about: About,
  kind: StatusFinding['kind'] = 'status',
): Promise<StatusFinding | Refusal | Clarification> {
  const opened = await openEssential(desk, about, kind === 'progress' ? 'batchProgress' : 'batchStatus');
  if (opened.kind !== 'opened') return opened;
  const { essential, businessDate, phase, state, other, notes, gaps } = opened;
  return { kind, essential, businessDate, phase, state, other, notes, gaps };
}
