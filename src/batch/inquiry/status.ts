import type { Clarification, Refusal, StatusFinding } from '../finding.ts';
import type { About, Desk } from './desk.ts';

/** The state of an essential: "how is derivatives doing?", "which step is it at?". */
export async function inquireStatus(
  _desk: Desk,
  _about: About,
  _kind: StatusFinding['kind'] = 'status',
): Promise<StatusFinding | Refusal | Clarification> {
  throw new Error('not yet');
}
