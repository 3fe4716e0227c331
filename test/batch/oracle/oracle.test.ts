/**
 * The oracle itself, held to examples worked out by hand: a second opinion is only worth something when it is right.
 */
import { describe, expect, it } from 'vitest';
import type { DatasetDefinition, Definition } from '../../../src/batch/definition.ts';
import type { NightInput } from '../../../src/batch/night.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import { oraclePhase } from './oracle.ts';
import { effectiveStart, isRewritten, statusAtClock, takeApart } from './reading.ts';

const DATE = '2026-02-13';
const MINUTE = 60_000;
const at = (text: string) => Date.parse(`2026-${text.replace(' ', 'T')}${text.length > 11 ? '' : ':00'}Z`);
const LATE = at('02-20 00:00');

function define(name: string, ...datasets: [id: string, order: number, slices?: string[]][]): Definition {
  return {
    name,
    datasets: datasets.map(([datasetId, sequenceOrder, slices = []]): DatasetDefinition => {
      return { datasetId, sequenceOrder, slices };
    }),
    effectiveFrom: null,
    effectiveTo: null,
    fetchedAt: 0,
  };
}

let key = 0;
function run(
  datasetId: string,
  slice: string | null,
  status: string | null,
  created: string,
  more: Partial<RunRow> & { date?: string; startsAt?: number } = {},
): RunRow {
  const { date = DATE, startsAt = at(created), ...rest } = more;
  key += 1;
  return {
    key,
    businessDate: date,
    datasetId,
    dagId: datasetId,
    dagRunId: `FGW_${datasetId}_${date}${slice === null ? '' : `_${slice}`}_${startsAt}`,
    status,
    createdAt: at(created),
    updatedAt: startsAt + 10 * MINUTE,
    triggerType: 'ProcessTrigger',
    ...rest,
  };
}

function night(definition: Definition, rows: RunRow[], more: Partial<NightInput> = {}): NightInput {
  return { definition, others: [], businessDate: DATE, asOf: LATE, rows, history: [], ...more };
}

const slsline = 'com.jpmc.ct.lri.derivatives-slsline_calculator_e15';
const production = (
  id: number,
  tail: string,
  status: string,
  triggerType: string,
  created: string,
  updated: string,
): RunRow => ({
  key: id,
  businessDate: DATE,
  datasetId: slsline,
  dagId: 'slsline_calculator_e15_V2',
  dagRunId: `FGW_slsline_calculator_e15_V2_2026-02-13_${tail}`,
  status,
  createdAt: at(created),
  updatedAt: at(updated),
  triggerType,
});
const cancelled = production(
  2538298,
  'DERIV-EMEA-SLICE-2_1771000676695',
  'CANCELLED',
  'ProcessTrigger',
  '02-13 16:37',
  '02-13 17:03',
);
const retried = production(
  2538431,
  'DERIV-NA-SLICE-1_1771103209811',
  'SUCCESS',
  'ManualTrigger',
  '02-13 16:59',
  '02-14 21:20',
);
const rerun = production(
  2544084,
  'DERIV-EMEA-TRIGGER_1771224970972',
  'SUCCESS',
  'RerunTrigger',
  '02-16 06:55',
  '02-16 07:11',
);

describe('the three production rows', () => {
  const input = night(define('Derivatives', [slsline, 0]), [cancelled, retried, rerun]);

  it('takes the start of the retry from the suffix of its run id', () => {
    expect(new Date(effectiveStart(retried, LATE)).toISOString()).toBe('2026-02-14T21:06:49.811Z');
    expect(isRewritten(retried, LATE)).toBe(true);
    expect(isRewritten(cancelled, LATE)).toBe(false);
  });

  it('sees a cancelled and a manually repaired unit in PRELIM', () => {
    const state = oraclePhase(input, 'PRELIM');
    expect(state.status).toBe('PARTIAL_FAILURE');
    expect(state.datasets[0]?.units).toEqual([
      {
        slice: 'DERIV-EMEA-SLICE-2',
        listed: false,
        status: 'CANCELLED',
        attemptCount: 1,
        dagRunId: cancelled.dagRunId,
        stuck: false,
        repaired: false,
      },
      {
        slice: 'DERIV-NA-SLICE-1',
        listed: false,
        status: 'SUCCESS',
        attemptCount: 2,
        dagRunId: retried.dagRunId,
        stuck: false,
        repaired: false,
      },
    ]);
    expect(state.progress).toEqual({ step: 1, of: 1, datasetsDone: 0, datasets: 1, slicesDone: 1, slices: 2 });
  });

  it('sees the rerun alone in FINAL', () => {
    const state = oraclePhase(input, 'FINAL');
    expect(state.status).toBe('SUCCESS');
    expect(state.datasets[0]?.units.map((unit) => unit.slice)).toEqual(['DERIV-EMEA-TRIGGER']);
  });

  it('does not know the state of the rewritten row before its retry', () => {
    const before = oraclePhase({ ...input, asOf: at('02-14 00:00') }, 'PRELIM');
    expect(before.datasets[0]?.units.map((unit) => [unit.status, unit.attemptCount])).toEqual([
      ['CANCELLED', 1],
      ['UNKNOWN', 1],
    ]);
    expect(statusAtClock(retried, at('02-14 21:10'))).toBe('RUNNING');
  });
});

describe('run ids', () => {
  it('takes only a tail of six digits or more for an epoch', () => {
    expect(takeApart('FGW_a_2026-02-13_DESK_2')).toEqual({
      remainder: 'FGW_a_2026-02-13_DESK_2',
      epochDigits: null,
    });
    expect(takeApart('FGW_a_2026-02-13_DESK_2_1771000676695')).toEqual({
      remainder: 'FGW_a_2026-02-13_DESK_2',
      epochDigits: '1771000676695',
    });
  });

  it('does not believe a suffix that lies after the end by more than a minute', () => {
    const row = run('a', 'S', 'SUCCESS', '02-13 16:00');
    const ending = (ms: number) => ({ ...row, dagRunId: `FGW_a_2026-02-13_S_${row.updatedAt + ms}` });
    expect(effectiveStart(ending(60_000), LATE)).toBe(row.updatedAt + 60_000);
    expect(effectiveStart(ending(60_001), LATE)).toBe(row.createdAt);
  });

  it('matches whole slice names', () => {
    const rows = [run('a', 'SLICE-10', 'FAILED', '02-13 16:00'), run('a', 'A_B_C', 'FAILED', '02-13 16:00')];
    const state = oraclePhase(night(define('E', ['a', 0, ['SLICE-1', 'A_B', 'C']]), rows), 'PRELIM');
    expect(state.status).toBe('NOT_STARTED');
  });
});

describe('attempts', () => {
  const definition = define('E', ['a', 0, ['S']]);
  const statusOf = (...rows: RunRow[]) => oraclePhase(night(definition, rows), 'PRELIM').datasets[0]?.units[0]?.status;

  it('hides neither a success behind a cancelled duplicate nor a failure behind a cancelled retry', () => {
    const stop = run('a', 'S', 'CANCELLED', '02-13 18:00');
    expect(statusOf(run('a', 'S', 'SUCCESS', '02-13 16:00'), stop)).toBe('SUCCESS');
    expect(statusOf(run('a', 'S', 'FAILED', '02-13 16:00'), stop)).toBe('FAILED');
    expect(statusOf(stop)).toBe('CANCELLED');
  });

  it('is running again with a second attempt, and unknown without a known word', () => {
    expect(statusOf(run('a', 'S', 'SUCCESS', '02-13 16:00'), run('a', 'S', 'RUNNING', '02-13 18:00'))).toBe('RUNNING');
    expect(statusOf(run('a', 'S', null, '02-13 16:00'))).toBe('UNKNOWN');
    expect(statusOf(run('a', 'S', 'success', '02-13 16:00'))).toBe('UNKNOWN');
  });

  it('calls a run stuck by its heartbeat or by Airflow', () => {
    const row = run('a', 'S', 'RUNNING', '02-13 16:00');
    const stuck = (asOf: number, dagRuns: NightInput['dagRuns'] = []) =>
      oraclePhase(night(definition, [row], { asOf, dagRuns }), 'PRELIM').datasets[0]?.units[0]?.stuck;
    expect(stuck(row.updatedAt + 1_800_000)).toBe(false);
    expect(stuck(row.updatedAt + 1_800_001)).toBe(true);
    const ended = { dagId: 'a', runId: row.dagRunId ?? '', state: 'failed', startedAt: 0, endedAt: row.updatedAt };
    expect(stuck(row.updatedAt, [ended])).toBe(true);
    expect(stuck(row.updatedAt - 1, [ended])).toBe(false);
  });
});

describe('manual runs', () => {
  const definition = define('E', ['a', 0, ['S', 'T']], ['b', 1, ['S']]);
  const finalOf = (...rows: RunRow[]) =>
    oraclePhase(night(definition, rows), 'FINAL')
      .datasets.flatMap((dataset) => dataset.units)
      .filter((unit) => unit.attemptCount > 0).length;
  const rewritten = run('a', 'S', 'SUCCESS', '02-13 16:00', {
    startsAt: at('02-13 22:00'),
    triggerType: 'ManualTrigger',
  });
  const rerunOf = (datasetId: string, created: string) =>
    run(datasetId, 'other', 'SUCCESS', created, { triggerType: 'RerunTrigger' });

  it('looks at reruns of the dataset, then at those of the essential, when the row was rewritten', () => {
    expect(finalOf(rewritten)).toBe(0);
    expect(finalOf(rewritten, rerunOf('a', '02-13 17:00'))).toBe(1);
    expect(finalOf(rewritten, rerunOf('a', '02-13 17:01'))).toBe(0);
    expect(finalOf(rewritten, rerunOf('b', '02-13 17:00'))).toBe(1);
    expect(finalOf(rewritten, rerunOf('a', '02-13 17:01'), rerunOf('b', '02-13 17:00'))).toBe(0);
    expect(finalOf(rewritten, rerunOf('foreign', '02-13 17:00'))).toBe(0);
  });

  it('continues the phase of the run before it otherwise', () => {
    const manual = run('a', 'S', 'SUCCESS', '02-13 20:00', { triggerType: 'ManualTrigger' });
    const own = run('a', 'S', 'FAILED', '02-13 16:00');
    expect(finalOf(manual)).toBe(0);
    expect(finalOf(manual, rerunOf('a', '02-13 19:00'))).toBe(1);
    expect(finalOf(manual, own, rerunOf('a', '02-13 19:00'))).toBe(0);
    expect(finalOf(manual, rerunOf('a', '02-13 20:00'))).toBe(0);
  });
});

describe('what counts in FINAL', () => {
  const definition = define('E', ['a', 0, ['S', 'T']], ['b', 1]);
  const finals = (slice: string, ...dates: string[]) =>
    dates.map((date) => run('a', slice, 'SUCCESS', `${date.slice(5)} 16:00`, { date, triggerType: 'RerunTrigger' }));
  const counted = (history: RunRow[]) =>
    oraclePhase(night(definition, [], { history }), 'FINAL').datasets.flatMap((dataset) =>
      dataset.units.map((unit) => `${dataset.datasetId}/${unit.slice}`),
    );

  it('is everything with fewer than three dates to compare with', () => {
    expect(counted(finals('S', '2026-02-12', '2026-02-11'))).toEqual(['a/S', 'a/T', 'b/null']);
  });

  it('is what ran on at least half of them otherwise', () => {
    const dates = ['2026-02-12', '2026-02-11', '2026-02-10', '2026-02-09'];
    expect(counted(finals('S', ...dates))).toEqual(['a/S']);
    expect(counted([...finals('S', ...dates), ...finals('T', '2026-02-10', '2026-02-09')])).toEqual(['a/S', 'a/T']);
    expect(counted([...finals('S', ...dates), ...finals('T', '2026-02-10')])).toEqual(['a/S']);
  });
});

describe('status of an essential', () => {
  it('waits for a lower step, its own or that of another essential which lists the unit', () => {
    const asked = define('Asked', ['b', 5, ['S']]);
    const other = define('Other', ['a', 0, ['X']], ['b', 1, ['S']]);
    const state = (rows: RunRow[], others = [other]) => oraclePhase(night(asked, rows, { others }), 'PRELIM').datasets;
    expect(state([], [])[0]?.status).toBe('NOT_STARTED');
    expect(state([])[0]?.status).toBe('WAITING');
    expect(state([run('a', 'X', 'SUCCESS', '02-13 16:00')])[0]?.status).toBe('NOT_STARTED');
  });

  it('is waiting between two steps, and not running', () => {
    const definition = define('E', ['a', 0, ['S']], ['b', 3, ['S', 'T']]);
    const state = oraclePhase(
      night(definition, [run('a', 'S', 'SUCCESS', '02-13 16:00'), run('b', 'S', 'SUCCESS', '02-13 17:00')]),
      'PRELIM',
    );
    expect(state.status).toBe('WAITING');
    expect(state.datasets.map((dataset) => dataset.status)).toEqual(['SUCCESS', 'WAITING']);
    expect(state.datasets[1]?.units[1]?.status).toBe('NOT_STARTED');
    expect(state.progress).toEqual({ step: 2, of: 2, datasetsDone: 1, datasets: 2, slicesDone: 2, slices: 3 });
  });
});
