import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';
import { createRandom, type Random } from '../../../src/playground/world/random.ts';
import type { WorldTables } from '../../../src/playground/world/tables.ts';
import { micros, seconds } from '../../../src/playground/world/timestamp.ts';
import { HOSTILE } from './hostile.ts';

const DATES = ['2026-10-26', '2026-10-27', '2026-10-28', '2026-10-29', '2026-10-30'] as const;
const TONIGHT = '2026-10-30';
const NOW = Date.parse('2026-10-31T08:00:00Z');
const MINUTE = 60_000;
const TASKS = ['start', 'enrich_rows', 'snowflake-export-rows'] as const;

interface Shape {
  essentials: number;
  datasets: number;
  slices: number;
}

/** One essential as large as they come beside small ones, or as many as a page can hold. */
const SHAPES: Readonly<Record<string, Shape>> = {
  wide: { essentials: 1, datasets: 40, slices: 60 },
  many: { essentials: 60, datasets: 2, slices: 2 },
  tall: { essentials: 3, datasets: 60, slices: 4 },
};

/** How a unit ended; `silent`: it runs without a sign of life. */
type End = 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING' | 'silent' | 'QUEUED' | 'odd' | 'absent';
const MOODS: readonly (readonly End[])[] = [
  ['FAILED'],
  ['SUCCESS'],
  ['silent', 'silent', 'RUNNING'],
  ['SUCCESS', 'SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', 'silent', 'QUEUED', 'odd', 'absent'],
  ['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILED', 'absent'],
];

interface Unit {
  datasetId: string;
  dag: string;
  slice: string;
  step: number;
}

/**
 * A night at the edge of what is shown: up to 2,400 slices or 60 essentials, long names, hostile texts, and a mood that decides
 * how runs end. Nothing is true of it: it is for what is drawn, not for what is found out.
 */
export function largeNight(seed: string): GeneratedNight {
  const random = createRandom(seed, 'a large night');
  const shape = SHAPES[random.pick(Object.keys(SHAPES))] as Shape;
  const mood = random.pick(MOODS);
  const essentials = Array.from({ length: shape.essentials }, (_, n) => `LIQUIDITY-COVERAGE-CONTINGENCY-${n}`);
  const members = new Map(essentials.map((name, n) => [name, unitsOf(n, shape, random)]));
  const tables: WorldTables = { WORKFLOW_RUN_INSTANCE: [], task_instance: [], dag_run: [] };
  for (const unit of [...members.values()].flat())
    for (const date of DATES) addRun(tables, unit, date, date === TONIGHT ? random.pick(mood) : 'SUCCESS', random);
  return {
    ...{ seed, kind: 'single', families: [], zone: 'America/New_York', now: NOW, essential: random.pick(essentials) },
    ...{ businessDate: TONIGHT, phase: 'PRELIM', tables },
    definitions: Object.fromEntries([...members].map(([name, units]) => [name, documentOf(name, units)])),
    truth: { causes: [], withheld: null, startedAt: null, endedAt: null, herrings: [], repaired: [] },
  };
}

function unitsOf(essential: number, { datasets, slices }: Shape, random: Random): Unit[] {
  const tail = '_with_a_name_that_goes_on'.repeat(random.whole(0, 4));
  return Array.from({ length: datasets }, (_, n): Unit[] => {
    const dag = `large_${essential}_${n}${tail}`;
    return Array.from({ length: slices }, (_, s) => ({
      ...{ datasetId: `com.jpmc.ct.lri.derivatives-${dag}_e15`, dag, step: Math.floor((n * 6) / datasets) },
      slice: `SLICE_${s}_${'EMEA-NA-APAC_'.repeat(1 + (s % 7))}AGG`,
    }));
  }).flat();
}

function documentOf(name: string, units: readonly Unit[]): unknown {
  const datasets = [...Map.groupBy(units, ({ datasetId }) => datasetId)].map(([datasetId, own]) => {
    return { datasetId, sequenceOrder: own[0]?.step ?? 0, sliceGroups: { slices: own.map(({ slice }) => slice) } };
  });
  return { GLOBAL: { [name]: { schemaJson: { datasets } } } };
}

function addRun(tables: WorldTables, unit: Unit, date: string, end: End, random: Random): void {
  if (end === 'absent') return;
  const { datasetId, dag, slice, step } = unit;
  const from = Date.parse(`${date}T22:00:00Z`) + (step * 80 + random.whole(0, 20)) * MINUTE;
  const runs = end === 'RUNNING' || end === 'silent' || end === 'QUEUED';
  const to = end === 'silent' ? from + MINUTE : runs ? NOW - MINUTE : from + random.whole(40, 70) * MINUTE;
  const runId = `FGW_${dag}_V2_${date}_${slice}_${from}`;
  const key = tables.WORKFLOW_RUN_INSTANCE.length + 1;
  const status = end === 'silent' ? 'RUNNING' : end === 'odd' ? null : end;
  tables.WORKFLOW_RUN_INSTANCE.push({
    ...{ WORKFLOW_RUN_INSTANCE_KEY: key, WORKFLOW_KEY: step, WORKFLOW_ID: dag, DAG_ID: `${dag}_V2`, DAG_RUN_ID: runId },
    ...{ STATUS: status, STATUS_DETAIL: HOSTILE[key % HOSTILE.length] ?? null, BUSINESS_DATE: date },
    ...{ CREATED_DATE: seconds(from), UPDATED_DATE: seconds(to), OUTPUT_DATASET_ID: datasetId },
    ...{ MODEL_BUSINESS_DATE: null, MODEL_AS_OF_DATE: null, DATA_PROCESSOR_ID: null, OUTPUT_BUSINESS_DATE_RULE: null },
    ...{ TRIGGER_TYPE: 'ProcessTrigger', TRIGGER_VALUE: null },
    ...{ OUTPUT_DATASET_EFFECTIVE_DATE: null, OUTPUT_DATASET_AS_OF_DATE: null },
  });
  const share = (to - from) / TASKS.length;
  for (const [index, name] of TASKS.entries()) {
    const state =
      end === 'FAILED' && index > 0 ? (index === 1 ? 'failed' : 'upstream_failed') : runs ? 'running' : 'success';
    tables.task_instance.push({
      ...{ task_id: `${name}_${datasetId}`, dag_id: `${dag}_V2`, run_id: runId, map_index: -1, state, try_number: 1 },
      ...{ start_date: micros(from + index * share), end_date: runs ? null : micros(from + (index + 1) * share) },
      ...{
        duration: runs ? null : share / 1000,
        max_tries: 2,
        hostname: `pod-${key % 30}`,
        pool: 'default_pool',
        queue: null,
      },
      ...{ priority_weight: 1, operator: HOSTILE[index] ?? null, queued_dttm: micros(from), updated_at: micros(to) },
      task_display_name: null,
    });
  }
}
