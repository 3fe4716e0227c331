import type { BusinessDate } from '../../src/batch/business-date.ts';
import type { DatasetDefinition, Definition } from '../../src/batch/definition.ts';
import type { NightInput } from '../../src/batch/night.ts';
import type { RunRow } from '../../src/batch/run.ts';

export const DATE = '2026-02-13';
/** The evening of the business date, when most runs of these tests happen. */
export const EVENING = Date.parse('2026-02-13T20:00:00Z');
export const MORNING = Date.parse('2026-02-14T08:00:00Z');
const MINUTE = 60_000;

let nextKey = 1;

export interface RunSketch {
  dataset?: string;
  slice?: string | null;
  date?: BusinessDate;
  /** Minutes after EVENING (or the same time of the run's own date). */
  created?: number;
  /** Minutes after EVENING at which the epoch suffix lies; as `created` when absent; null for none. */
  epoch?: number | null;
  ended?: number;
  status?: string | null;
  trigger?: string | null;
  dagRunId?: string | null;
  dagId?: string;
}

/** A row as the platform would write it. */
export function run(sketch: RunSketch = {}): RunRow {
  const { dataset = 'ds', slice = 'A', date = DATE, created = 0, ended = created + 30 } = sketch;
  const base = Date.parse(`${date}T20:00:00Z`);
  const epoch = sketch.epoch === undefined ? created : sketch.epoch;
  const dagId = sketch.dagId ?? `${dataset}_V2`;
  const parts = ['FGW', dagId, date, slice, epoch === null ? null : base + epoch * MINUTE];
  return {
    key: nextKey++,
    businessDate: date,
    datasetId: dataset,
    dagId,
    dagRunId: sketch.dagRunId === undefined ? parts.filter((part) => part !== null).join('_') : sketch.dagRunId,
    status: sketch.status === undefined ? 'SUCCESS' : sketch.status,
    createdAt: base + created * MINUTE,
    updatedAt: base + ended * MINUTE,
    triggerType: sketch.trigger === undefined ? 'ProcessTrigger' : sketch.trigger,
  };
}

export const rerun = (sketch: RunSketch = {}) => run({ trigger: 'RerunTrigger', created: 300, ...sketch });
export const manual = (sketch: RunSketch = {}) => run({ trigger: 'ManualTrigger', ...sketch });

export function define(
  datasets: readonly (Partial<DatasetDefinition> & { datasetId: string })[],
  name = 'E',
): Definition {
  return {
    name,
    datasets: datasets.map((dataset) => ({ slices: [], sequenceOrder: 0, ...dataset })),
    effectiveFrom: null,
    effectiveTo: null,
    fetchedAt: 0,
  };
}

export function night(definition: Definition, rows: readonly RunRow[], more: Partial<NightInput> = {}): NightInput {
  return { definition, others: [], businessDate: DATE, asOf: MORNING, rows, history: [], ...more };
}

/** The `n` weekdays before DATE, newest first. */
export function earlierDates(n: number): BusinessDate[] {
  const dates: BusinessDate[] = [];
  for (let at = Date.parse(DATE) - 86_400_000; dates.length < n; at -= 86_400_000) {
    const day = new Date(at).getUTCDay();
    if (day !== 0 && day !== 6) dates.push(new Date(at).toISOString().slice(0, 10));
  }
  return dates;
}
