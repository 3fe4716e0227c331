import type { Clarification, Refusal, TasksFinding } from '../finding.ts';
import type { About, Desk, UnitReference } from './desk.ts';

/**
 * The tasks of the runs meant: of the units referred to, else of those that failed or are stuck, else of those running.
 * At most 6 runs, the earliest failure first.
 */
export async function inquireTasks(
  _desk: Desk,
  _about: About,
  _reference: UnitReference,
): Promise<TasksFinding | Refusal | Clarification> {
  throw new Error('not yet');
}
