import type { Finding } from '../../batch/finding.ts';
import { unitsOf } from '../../batch/state.ts';
import type { ThreadContext } from '../question.ts';
import { needsAttention } from './units.ts';

const MAX_RUNS = 10;
const MAX_SLICES = 20;

/** What a follow-up to this finding may leave unsaid; null where nothing was resolved (the earlier context then stays). */
export function contextAfter(finding: Finding, phaseSaid: boolean): ThreadContext | null {
  switch (finding.kind) {
    case 'clarification':
    case 'refusal':
    case 'help':
      return null;
    case 'night':
      return {
        essential: null,
        businessDate: finding.businessDate,
        phase: null,
        datasetId: null,
        slices: [],
        runs: [],
        kind: 'night',
        phaseSaid: false,
        sliceSaid: null,
      };
    default: {
      const units =
        finding.kind === 'slices'
          ? finding.units
          : finding.kind === 'tasks'
            ? finding.runs.map((run) => run.unit)
            : unitsOf(finding.state).filter(needsAttention);
      const narrowed = finding.kind === 'slices' || finding.kind === 'history';
      const runs = units.flatMap((unit) =>
        unit.decisive?.dagId ? [{ dagId: unit.decisive.dagId, dagRunId: unit.decisive.dagRunId }] : [],
      );
      return {
        essential: finding.essential,
        businessDate: finding.businessDate,
        phase: finding.phase,
        datasetId: narrowed ? finding.datasetId : null,
        slices: (finding.kind === 'slices'
          ? units.flatMap((unit) => unit.slice ?? [])
          : finding.kind === 'history'
            ? [...finding.slices]
            : []
        ).slice(0, MAX_SLICES),
        runs: runs.slice(0, MAX_RUNS),
        kind: finding.kind,
        phaseSaid,
        sliceSaid: finding.kind === 'slices' ? finding.said : null,
      };
    }
  }
}
