import type { Instant } from '../../batch/instant.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type DatasetState, type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { clock, spell } from '../local-time.ts';
import { plainName, plural } from '../plain-text.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';
import { attemptBars, type Bar, mergedBars } from './bars.ts';
import { type Folded, fold, type ShownDataset } from './fold.ts';

/** One row of the timeline. */
export interface Lane {
  /** `dataset`, a slice below it, or everything that was folded. */
  kind: 'dataset' | 'unit' | 'folded';
  /** Rank of the step from 1, on its first lane; null on the others. */
  step: number | null;
  label: string;
  look: Look;
  bars: readonly Bar[];
  /** What to read beside the last bar; may be empty. */
  note: string;
}

const MOST_LABEL = 60;

/** The rows of a night from its first step to its last, at most `MOST_LANES`, one for all that was folded among them. */
export function lanesOf(state: PhaseState, now: Instant, zone: string): Lane[] {
  const folded = fold(state, now);
  const lanes = folded.shown.flatMap(({ dataset, units }, index): Lane[] => [
    {
      ...datasetLane(dataset, units, now, zone),
      step: folded.shown[index - 1]?.dataset.step === dataset.step ? null : dataset.step,
    },
    ...units.map((unit) => unitLane(unit, now, zone)),
  ]);
  return [...lanes, ...foldedLane(folded, now)];
}

export function lookOf(unit: UnitState): Look {
  return unit.stuck ? 'STUCK' : unit.status;
}

function datasetLane(
  dataset: DatasetState,
  shown: ShownDataset['units'],
  now: Instant,
  zone: string,
): Omit<Lane, 'step'> {
  const label = plainName(shortDatasetName(dataset.datasetId) || dataset.datasetId, MOST_LABEL);
  const [only] = dataset.units;
  if (only !== undefined && dataset.units.length === 1) return { ...unitLane(only, now, zone), kind: 'dataset', label };
  const look = dataset.units.some((unit) => unit.stuck) ? 'STUCK' : dataset.status;
  const alike = dataset.units.every((unit) => lookOf(unit) === look);
  const done = dataset.units.filter((unit) => unit.status === 'SUCCESS').length;
  return {
    kind: 'dataset',
    label,
    look,
    // Where the odd slices have lanes of their own, the rest is what went on beside them.
    bars: mergedBars(dataset.units, now, alike || shown.length === 0 ? look : null),
    note: alike
      ? dataset.units.every(neverRan)
        ? STATUS_STYLES[look].word
        : ''
      : `${done} of ${dataset.units.length} done`,
  };
}

function unitLane(unit: UnitState, now: Instant, zone: string): Lane {
  const look = lookOf(unit);
  const label = plainName(unit.slice ?? shortDatasetName(unit.datasetId), MOST_LABEL);
  return { kind: 'unit', step: null, label, look, bars: attemptBars(unit, now), note: noteOf(unit, now, zone) };
}

function noteOf(unit: UnitState, now: Instant, zone: string): string {
  const { decisive } = unit;
  const word = STATUS_STYLES[lookOf(unit)].word;
  if (decisive === null) return word;
  if (unit.stuck)
    return decisive.heartbeatAt === null ? 'stuck' : `stuck, last seen ${clock(decisive.heartbeatAt, zone)}`;
  if (unit.status === 'RUNNING') return `${spell(now - decisive.startedAt)} so far`;
  if (unit.status === 'SUCCESS') return unit.repaired ? `repaired ${clock(decisive.endedAt ?? now, zone)}` : '';
  const tries = unit.attemptCount > 1 ? `, try ${unit.attemptCount}` : '';
  return decisive.endedAt === null ? word : `${word} ${clock(decisive.endedAt, zone)}${tries}`;
}

function foldedLane({ datasets, units }: Folded, now: Instant): Lane[] {
  if (datasets.length + units.length === 0) return [];
  const all = [...unitsOf({ datasets }), ...units];
  const looks = [...Map.groupBy(all, lookOf)].sort(([, a], [, b]) => b.length - a.length);
  const names = [
    datasets.length === 0 ? [] : plural(datasets.length, 'dataset'),
    units.length === 0 ? [] : plural(units.length, 'slice'),
  ].flat();
  const [first] = looks;
  return [
    {
      kind: 'folded',
      step: null,
      label: `+ ${names.join(', ')}`,
      look: first?.[0] ?? 'NOT_STARTED',
      bars: mergedBars(all, now, looks.length === 1 ? (first?.[0] ?? null) : null),
      note: looks.map(([look, those]) => `${those.length} ${STATUS_STYLES[look].word}`).join(', '),
    },
  ];
}

function neverRan(unit: UnitState): boolean {
  return unit.attempts.length === 0;
}
