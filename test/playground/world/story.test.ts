import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultNow } from '../../../src/playground/world/calendar.ts';
import type { DatasetTruth, PhaseTruth, UnitTruth } from '../../../src/playground/world/truth/truth.ts';
import { createWorld, type World } from '../../../src/playground/world/world.ts';

const HOUR = 3_600_000;
const NOW = defaultNow(Date.parse('2026-11-22T18:00:00Z'));

function lastNight(world: World, at?: number) {
  const truths = world.truth(at).filter((truth) => truth.businessDate === world.businessDates.at(-1));
  const phase = (essential: string, name: 'PRELIM' | 'FINAL' = 'PRELIM') =>
    truths.find((truth) => truth.essential === essential && truth.phase === name) as PhaseTruth;
  const dataset = (essential: string, part: string) =>
    phase(essential).datasets.find(({ datasetId }) => datasetId.includes(part)) as DatasetTruth;
  const unit = (essential: string, part: string, slice: string) =>
    dataset(essential, part).units.find((candidate) => candidate.slice === slice) as UnitTruth;
  return { phase, dataset, unit };
}

const hash = (world: World) =>
  createHash('sha256')
    .update(JSON.stringify([world.tables, world.truth(), world.definitions]))
    .digest('hex');

describe('determinism', () => {
  it('makes the same world of the same seed and clock', () => {
    expect(hash(createWorld({ seed: 'a', now: NOW }))).toBe(hash(createWorld({ seed: 'a', now: NOW })));
  });

  it('makes another one of another seed', () => {
    expect(hash(createWorld({ seed: 'a', now: NOW }))).not.toBe(hash(createWorld({ seed: 'b', now: NOW })));
  });

  it('keeps the rows while the clock moves through one night', () => {
    const tables = (now: number) => JSON.stringify(createWorld({ seed: 'a', now }).tables);
    expect(tables(NOW)).toBe(tables(NOW + 20 * HOUR));
  });

  it('leaves the events of the past as they were when another night comes', () => {
    const events = (world: World, date: string) =>
      world.simulation.nights.find((night) => night.businessDate === date)?.runs.filter((run) => run.pass === 'PRELIM')
        .length;
    const before = createWorld({ seed: 'a', now: NOW });
    const after = createWorld({ seed: 'a', now: NOW + 72 * HOUR });
    expect(after.businessDates.at(-2)).toBe(before.businessDates.at(-1));
    expect(before.businessDates).toHaveLength(30);
    expect(events(after, before.businessDates[5] as string)).toBeGreaterThan(100);
  });
});

/** Ordinary nights, month-ends, both changes of the clocks, a week around New Year. */
const MORNINGS = [
  '2026-11-22T18:00:00Z',
  '2026-07-31T12:00:00Z',
  '2026-08-01T12:00:00Z',
  '2026-03-10T12:00:00Z',
  '2026-10-31T12:00:00Z',
  '2027-01-01T12:00:00Z',
];

describe.each(MORNINGS)('the last night at 03:12, looked at from %s', (real) => {
  const now = defaultNow(Date.parse(real));
  const nights = ['sentry', 'two'].map((seed) => lastNight(createWorld({ seed, now })));

  it('fails one slice of TB-Derivatives twice and blocks the steps above it', () => {
    for (const night of nights) {
      const { phase, dataset, unit } = night;
      expect(phase('TB-Derivatives')).toMatchObject({ status: 'PARTIAL_FAILURE', step: 4, of: 6 });
      expect(unit('TB-Derivatives', 'contractual_cash_flow', 'EMEA_DERIV_CFG')).toMatchObject({
        status: 'FAILED',
        attempts: 2,
        stuck: false,
      });
      const siblings = dataset('TB-Derivatives', 'contractual_cash_flow').units.map((u) => u.status);
      expect(siblings.sort()).toEqual(['FAILED', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
      expect(dataset('TB-Derivatives', 'sls_aws').status).toBe('WAITING');
      expect(dataset('TB-Derivatives', 'intercompany-intercompany').status).toBe('WAITING');
      expect(phase('TB-Derivatives', 'FINAL').status).toBe('NOT_STARTED');
    }
  });

  it('leaves a run of SNU stuck, and a shared slice waiting for TB-Derivatives', () => {
    for (const night of nights) {
      const { phase, dataset, unit } = night;
      expect(phase('SNU').status).toBe('RUNNING');
      expect(unit('SNU', 'product_mapping', 'MAP_WHOLESALE_EMEA')).toMatchObject({ status: 'RUNNING', stuck: true });
      expect(
        phase('SNU')
          .datasets.filter((d) => d.sequenceOrder === 0)
          .every((d) => d.status === 'SUCCESS'),
      ).toBe(true);
      expect(dataset('SNU', 'intercompany')).toMatchObject({ sequenceOrder: 1, status: 'WAITING' });
    }
  });

  it('repairs TB-Securities in place, cancels a slice of TB-Collateral, forgets one of TB-SMAA', () => {
    for (const night of nights) {
      const { phase, unit } = night;
      expect(phase('TB-Securities').status).toBe('SUCCESS');
      expect(unit('TB-Securities', 'market_value', 'EQ_EMEA_CASH')).toMatchObject({ status: 'SUCCESS', attempts: 2 });
      expect(phase('TB-Securities', 'FINAL').status).toBe('RUNNING');
      expect(phase('TB-Collateral')).toMatchObject({ status: 'PARTIAL_FAILURE', step: 2 });
      expect(unit('TB-Collateral', 'inventory', 'INV_COLL_EMEA')).toMatchObject({ status: 'CANCELLED', attempts: 2 });
      expect(phase('TB-SMAA').status).toBe('WAITING');
      expect(unit('TB-SMAA', 'maturity', 'MAT_WHOLESALE_EMEA')).toMatchObject({ status: 'NOT_STARTED', attempts: 0 });
    }
  });

  it('is late with 6G, which is still running and not stuck', () => {
    for (const night of nights) {
      const { phase } = night;
      expect(phase('6G-FR2052a-E2E')).toMatchObject({ status: 'RUNNING', step: 3 });
      const units = phase('6G-FR2052a-E2E').datasets.flatMap((dataset) => dataset.units);
      expect(units.some((unit) => unit.stuck)).toBe(false);
    }
  });

  it('goes well for the rest, with partial second passes done or under way', () => {
    for (const night of nights) {
      const { phase } = night;
      for (const name of ['PBSynthetics', 'SNU-Strategic', 'SNU-REG-STRATEGIC', 'TB-SecFIn', 'TB-CFG', 'UPC']) {
        expect([name, phase(name).status]).toEqual([name, 'SUCCESS']);
      }
      for (const name of ['PBSynthetics', 'SNU-Strategic', 'UPC']) {
        expect([name, phase(name, 'FINAL').status]).toEqual([name, 'SUCCESS']);
      }
      expect(phase('TB-CFG', 'FINAL').status).toBe('RUNNING');
      expect(phase('TB-SecFIn', 'FINAL').status).toBe('NOT_STARTED');
    }
  });
});

describe('the same night at other clocks', () => {
  const world = createWorld({ seed: 'sentry', now: NOW });
  const at = (hours: number) => lastNight(world, NOW + hours * HOUR).phase;

  it('has not begun before the evening', () => {
    expect(world.truth(NOW - 9 * HOUR).some((truth) => truth.businessDate === world.businessDates.at(-1))).toBe(false);
  });

  it('is under way at half past seven in the evening', () => {
    const phase = at(-7.7);
    expect(phase('TB-Derivatives').status).toBe('RUNNING');
    expect(phase('TB-Derivatives', 'FINAL').status).toBe('NOT_STARTED');
    expect(phase('6G-FR2052a-E2E').datasets.find((d) => d.datasetId.includes('snapshot'))?.status).toBe('NOT_STARTED');
    expect(phase('SNU').status).toBe('RUNNING');
  });

  it('is mostly done at midnight, before anybody reruns anything', () => {
    const phase = at(-3.2);
    expect(phase('TB-Derivatives').status).toBe('PARTIAL_FAILURE');
    expect(phase('UPC').status).toBe('SUCCESS');
    expect(phase('UPC', 'FINAL').status).toBe('NOT_STARTED');
  });

  it('fails after four and is mended by hand before six, for whoever moves the clock on from 03:12', () => {
    const course = [0.8, 1.3, 1.9, 3].map((hours) => {
      const { status, datasets } = at(hours)('TB-Securities', 'FINAL');
      const sls = datasets.find(({ datasetId }) => datasetId.includes('sls'));
      const unit = sls?.units.find(({ slice }) => slice === 'AWS_SEC_AGG_EMEA');
      return [status, unit?.status, unit?.attempts];
    });
    expect(course).toEqual([
      ['RUNNING', 'WAITING', 0],
      ['PARTIAL_FAILURE', 'FAILED', 1],
      ['RUNNING', 'SUCCESS', 2],
      ['SUCCESS', 'SUCCESS', 2],
    ]);
  });

  it('is over at noon, but for what never ends', () => {
    const phase = at(9);
    expect(phase('6G-FR2052a-E2E').status).toBe('SUCCESS');
    expect(phase('TB-Securities', 'FINAL').status).toBe('SUCCESS');
    expect(phase('TB-CFG', 'FINAL').status).toBe('SUCCESS');
    expect(phase('TB-Derivatives').status).toBe('PARTIAL_FAILURE');
    expect(phase('SNU').status).toBe('RUNNING');
  });
});
