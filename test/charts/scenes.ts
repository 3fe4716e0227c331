import type { HistoryEntry, HistoryFinding, NightFinding } from '../../src/batch/finding.ts';
import { assessPhase } from '../../src/batch/night.ts';
import type { Candidate, Diagnosis, Family } from '../../src/batch/rca/cause.ts';
import type { RunRow } from '../../src/batch/run.ts';
import type { PhaseState } from '../../src/batch/state.ts';
import type { Lateness } from '../../src/batch/timing/lateness.ts';
import { type Prospect, prospectOf } from '../../src/batch/timing/prospect.ts';
import type { Caption, Chart } from '../../src/charts/chart.ts';
import { DATE, define, EVENING, earlierDates, night, type RunSketch, run } from '../batch/night-builder.ts';

export const MINUTE = 60_000;
export const ZONE = 'America/New_York';
/** Six and a half hours after the evening began. */
export const NOW = EVENING + 390 * MINUTE;

/** `sizes`: how many slices each dataset has, one dataset a step. */
export function essential(sizes: readonly number[], name = 'TB-Derivatives') {
  return define(
    sizes.map((size, step) => ({
      datasetId: `com.jpmc.ct.lri.derivatives-dataset_${step}_results`,
      slices: size === 0 ? [] : Array.from({ length: size }, (_, slice) => `DESK_${step}_${slice}`),
      sequenceOrder: step,
    })),
    name,
  );
}

/** A night of `sizes` in which every slice runs an hour, two hours after the step before; `odd` replaces runs by slice name. */
export function stateOf(
  sizes: readonly number[],
  odd: Readonly<Record<string, readonly RunSketch[]>> = {},
  now = NOW,
): PhaseState {
  const definition = essential(sizes);
  const rows: RunRow[] = definition.datasets.flatMap(({ datasetId, slices }, step) =>
    (slices.length === 0 ? [null] : slices).flatMap((slice) =>
      (odd[slice ?? `dataset_${step}`] ?? [{}]).map((sketch) =>
        run({ dataset: datasetId, slice, created: step * 120, ended: step * 120 + 60, ...sketch }),
      ),
    ),
  );
  return assessPhase(night(definition, rows, { asOf: now }), 'PRELIM');
}

export function latenessOf(parts: Partial<Lateness['parts']>, ended = true): Lateness {
  const all = { late_start: 0, queue: 0, run: 0, retry: 0, waiting: 0, ...parts };
  const totalMinutes = Object.values(all).reduce((sum, minutes) => sum + minutes, 0);
  const usualEndAt = EVENING + 300 * MINUTE;
  const endAt = usualEndAt + totalMinutes * MINUTE;
  return { endAt, ended, usualEndAt, basis: 28, totalMinutes, parts: all, path: [], slack: [] };
}

/** Four hours a night and a little more; `odd` by how many dates ago, from 0. */
export function historyOf(
  dates: number,
  state: PhaseState,
  odd: Readonly<Record<number, Partial<HistoryEntry>>> = {},
): HistoryFinding {
  const entries = earlierDates(dates).map((businessDate, back) => ({
    businessDate,
    status: 'SUCCESS' as const,
    startedAt: 1,
    endedAt: 2,
    durationS: (240 + ((back * 7) % 30)) * 60,
    failedUnits: 0,
    repairedUnits: 0,
    ...odd[back],
  }));
  const enough = dates >= 3;
  return {
    kind: 'history',
    essential: state.essential,
    businessDate: DATE,
    phase: 'PRELIM',
    state,
    other: { phase: 'FINAL', status: 'NOT_STARTED' },
    notes: [],
    gaps: [],
    datasetId: null,
    slices: [],
    entries,
    medianDurationS: enough ? 255 * 60 : null,
    usual: enough ? { p50: 255 * 60, p90: 266 * 60, p95: 268 * 60, basis: dates, calendar: 'ordinary' } : null,
    recurrences: [],
  };
}

/** A cause as far as pictures look at it. */
export function causeOf(family: Family, datasetId: string | null, slices: readonly (string | null)[]): Candidate {
  const [slice = null] = slices;
  return { family, datasetId, slice, slices, operator: null, host: null } as unknown as Candidate;
}

export function diagnosisOf(causes: readonly Candidate[]): Diagnosis {
  const outcome = causes.length === 0 ? 'nothing_wrong' : 'causes';
  return { outcome, causes: causes as Diagnosis['causes'], ruledOut: [], observations: [], gaps: [] };
}

export interface EntrySketch {
  essential: string;
  state: PhaseState;
  causes?: readonly Candidate[];
  prospect?: Partial<Prospect>;
}

/** The entries in the order given. */
export function nightOf(sketches: readonly EntrySketch[]): NightFinding {
  const entries = sketches.map(({ essential, state, causes, prospect }) => ({
    essential,
    businessDate: DATE,
    phase: state.phase,
    status: state.status,
    state: { ...state, essential },
    diagnosis: causes === undefined ? null : diagnosisOf(causes),
    prospect: { ...prospectOf(null), ...prospect },
  }));
  return { kind: 'night', entries, missing: [], businessDate: DATE, notes: [], gaps: [] };
}

/** All that a person can read in a picture's frame. */
export function wordsOf({ title, subtitle, footnote }: Caption): string {
  return [title, subtitle, footnote].join(' ').replaceAll('\u00a0', ' ');
}

/** What stands in the text elements of an SVG, entities resolved. */
export function textsIn(svg: string): string[] {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    (text ?? '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '').replaceAll('\u00a0', ' '),
  );
}

export function present<T extends Chart>(chart: T | null): T {
  if (chart === null) throw new Error('there is no picture');
  return chart;
}
