import type { Instant } from '../../batch/instant.ts';
import type { Candidate } from '../../batch/rca/cause.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type DatasetState, type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { clock, spell } from '../local-time.ts';
import { plainName, plural } from '../plain-text.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';
import { attemptBars, type Bar, mergedBars } from './bars.ts';
import { blamedBy } from './blamed.ts';
import { type Folded, fold, type ShownDataset } from './fold.ts';
import { joinIdle } from './join-idle.ts';

/** One row of the timeline. */
export interface Lane {
  /** `dataset`, a slice below it, or everything that was folded. */
  kind: 'dataset' | 'unit' | 'folded';
  /** Rank of the step from 1, on its first lane; null on the others. */
  step: number | null;
  label: string;
  look: Look;
  bars: readonly Bar[];
  /** It went wrong here. */
  cause: boolean;
  /** What to read beside the last bar; may be empty. */
  note: string;
}

const MOST_LABEL = 60;

/**
 * The rows of a night from its first step to its last, at most `MOST_LANES`, one for all that was folded among them. `causes`
 * best first: where they broke out has a lane before anything else.
 */
export function lanesOf(state: PhaseState, now: Instant, zone: string, causes: readonly Candidate[]): Lane[] {
  const blamed = blamedBy(causes);
  const folded = fold(state, now, blamed);
  const lanes = folded.shown.flatMap(({ dataset, units }, index): Lane[] => [
    {
      ...marked(datasetLane(dataset, units, now, zone), blamed.dataset(dataset)),
      step: folded.shown[index - 1]?.dataset.step === dataset.step ? null : dataset.step,
    },
    ...units.map((unit) => marked(unitLane(unit, now, zone), blamed.unit(unit))),
  ]);
  return [...joinIdle(lanes), ...foldedLane(folded, now)];
}

/** `words`: what went wrong there; null where nothing did. */
function marked<L extends Pick<Lane, 'note' | 'look' | 'cause'>>(lane: L, words: string | null): L {
  if (words === null) return lane;
  const known = lane.note.includes(words) || words.startsWith(STATUS_STYLES[lane.look].word);
  return { ...lane, cause: true, note: known ? lane.note : [words, lane.note].filter(Boolean).join(', ') };
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
    cause: false,
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
  const bars = attemptBars(unit, now);
  return { kind: 'unit', step: null, cause: false, label, look, bars, note: noteOf(unit, now, zone) };
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
      cause: false,
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
