import { attemptAt, isRewritten } from '../attempt.ts';
import type { Instant } from '../instant.ts';
import type { Phase, RunAddress, RunRow, RunStem } from '../run.ts';
import { parseRunId } from '../run-id.ts';

/** A night of more runs than this is not read whole from Airflow: of other essentials' runs only what failed. */
const ORDINARY_NIGHT = 2000;
/** Units whose replaced attempts are looked for; one statement. */
const MOST_STEMS = 300;

type Named = RunRow & { dagId: string; dagRunId: string };

/** The runs of one business date, and whose they are. */
export interface Night {
  rows: readonly RunRow[];
  asOf: Instant;
  /** Whether a dataset is one of those asked about. */
  isOwn: (datasetId: string) => boolean;
}

/**
 * Runs of the night whose tasks tell what went wrong in these phases: every one of an ordinary night; `narrow`, as on a night
 * that is larger, own ones and those that failed.
 */
export function runsWithTasks({ rows, asOf, isOwn }: Night, phases: readonly Phase[], how?: 'narrow'): RunAddress[] {
  const named = rows.filter((row): row is Named => isNamed(row) && row.createdAt <= asOf && mayBeOf(row, phases));
  if (how !== 'narrow' && named.length <= ORDINARY_NIGHT) return named.map(addressOf);
  return named.filter((row) => isOwn(row.datasetId) || attemptAt(row, asOf).status === 'FAILED').map(addressOf);
}

/** Only a manual run's phase is not told by its trigger. */
function mayBeOf({ triggerType }: RunRow, phases: readonly Phase[]): boolean {
  if (triggerType === 'ProcessTrigger') return phases.includes('PRELIM');
  return triggerType !== 'RerunTrigger' || phases.includes('FINAL');
}

/** Runs that Airflow is asked about: whether what reads RUNNING runs, and what it says of own runs that failed. */
export function runsToVerify({ rows, asOf, isOwn }: Night): RunAddress[] {
  return rows
    .filter((row): row is Named => isNamed(row) && row.createdAt <= asOf)
    .filter((row) => {
      const { status } = attemptAt(row, asOf);
      return status === 'RUNNING' || (status === 'FAILED' && isOwn(row.datasetId));
    })
    .map(addressOf);
}

/**
 * Units of which a retry overwrote an attempt: those of the night, own ones first, then own ones of earlier business dates,
 * newest first, since whether a failure repeats is told by them.
 */
export function replacedAttempts(
  { rows, asOf, isOwn }: Night,
  history: readonly RunRow[],
  phases: readonly Phase[],
): RunStem[] {
  // A retry by hand rewrites a row and its trigger: in a whole history only such rows are worth a look.
  const earlier = history
    .filter((row) => row.triggerType !== 'ProcessTrigger' && isOwn(row.datasetId) && mayBeOf(row, phases))
    .sort((a, b) => (a.businessDate < b.businessDate ? 1 : a.businessDate > b.businessDate ? -1 : 0));
  const tonight = [...rows].sort((a, b) => Number(isOwn(b.datasetId)) - Number(isOwn(a.datasetId)));
  return [...tonight, ...earlier]
    .filter((row): row is Named => isNamed(row) && row.createdAt <= asOf && isRewritten(row, asOf))
    .slice(0, MOST_STEMS)
    .map((row) => ({ dagId: row.dagId, stem: parseRunId(row.dagRunId).stem }));
}

function isNamed(row: RunRow): row is Named {
  return row.dagId !== null && row.dagRunId !== null && row.dagRunId !== '';
}

function addressOf({ dagId, dagRunId }: Named): RunAddress {
  return { dagId, runId: dagRunId };
}
