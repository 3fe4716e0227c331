import { expect, it } from 'vitest';
import { type UnitState, unitsOf } from '../../../src/batch/state.ts';
import {
  FAMILIES,
  type Family,
  type GeneratedNight,
  type TrueCause,
} from '../../../src/playground/world/nights/generated-night.ts';
import { stateOf } from './read-night.ts';
import { generateSecondNight } from './second-night.ts';

const SEEDS = ['x', 'y'];
const OPEN = ['RUNNING', 'QUEUED', 'WAITING', 'NOT_STARTED', 'SUCCESS'];

/** How the unit that a cause names must stand at the clock, by the domain's own rules. */
const SIGN: Partial<Record<Family, (unit: UnitState) => boolean>> = {
  task_failure: (unit) => unit.status === 'FAILED',
  retry_exhausted: (unit) => unit.status === 'FAILED',
  stuck: (unit) => unit.status === 'RUNNING' && unit.stuck,
  cancelled: (unit) => unit.status === 'CANCELLED',
  missed_trigger: (unit) => unit.status === 'NOT_STARTED',
};

function named(units: readonly UnitState[], cause: TrueCause): UnitState[] {
  return units.filter((unit) => unit.datasetId === cause.datasetId && cause.slices.includes(unit.slice));
}

function describeNight(night: GeneratedNight): string {
  return `${night.seed} ${night.kind} ${night.phase} ${night.businessDate} ${new Date(night.now).toISOString()} ${JSON.stringify(night.truth)}`;
}

it.each(FAMILIES)('shows a %s in the states of the clock, and no other trouble', (family) => {
  for (const seed of SEEDS) {
    const night = generateSecondNight({ seed, kind: 'single', families: [family] });
    const units = unitsOf(stateOf(night));
    const [cause] = night.truth.causes as [TrueCause];
    expect(night.truth.causes.map((each) => each.family)).toEqual([family]);
    const sign = SIGN[family];
    if (sign) {
      const found = named(units, cause);
      expect(found.length > 0 && found.every(sign), describeNight(night)).toBe(true);
    }
    const broken = units.filter((unit) => unit.stuck || ['FAILED', 'CANCELLED', 'UNKNOWN'].includes(unit.status));
    const common = family === 'shared_dependency' || family === 'bad_host';
    if (common) expect(broken.length > 0 || family === 'bad_host', describeNight(night)).toBe(true);
    else
      expect(
        broken.filter((unit) => !named(units, cause).includes(unit)),
        describeNight(night),
      ).toEqual([]);
    const unstarted = units.filter((unit) => unit.status === 'NOT_STARTED');
    if (family === 'missed_trigger') expect(unstarted.length, describeNight(night)).toBe(1);
  }
});

it.each(['healthy', 'noisy'] as const)('shows nothing broken on a %s night', (kind) => {
  for (const seed of [...SEEDS, 'z', 'w']) {
    const night = generateSecondNight({ seed, kind });
    const units = unitsOf(stateOf(night));
    expect(
      units.filter((unit) => unit.stuck || !OPEN.includes(unit.status)),
      describeNight(night),
    ).toEqual([]);
    if (night.truth.endedAt !== null && night.now > night.truth.endedAt) {
      expect(stateOf(night).status, describeNight(night)).toBe('SUCCESS');
    }
  }
});

it('shows both faults of a pair', () => {
  for (const seed of SEEDS) {
    const night = generateSecondNight({ seed, kind: 'pair' });
    const units = unitsOf(stateOf(night));
    for (const cause of night.truth.causes) {
      const sign = SIGN[cause.family];
      if (sign) expect(named(units, cause).some(sign), describeNight(night)).toBe(true);
    }
  }
});
