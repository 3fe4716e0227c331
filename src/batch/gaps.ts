import type { BusinessDate } from './business-date.ts';
import type { Definition } from './definition.ts';
import { type Instant, isoUtc } from './instant.ts';
import type { Placement, Unit } from './placement.ts';
import type { Phase } from './run.ts';
import { shortDatasetName } from './short-dataset-name.ts';
import type { UnitState } from './state.ts';

const TRIGGERS = new Set(['ProcessTrigger', 'RerunTrigger', 'ManualTrigger']);
const NAMED = 5;

interface Observed {
  input: { definition: Definition; businessDate: BusinessDate; asOf: Instant };
  phase: Phase;
  placement: Placement;
  units: readonly UnitState[];
  absent: readonly Unit[];
}

/** What the data cannot show about a phase, as sentences. Untrusted text never enters them beyond unit names. */
export function gapsOf({ input, phase, placement, units, absent }: Observed): string[] {
  const { definition, businessDate, asOf } = input;
  const gaps: string[] = [];
  if (definition.effectiveFrom !== null && isoUtc(definition.effectiveFrom).slice(0, 10) > businessDate) {
    gaps.push(
      `The definition of ${definition.name} took effect on ${isoUtc(definition.effectiveFrom).slice(0, 10)}, after ${businessDate}: which datasets belonged to it then may have differed.`,
    );
  }
  if (definition.effectiveTo !== null && isoUtc(definition.effectiveTo).slice(0, 10) < businessDate) {
    gaps.push(
      `The definition of ${definition.name} ended on ${isoUtc(definition.effectiveTo).slice(0, 10)}, before ${businessDate}: which datasets belonged to it then may have differed.`,
    );
  }
  if (placement.unattributed.length > 0) {
    gaps.push(
      `${count(placement.unattributed.length, 'run')} of its datasets carry no run id and could not be attributed to a slice.`,
    );
  }
  const untimed = placement.runs.filter((run) => run.unit !== null && !TRIGGERS.has(run.row.triggerType ?? ''));
  if (untimed.length > 0) {
    gaps.push(`${count(untimed.length, 'run')} with an unknown trigger type belong to no phase and are not counted.`);
  }
  const overwritten = units.filter((unit) => unit.attempts.some((attempt) => attempt.rewritten));
  if (overwritten.length > 0) {
    gaps.push(
      `A retry overwrote the first attempt of ${names(overwritten)}: how that attempt ended is no longer in the run table.`,
    );
  }
  const between = units.filter((unit) => unit.decisive !== null && unit.decisive.startedAt > asOf);
  if (between.length > 0) {
    gaps.push(`The state of ${names(between)} at that time is not known: its row was rewritten later.`);
  }
  const odd = units.filter((unit) => unit.status === 'UNKNOWN' && !between.includes(unit));
  if (odd.length > 0) gaps.push(`The stored status of ${names(odd)} is missing or not one that SENTRY knows.`);
  const missed = absent.filter((unit) => isMissed(unit, units));
  if (missed.length > 0) {
    const one = missed.length === 1;
    gaps.push(
      `${names(missed)} usually run${one ? 's' : ''} in ${phase} and ${one ? 'has' : 'have'} not on ${businessDate}; Lenz does not define ${one ? 'it' : 'them'}, so ${one ? 'it is' : 'they are'} not counted.`,
    );
  }
  return gaps;
}

/**
 * A usual unit that has not run is missed once anything ran in the phase, unless its whole dataset still waits for a lower
 * step, or the placeholder of the dataset already stands for it.
 */
function isMissed(absent: Unit, units: readonly UnitState[]): boolean {
  if (!units.some((unit) => unit.decisive !== null)) return false;
  const placeholder = units.find((unit) => unit.datasetId === absent.datasetId && unit.decisive === null);
  return placeholder === undefined || (placeholder.status !== 'WAITING' && absent.slice !== null);
}

function names(units: readonly Pick<UnitState, 'datasetId' | 'slice'>[]): string {
  const all = units.map((unit) => unit.slice ?? shortDatasetName(unit.datasetId));
  const shown = all.slice(0, NAMED).join(', ');
  return all.length > NAMED ? `${shown} and ${all.length - NAMED} more` : shown;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
