import type { Attempt } from '../../state.ts';
import { candidateOf, keysOf } from '../candidate.ts';
import { runEvidence } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { suspectsOf } from '../suspects.ts';

/** Every attempt of a unit was cancelled. A cancelled duplicate beside anything else is no cause: the unit's state says so. */
export const cancelled: Rule = {
  family: 'cancelled',
  judge: (scene) => ({
    candidates: suspectsOf(scene)
      .filter(({ unit }) => unit.status === 'CANCELLED')
      .map((suspect) =>
        candidateOf({
          ...keysOf(suspect),
          family: 'cancelled',
          at: Math.min(...suspect.unit.attempts.map(cancelledAt)),
          evidence: suspect.unit.attempts.map(runEvidence),
        }),
      ),
    ruledOut: 'No unit that counts has only cancelled attempts.',
    gaps: [],
  }),
};

function cancelledAt({ endedAt, startedAt }: Attempt): number {
  return endedAt ?? startedAt;
}
