import { assessPhase } from '../../../src/batch/night.ts';
import type { DagRunRow, RunRow } from '../../../src/batch/run.ts';
import type { PhaseState } from '../../../src/batch/state.ts';
import { parseDefinition } from '../../../src/lenz/response.ts';
import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';

export const instant = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
const instantOrNull = (text: string | null) => (text === null ? null : instant(text));

/** What the domain says of a night at its clock. */
export function stateOf(night: GeneratedNight): PhaseState {
  const definitions = Object.entries(night.definitions).map(([name, document]) => parseDefinition(document, name, 0));
  const definition = definitions.find((each) => each.name === night.essential);
  if (!definition) throw new Error(`No definition of ${night.essential}`);
  const rows = runRows(night);
  return assessPhase(
    {
      definition,
      others: definitions.filter((each) => each !== definition),
      businessDate: night.businessDate,
      asOf: night.now,
      rows: rows.filter((row) => row.businessDate === night.businessDate),
      history: rows.filter((row) => row.businessDate < night.businessDate),
      dagRuns: dagRunRows(night),
    },
    night.phase,
  );
}

function runRows(night: GeneratedNight): RunRow[] {
  return night.tables.WORKFLOW_RUN_INSTANCE.map((row) => ({
    key: row.WORKFLOW_RUN_INSTANCE_KEY,
    businessDate: row.BUSINESS_DATE as string,
    datasetId: row.OUTPUT_DATASET_ID as string,
    dagId: row.DAG_ID,
    dagRunId: row.DAG_RUN_ID,
    status: row.STATUS,
    createdAt: instant(row.CREATED_DATE),
    updatedAt: instant(row.UPDATED_DATE),
    triggerType: row.TRIGGER_TYPE,
  }));
}

function dagRunRows(night: GeneratedNight): DagRunRow[] {
  return night.tables.dag_run.map((row) => ({
    dagId: row.dag_id,
    runId: row.run_id,
    state: row.state,
    startedAt: instantOrNull(row.start_date),
    endedAt: instantOrNull(row.end_date),
  }));
}
