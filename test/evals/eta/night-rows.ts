import type { Definition } from '../../../src/batch/definition.ts';
import type { Instant } from '../../../src/batch/instant.ts';
import { DEFAULT_THRESHOLDS, openScene, type Scene } from '../../../src/batch/rca/scene.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import { toRunRows } from '../../../src/db/queries/run-rows.ts';
import { parseDefinition } from '../../../src/lenz/response.ts';
import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';

/** The rows of a night as the product reads them; parsed once, looked at from many clocks. */
export interface NightRows {
  night: GeneratedNight;
  definition: Definition;
  others: readonly Definition[];
  rows: readonly RunRow[];
  history: readonly RunRow[];
}

export function nightRows(night: GeneratedNight): NightRows {
  const definitions = Object.entries(night.definitions).map(([name, document]) => parseDefinition(document, name, 0));
  const definition = definitions.find(({ name }) => name === night.essential) as Definition;
  const datasetIds = new Set(definitions.flatMap(({ datasets }) => datasets.map(({ datasetId }) => datasetId)));
  const own = new Set(definition.datasets.map(({ datasetId }) => datasetId));
  const all = toRunRows(night.tables.WORKFLOW_RUN_INSTANCE, { datasetIds, from: '0000-01-01', to: night.businessDate });
  return {
    night,
    definition,
    others: definitions.filter((other) => other !== definition),
    rows: all.filter((row) => row.businessDate === night.businessDate),
    history: all.filter((row) => row.businessDate < night.businessDate && own.has(row.datasetId)),
  };
}

/** The scene of the night as it was at a clock. Airflow's tables are left out: no estimate looks at them. */
export function sceneAt({ night, definition, others, rows, history }: NightRows, asOf: Instant): Scene {
  return openScene({
    definition,
    others,
    businessDate: night.businessDate,
    phase: night.phase,
    asOf,
    rows,
    history,
    tasks: [],
    pastTasks: [],
    dagRuns: [],
    deadline: null,
    thresholds: DEFAULT_THRESHOLDS,
    unread: new Set(),
  });
}
