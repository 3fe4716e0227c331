/**
 * Holds the product to the oracle, line by line, so that a difference can be read.
 */
import type { NightInput } from '../../../src/batch/night.ts';
import type { Phase, RunRow } from '../../../src/batch/run.ts';
import type { PhaseState } from '../../../src/batch/state.ts';
import type { OracleState } from './oracle.ts';
import { effectiveStart, statusAtClock } from './reading.ts';

type Assess = (input: NightInput, phase: Phase) => PhaseState | OracleState;

function unitLine(unit: OracleState['datasets'][number]['units'][number]): string {
  const name = `${unit.slice ?? '(unnamed)'}${unit.listed ? '' : ' (not listed)'}`;
  return `    ${name}: ${unit.status}${unit.stuck ? ' stuck' : ''}${unit.repaired ? ' repaired' : ''}, attempts ${unit.attemptCount}, run ${unit.dagRunId}`;
}

/** Lines of the product's state. Units are in no agreed order, datasets only in that of their steps. */
function linesOf(state: PhaseState | OracleState): string[] {
  const datasets = state.datasets.map((dataset) => ({
    order: dataset.sequenceOrder,
    lines: [
      `  step ${dataset.step} (order ${dataset.sequenceOrder}) ${dataset.datasetId}: ${dataset.status}`,
      ...dataset.units
        .map((unit) =>
          unitLine({ ...unit, dagRunId: 'decisive' in unit ? (unit.decisive?.dagRunId ?? null) : unit.dagRunId }),
        )
        .sort(),
    ],
  }));
  const orders = datasets.map((dataset) => dataset.order);
  const inSequence = orders.every((order, index) => index === 0 || order >= (orders[index - 1] ?? order));
  datasets.sort((a, b) => a.order - b.order || (a.lines.join() < b.lines.join() ? -1 : 1));
  const { step, of, datasetsDone, datasets: all, slicesDone, slices } = state.progress;
  return [
    `status ${state.status}`,
    `step ${step} of ${of}, datasets ${datasetsDone} of ${all}, slices ${slicesDone} of ${slices}, ${state.ran.units} ran`,
    ...(inSequence ? [] : ['  datasets are not in sequence order']),
    ...datasets.flatMap((dataset) => dataset.lines),
  ];
}

/** What an implementation makes of a night; an exception is an answer too. */
export function linesBy(assess: Assess, input: NightInput, phase: Phase): string[] {
  try {
    return linesOf(assess(input, phase));
  } catch (error) {
    return [`threw ${String(error)}`];
  }
}

function rowLine(row: RunRow, input: NightInput): string {
  const at = (instant: number) => new Date(instant).toISOString().slice(5, -1).replace('T', ' ');
  return [
    `  ${row.key} ${row.businessDate} ${row.datasetId} ${row.dagId} ${row.dagRunId}`,
    `     ${row.triggerType} ${row.status} created ${at(row.createdAt)} start ${at(effectiveStart(row, input.asOf))}`,
    ` updated ${at(row.updatedAt)} → ${statusAtClock(row, input.asOf)}`,
  ].join('\n');
}

/** A night as a person can read it. */
export function describeNight(input: NightInput, phase: Phase): string {
  const definitions = [input.definition, ...input.others].map(
    (one) =>
      `${one.name}: ${one.datasets.map((d) => `${d.sequenceOrder}. ${d.datasetId} [${d.slices.join(', ')}]`).join(' · ')}`,
  );
  return [
    `${phase} of ${input.businessDate} at ${new Date(input.asOf).toISOString()}, stuck after ${input.stuckAfterS ?? 'default'} s`,
    ...definitions,
    'rows:',
    ...input.rows.map((row) => rowLine(row, input)),
    'history:',
    ...input.history.map((row) => rowLine(row, input)),
    `airflow: ${JSON.stringify(input.dagRuns ?? [])}`,
  ].join('\n');
}
