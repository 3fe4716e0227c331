/**
 * Status logic against the oracle on random nights. `soak.ts` beside this file looks for longer and with other seeds.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessPhase, type NightInput } from '../../../src/batch/night.ts';
import { PHASES, type RunRow } from '../../../src/batch/run.ts';
import { describeNight, linesBy } from './compare.ts';
import { nights } from './nights.ts';
import { oraclePhase } from './oracle.ts';
import { isRewritten, statusAtClock } from './reading.ts';

const SEED = 20260213;
const NIGHTS = 2500;

describe('status logic', () => {
  it.for(PHASES)('agrees with the oracle on random nights: %s', (phase) => {
    const agrees = (night: NightInput) =>
      linesBy(assessPhase, night, phase).join() === linesBy(oraclePhase, night, phase).join();
    const result = fc.check(fc.property(nights, agrees), { seed: SEED, numRuns: NIGHTS });
    const night = result.counterexample?.[0];
    if (night === undefined) {
      expect(result.failed).toBe(false);
      return;
    }
    expect(
      linesBy(assessPhase, night, phase),
      `seed ${result.seed}, path ${result.counterexamplePath}\n${describeNight(night, phase)}`,
    ).toEqual(linesBy(oraclePhase, night, phase));
  });
});

/** What a sample of nights contains, so that agreement means something. */
function coverage(sample: readonly NightInput[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (what: string, times = 1) => counts.set(what, (counts.get(what) ?? 0) + times);
  for (const night of sample) {
    const { asOf } = night;
    const byRunId = new Map(night.rows.map((row) => [row.dagRunId, row]));
    for (const phase of PHASES) {
      const state = oraclePhase(night, phase);
      count(`essential ${state.status} in ${phase}`);
      if (state.datasets.length === 0) count(`nothing counts in ${phase}`);
      for (const dataset of state.datasets) {
        count(`dataset ${dataset.status}`);
        const defined = night.definition.datasets.find((one) => one.datasetId === dataset.datasetId);
        if (defined?.slices.length === 0 && dataset.units.length > 1)
          count('several units of a dataset without slices');
        for (const unit of dataset.units) {
          count(`unit ${unit.status} in ${phase}`);
          if (unit.stuck) count('stuck unit');
          if (unit.repaired) count('repaired unit');
          if (unit.dagRunId === null && !unit.listed) count(`placeholder in ${phase}`);
          const row = byRunId.get(unit.dagRunId);
          if (row?.triggerType === 'ManualTrigger') {
            count(
              `decided by a manual run ${isRewritten(row, asOf) ? 'rewritten in place' : 'of its own'} in ${phase}`,
            );
          }
          const later = (one: RunRow) =>
            row !== undefined &&
            one.key !== row.key &&
            one.datasetId === row.datasetId &&
            one.triggerType === row.triggerType &&
            (one.dagRunId ?? '').includes(`_${night.businessDate}_${unit.slice}_1`) &&
            one.createdAt > row.updatedAt &&
            one.createdAt <= asOf &&
            statusAtClock(one, asOf) === 'CANCELLED';
          if (night.rows.some(later)) count(`${unit.status} with a later cancelled attempt`);
        }
        if (phase === 'FINAL' && defined !== undefined && dataset.units.length < defined.slices.length) {
          count('dataset with units that FINAL does not owe');
          // Less than everything is owed only where there are three dates or more to compare with.
          if (dataset.units.some((unit) => unit.attemptCount > 0)) count('partial FINAL');
          if (dataset.units.some((unit) => unit.attemptCount === 0)) count('usual, and absent tonight');
        }
      }
      const waiting = (one: NightInput) =>
        oraclePhase(one, phase).datasets.flatMap((dataset) => dataset.units.filter((unit) => unit.status === 'WAITING'))
          .length;
      if (waiting(night) > waiting({ ...night, others: [] })) count(`waiting through another essential in ${phase}`);
      const early = { ...night, history: [] };
      if (linesBy(oraclePhase, night, phase).join() !== linesBy(oraclePhase, early, phase).join()) {
        count(`history matters in ${phase}`);
      }
    }
  }
  return counts;
}

describe('the random nights', () => {
  const counts = coverage(fc.sample(nights, { seed: SEED, numRuns: NIGHTS }));
  const UNIT = ['SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', 'QUEUED', 'UNKNOWN', 'WAITING', 'NOT_STARTED'];
  const ESSENTIAL = ['NOT_STARTED', 'SUCCESS', 'PARTIAL_FAILURE', 'FAILED', 'RUNNING', 'UNKNOWN', 'WAITING'];
  const MANUAL = ['rewritten in place', 'of its own'];

  it.for([
    ...PHASES.flatMap((phase) => [
      ...UNIT.map((status) => `unit ${status} in ${phase}`),
      ...ESSENTIAL.map((status) => `essential ${status} in ${phase}`),
      ...MANUAL.map((kind) => `decided by a manual run ${kind} in ${phase}`),
      `placeholder in ${phase}`,
      `waiting through another essential in ${phase}`,
    ]),
    ...UNIT.map((status) => `dataset ${status}`),
    'nothing counts in FINAL',
    'stuck unit',
    'repaired unit',
    'several units of a dataset without slices',
    'partial FINAL',
    'usual, and absent tonight',
    'history matters in FINAL',
    'SUCCESS with a later cancelled attempt',
    'FAILED with a later cancelled attempt',
  ])('contain often enough: %s', (what) => {
    expect(counts.get(what) ?? 0).toBeGreaterThan(15);
  });

  it('never let history decide a PRELIM', () => {
    expect(counts.get('history matters in PRELIM') ?? 0).toBe(0);
  });
});
