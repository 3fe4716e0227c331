import type { BusinessDate } from '../business-date.ts';
import { type Instant, SECOND } from '../instant.ts';
import type { Phase } from '../run.ts';
import type { EssentialStatus, PhaseState, UnitStatus } from '../state.ts';
import { comparedUnits, type NamedUnit, type NightInTime } from './compared-unit.ts';
import { compareDifferences, differencesOf } from './differences.ts';

/** One of the two nights that are compared. */
export interface ComparedNight {
  businessDate: BusinessDate;
  phase: Phase;
  status: EssentialStatus;
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** Seconds from first start to last end; null while open. */
  durationS: number | null;
}

/** A unit on one side. Null fields where it did not run. */
export interface ComparedUnit {
  status: UnitStatus;
  startedAt: Instant | null;
  /** Minutes after the phase began. */
  startedAfterMin: number | null;
  durationS: number | null;
  attempts: number;
  /** Rank from 1 in which the units of its step finished. */
  finished: number | null;
}

export interface UnitDifference {
  datasetId: string;
  slice: string | null;
  /** What differs, the weightiest first. */
  what: readonly ('status' | 'presence' | 'start' | 'duration' | 'attempts' | 'order')[];
  before: ComparedUnit | null;
  after: ComparedUnit | null;
}

/** Two business dates, or two phases, of one essential, unit by unit. */
export interface Comparison {
  before: ComparedNight;
  after: ComparedNight;
  /** The weightiest first; what is alike is left out. */
  differences: readonly UnitDifference[];
  /** Units that are alike on both sides. */
  alike: number;
}

/** What differs between two nights, or two phases, of one essential. The other way round, the same differences come mirrored. */
export function compareNights(before: NightInTime, after: NightInTime): Comparison {
  const [one, two] = [comparedUnits(before), comparedUnits(after)];
  const units = [...new Set([...one.keys(), ...two.keys()])].map((key): UnitDifference => {
    const [left, right] = [one.get(key) ?? null, two.get(key) ?? null];
    const { datasetId, slice } = (left ?? right) as NamedUnit;
    const sides = { before: left?.unit ?? null, after: right?.unit ?? null };
    return { datasetId, slice, what: differencesOf(sides), ...sides };
  });
  const differences = units.filter((unit) => unit.what.length > 0).sort(compareDifferences);
  return {
    before: nightOf(before.state),
    after: nightOf(after.state),
    differences,
    alike: units.length - differences.length,
  };
}

function nightOf({ businessDate, phase, status, startedAt, endedAt }: PhaseState): ComparedNight {
  const durationS = startedAt === null || endedAt === null ? null : Math.round((endedAt - startedAt) / SECOND);
  return { businessDate, phase, status, startedAt, endedAt, durationS };
}
