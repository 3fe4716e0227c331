import { describe, expect, it } from 'vitest';
import { assessPhase } from '../../src/batch/night.ts';
import type { RunRow } from '../../src/batch/run.ts';
import { define, EVENING, MORNING, manual, night, rerun, run } from './night-builder.ts';

const MINUTE = 60_000;
const oneSlice = define([{ datasetId: 'ds', slices: ['A'] }]);
const unit = (...rows: RunRow[]) => assessPhase(night(oneSlice, rows), 'PRELIM').datasets[0]?.units[0];

describe('state of a unit', () => {
  it('is that of its latest attempt', () => {
    expect(unit(run({ status: 'FAILED' }), run({ created: 60 }))?.status).toBe('SUCCESS');
    expect(unit(run(), run({ created: 60, status: 'FAILED' }))?.status).toBe('FAILED');
  });

  it('orders attempts by effective start, not by row or key', () => {
    const retried = manual({ created: 0, epoch: 120, ended: 140, status: 'FAILED' });
    expect(unit(retried, run({ created: 60 }))?.status).toBe('FAILED');
  });

  it('lets a cancelled duplicate hide no success, nor a cancelled retry a failure', () => {
    expect(unit(run(), run({ created: 60, status: 'CANCELLED' }))?.status).toBe('SUCCESS');
    expect(unit(run({ status: 'FAILED' }), run({ created: 60, status: 'CANCELLED' }))?.status).toBe('FAILED');
    expect(unit(run({ status: 'CANCELLED' }), run({ created: 60, status: 'CANCELLED' }))?.status).toBe('CANCELLED');
  });

  it('is RUNNING again while a second attempt runs', () => {
    expect(unit(run({ status: 'FAILED' }), run({ created: 600, status: 'RUNNING', ended: 710 }))?.status).toBe(
      'RUNNING',
    );
  });

  it('tells a repaired failure as history', () => {
    expect(unit(run({ status: 'FAILED' }), run({ created: 60 }))).toMatchObject({ repaired: true, attemptCount: 2 });
    expect(unit(run())).toMatchObject({ repaired: false, attemptCount: 1 });
  });

  it('counts a row rewritten in place as two attempts, the first of unknown outcome', () => {
    const state = assessPhase(night(oneSlice, [manual({ created: 0, epoch: 120, ended: 140 })]), 'PRELIM');
    expect(state.datasets[0]?.units[0]).toMatchObject({ attemptCount: 2, repaired: false });
    expect(state.gaps.join()).toContain('overwrote the first attempt of A');
  });

  it('is stuck with an old heartbeat, or when Airflow says that the run ended', () => {
    const running = run({ status: 'RUNNING', created: 0, ended: 60 });
    const at = (minutes: number, dagState?: string) =>
      assessPhase(
        night(oneSlice, [running], {
          asOf: EVENING + minutes * MINUTE,
          dagRuns:
            dagState === undefined
              ? []
              : [
                  {
                    dagId: running.dagId ?? '',
                    runId: running.dagRunId ?? '',
                    state: dagState,
                    startedAt: EVENING,
                    endedAt: dagState === 'running' ? null : EVENING + 50 * MINUTE,
                  },
                ],
        }),
        'PRELIM',
      ).datasets[0]?.units[0];
    expect(at(90)).toMatchObject({ status: 'RUNNING', stuck: false });
    expect(at(91)).toMatchObject({ status: 'RUNNING', stuck: true });
    expect(at(61, 'failed')).toMatchObject({ status: 'RUNNING', stuck: true });
    expect(at(61, 'running')).toMatchObject({ status: 'RUNNING', stuck: false });
  });
});

describe('units of a dataset', () => {
  it('without Lenz slices are those that its run ids tell apart: a failed one is not hidden behind its sibling', () => {
    const sliceless = define([{ datasetId: 'ds' }]);
    const state = assessPhase(
      night(sliceless, [run({ slice: 'EMEA', status: 'FAILED' }), run({ slice: 'NA', created: 60 })]),
      'PRELIM',
    );
    expect(state.status).toBe('PARTIAL_FAILURE');
    expect(state.datasets[0]?.units.map(({ slice, listed, status }) => [slice, listed, status])).toEqual([
      ['EMEA', false, 'FAILED'],
      ['NA', false, 'SUCCESS'],
    ]);
  });

  it('without Lenz slices are at least one', () => {
    const state = assessPhase(night(define([{ datasetId: 'ds' }]), []), 'PRELIM');
    expect(state.datasets[0]?.units).toMatchObject([{ slice: null, listed: false, status: 'NOT_STARTED' }]);
  });

  it('with Lenz slices are only those: runs of foreign slices are not ours', () => {
    const state = assessPhase(night(oneSlice, [run(), run({ slice: 'FOREIGN', status: 'FAILED' })]), 'PRELIM');
    expect(state).toMatchObject({ status: 'SUCCESS', progress: { slices: 1 } });
  });

  it('leave out runs without a run id, and say so', () => {
    const state = assessPhase(night(oneSlice, [run(), run({ dagRunId: null, status: 'FAILED' })]), 'PRELIM');
    expect(state.status).toBe('SUCCESS');
    expect(state.gaps.join()).toContain('1 run of its datasets carry no run id');
  });

  it('keep PRELIM and FINAL apart', () => {
    const rows = [run({ status: 'FAILED' }), rerun()];
    expect(assessPhase(night(oneSlice, rows), 'PRELIM').status).toBe('FAILED');
    expect(assessPhase(night(oneSlice, rows), 'FINAL').status).toBe('SUCCESS');
  });

  it('do not exist before the clock: rows created later are not there', () => {
    const state = assessPhase(night(oneSlice, [run({ created: 60 })], { asOf: EVENING + 59 * MINUTE }), 'PRELIM');
    expect(state.status).toBe('NOT_STARTED');
    expect(assessPhase(night(oneSlice, [run({ created: 60 })], { asOf: MORNING }), 'PRELIM').status).toBe('SUCCESS');
  });
});
