import { SECOND } from '../../src/batch/instant.ts';
import type { UsualEvidence } from '../../src/batch/rca/cause.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { runAt, taskAt } from './rows-at.ts';
import { mayBeOf, sliceOf, type TablesIndex } from './tables-index.ts';

/** Seconds: values are told in whole ones. */
const ROUNDING = 1.5;

/**
 * A comparison with history is right when its dates exist and, for a duration, when tonight's value is in the tables and the
 * usual one lies among those of earlier dates. Which dates are comparable is for the engine to judge, so the median is bounded
 * rather than repeated.
 */
export function checkUsual(evidence: UsualEvidence, night: GeneratedNight, index: TablesIndex): string | null {
  const { what, datasetId, taskId, actualS, medianS, upperS, basis } = evidence;
  const name = `the usual ${what} of ${[datasetId, evidence.slice, taskId].filter((part) => part !== null).join(' / ')}`;
  if (![actualS, medianS, upperS].every(Number.isFinite)) return `${name}: a value is not a number`;
  if (upperS < medianS) return `${name}: the upper end ${upperS} s lies below the median ${medianS} s`;
  const dates = earlierDates(evidence, night, index);
  if (basis < 1 || basis > dates) return `${name}: rests on ${basis} dates, and ${dates} are there`;
  return what === 'duration' && datasetId !== null ? checkDuration(name, evidence, night, index) : null;
}

function earlierDates({ datasetId }: UsualEvidence, night: GeneratedNight, index: TablesIndex): number {
  const rows = datasetId === null ? night.tables.WORKFLOW_RUN_INSTANCE : index.allRunsOf(datasetId);
  return new Set(rows.flatMap(({ BUSINESS_DATE: date }) => (date !== null && date < night.businessDate ? [date] : [])))
    .size;
}

function checkDuration(name: string, evidence: UsualEvidence, night: GeneratedNight, index: TablesIndex) {
  const { actualS, medianS } = evidence;
  const tonight = durations(evidence, night, index, (date) => date === night.businessDate);
  if (!tonight.some((value) => Math.abs(value - actualS) <= ROUNDING)) {
    return `${name}: ${actualS} s was told for tonight, and the tables have ${tonight.map(Math.round).join(', ') || 'none'}`;
  }
  const before = durations(evidence, night, index, (date) => date < night.businessDate);
  const [least, most] = [Math.min(...before), Math.max(...before)];
  if (before.length > 0 && medianS >= least - ROUNDING && medianS <= most + ROUNDING) return null;
  return `${name}: a median of ${medianS} s was told, and history has ${Math.round(least)} to ${Math.round(most)} s`;
}

/** Seconds that the unit's runs, or one of their tasks, took; of what is under way, until now. */
function durations(
  { datasetId, slice, taskId }: UsualEvidence,
  night: GeneratedNight,
  index: TablesIndex,
  on: (date: string) => boolean,
): number[] {
  const { now, phase } = night;
  return index.allRunsOf(datasetId ?? '').flatMap((row): number[] => {
    const date = row.BUSINESS_DATE;
    if (date === null || !on(date) || !mayBeOf(row, phase) || sliceOf(row.DAG_RUN_ID, date) !== slice) return [];
    const run = runAt(row, now);
    if (run === null) return [];
    if (taskId === null) return [((run.endedAt ?? now) - run.startedAt) / SECOND];
    return index
      .tasksOf(row.DAG_ID ?? '', row.DAG_RUN_ID ?? '')
      .filter((task) => task.task_id === taskId)
      .map((task) => taskAt(task, now))
      .flatMap(({ startedAt, endedAt }) => (startedAt === null ? [] : [((endedAt ?? now) - startedAt) / SECOND]));
  });
}
