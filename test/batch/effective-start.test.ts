import { describe, expect, it } from 'vitest';
import { attemptAt, effectiveStart, isRewritten } from '../../src/batch/attempt.ts';
import type { RunRow } from '../../src/batch/run.ts';
import { EVENING, MORNING, run } from './night-builder.ts';

const MINUTE = 60_000;
const production = (row: Partial<RunRow> & { dagRunId: string }): RunRow & { dagRunId: string } => ({
  key: 1,
  businessDate: '2026-02-13',
  datasetId: 'com.jpmc.ct.lri.derivatives-slsline_calculator_e15',
  dagId: 'slsline_calculator_e15_V2',
  status: 'SUCCESS',
  createdAt: 0,
  updatedAt: 0,
  triggerType: 'ProcessTrigger',
  ...row,
});

describe('effective start', () => {
  it('of a row rewritten in place is its epoch suffix: 13 minutes, not 28 hours', () => {
    const row = production({
      dagRunId: 'FGW_slsline_calculator_e15_V2_2026-02-13_DERIV-NA-SLICE-1_1771103209811',
      triggerType: 'ManualTrigger',
      createdAt: Date.parse('2026-02-13T16:59:00Z'),
      updatedAt: Date.parse('2026-02-14T21:20:00Z'),
    });
    const attempt = attemptAt(row, Date.parse('2026-02-16T00:00:00Z'));
    expect(new Date(attempt.startedAt).toISOString()).toBe('2026-02-14T21:06:49.811Z');
    expect(Math.round(((attempt.endedAt ?? 0) - attempt.startedAt) / MINUTE)).toBe(13);
    expect(attempt.rewritten).toBe(true);
  });

  it('is CREATED_DATE when the suffix lies before it', () => {
    const row = run({ created: 10, epoch: 5 });
    expect(effectiveStart(row, MORNING)).toBe(row.createdAt);
  });

  it.each([
    ['ten digits', 'FGW_ds_V2_2026-02-13_A_1771000676'],
    ['fourteen digits', 'FGW_ds_V2_2026-02-13_A_17710006766950'],
    ['no suffix', 'FGW_ds_V2_2026-02-13_A'],
  ])('ignores a suffix of %s', (_, dagRunId) => {
    const row = run({ dagRunId });
    expect(effectiveStart(row, MORNING)).toBe(row.createdAt);
  });

  it('believes a suffix up to 60 s after the end of an ended run, and not further', () => {
    const at = (seconds: number) => run({ ended: 30, epoch: 30 + seconds / 60 });
    expect(effectiveStart(at(60), MORNING)).toBe(EVENING + 31 * MINUTE);
    expect(effectiveStart(at(61), MORNING)).toBe(EVENING);
  });

  it('believes a suffix up to 5 min after the clock for a run that has not ended', () => {
    const asOf = EVENING + 60 * MINUTE;
    expect(effectiveStart(run({ status: 'RUNNING', epoch: 65 }), asOf)).toBe(EVENING + 65 * MINUTE);
    expect(effectiveStart(run({ status: 'RUNNING', epoch: 66 }), asOf)).toBe(EVENING);
  });

  it('makes a row rewritten in place only when it is more than 5 min after CREATED_DATE', () => {
    expect(isRewritten(run({ epoch: 5, ended: 30 }), MORNING)).toBe(false);
    expect(isRewritten(run({ epoch: 5.1, ended: 30 }), MORNING)).toBe(true);
  });
});

describe('a run at the clock', () => {
  const at = (row: RunRow, minutes: number) =>
    attemptAt(row as RunRow & { dagRunId: string }, EVENING + minutes * MINUTE);

  it('that ended later was RUNNING then, without a known heartbeat', () => {
    const attempt = at(run({ created: 0, ended: 30 }), 20);
    expect(attempt).toMatchObject({ status: 'RUNNING', endedAt: null, heartbeatAt: null });
  });

  it('has its stored status once it ended', () => {
    expect(at(run({ created: 0, ended: 30, status: 'FAILED' }), 30)).toMatchObject({ status: 'FAILED' });
  });

  it('between CREATED_DATE and a later effective start is UNKNOWN', () => {
    expect(at(run({ created: 0, epoch: 60, ended: 90, trigger: 'ManualTrigger' }), 30)).toMatchObject({
      status: 'UNKNOWN',
      rewritten: false,
    });
  });

  it.each([null, '', 'success', 'DONE', 'SUCCEEDED'])(
    'with the stored status %j is UNKNOWN, never success',
    (status) => {
      expect(at(run({ status }), 60).status).toBe('UNKNOWN');
    },
  );
});
