import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/agent/compose/sentences.ts';
import { verdictOf } from '../../src/agent/compose/verdict.ts';
import type { HistoryFinding, StatusFinding } from '../../src/batch/finding.ts';
import type { PhaseState, UnitState, UnitStatus } from '../../src/batch/state.ts';
import { groundProse } from './ground-prose.ts';
import { NIGHT, names, ZONE } from './small-world.ts';

const DATASET = 'com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1';
const START = Date.parse('2026-02-13T22:00:00Z');
const END = Date.parse('2026-02-13T22:40:00Z');

function unit(slice: string | null, status: UnitStatus, more: Partial<UnitState> = {}): UnitState {
  const decisive =
    status === 'WAITING' || status === 'NOT_STARTED'
      ? null
      : {
          key: 1,
          dagId: 'cfg_V2',
          dagRunId: `FGW_cfg_V2_${NIGHT}_${slice}_1`,
          status,
          triggerType: 'ProcessTrigger',
          startedAt: START,
          endedAt: status === 'RUNNING' || status === 'QUEUED' ? null : END,
          heartbeatAt: status === 'RUNNING' ? START : null,
          rewritten: false,
        };
  return {
    datasetId: DATASET,
    slice,
    listed: true,
    status,
    stuck: false,
    attemptCount: decisive ? 1 : 0,
    attempts: decisive ? [decisive] : [],
    decisive,
    repaired: false,
    ...more,
  };
}

function finding(units: UnitState[], more: Partial<PhaseState> & Pick<PhaseState, 'status'>): StatusFinding {
  const done = units.filter((each) => each.status === 'SUCCESS').length;
  const state: PhaseState = {
    essential: 'TB-Derivatives',
    businessDate: NIGHT,
    phase: 'PRELIM',
    datasets: [{ datasetId: DATASET, sequenceOrder: 3, step: 1, status: units[0]?.status ?? 'NOT_STARTED', units }],
    progress: { step: 1, of: 2, datasetsDone: 0, datasets: 1, slicesDone: done, slices: units.length },
    ran: { units: units.length, of: units.length },
    startedAt: START,
    endedAt: null,
    gaps: [],
    ...more,
  };
  return {
    kind: 'status',
    essential: state.essential,
    businessDate: NIGHT,
    phase: state.phase,
    state,
    other: { phase: 'FINAL', status: 'NOT_STARTED' },
    notes: [],
    gaps: [],
  };
}

const verdict = (...args: Parameters<typeof finding>) => verdictOf(finding(...args), ZONE);
const HEAD = `TB-Derivatives PRELIM for ${NIGHT} is`;

describe('the verdict', () => {
  it.each([
    [
      'SUCCESS',
      [unit('A1', 'SUCCESS'), unit('B1', 'SUCCESS')],
      { endedAt: END },
      'SUCCESS: all 2 slices done, ended 22:40 UTC (17:40 New York).',
    ],
    [
      'PARTIAL_FAILURE',
      [unit('A1', 'SUCCESS'), unit('B1', 'FAILED')],
      {},
      'PARTIAL_FAILURE: 1 of 2 slices failed (`B1`), step 1 of 2.',
    ],
    [
      'PARTIAL_FAILURE',
      [unit('A1', 'FAILED'), unit('B1', 'CANCELLED'), unit('C1', 'SUCCESS')],
      {},
      'PARTIAL_FAILURE: 1 of 3 slices failed (`A1`), 1 cancelled (`B1`), step 1 of 2.',
    ],
    [
      'FAILED',
      [unit('A1', 'FAILED'), unit('B1', 'FAILED')],
      {},
      'FAILED: 2 of 2 slices failed (`A1`, `B1`), step 1 of 2.',
    ],
    [
      'FAILED',
      [unit('A1', 'FAILED'), unit('B1', 'FAILED'), unit('C1', 'FAILED')],
      {},
      'FAILED: 3 of 3 slices failed, step 1 of 2.',
    ],
    ['RUNNING', [unit('A1', 'RUNNING'), unit('B1', 'SUCCESS')], {}, 'RUNNING: 1 of 2 slices done, step 1 of 2.'],
    [
      'RUNNING',
      [unit('A1', 'RUNNING', { stuck: true }), unit('B1', 'SUCCESS')],
      {},
      'RUNNING and stuck: 1 of 2 slices stuck (`A1`), 1 of 2 slices done, step 1 of 2.',
    ],
    [
      'UNKNOWN',
      [unit('A1', 'UNKNOWN'), unit('B1', 'SUCCESS')],
      {},
      'UNKNOWN: 1 of 2 slices without a known status (`A1`), step 1 of 2.',
    ],
    [
      'WAITING',
      [unit('A1', 'WAITING'), unit('B1', 'SUCCESS')],
      {},
      'WAITING: 1 of 2 slices done, waiting at step 1 of 2.',
    ],
    ['NOT_STARTED', [unit('A1', 'NOT_STARTED')], {}, 'NOT_STARTED: nothing has run yet.'],
  ] as const)('of %s', (status, units, more, expected) => {
    expect(verdict([...units], { status, ...more })).toBe(`${HEAD} ${expected}`);
  });

  it('of a partial FINAL tells what was rerun', () => {
    const said = verdict([unit('A1', 'SUCCESS'), unit('B1', 'SUCCESS'), unit('C1', 'SUCCESS')], {
      status: 'SUCCESS',
      phase: 'FINAL',
      ran: { units: 3, of: 25 },
      endedAt: END,
    });
    expect(said).toBe(
      `TB-Derivatives FINAL for ${NIGHT} is SUCCESS: 3 of 25 slices were rerun, all done, ended 22:40 UTC (17:40 New York).`,
    );
  });

  it('counts one slice as one', () => {
    expect(verdict([unit('A1', 'SUCCESS')], { status: 'SUCCESS' })).toContain('all 1 slice done');
  });
});

describe('the sentences of code', () => {
  it('tell a repaired failure as history', () => {
    const sentences = sentencesOf(
      finding([unit('A1', 'SUCCESS', { repaired: true, attemptCount: 2 })], { status: 'SUCCESS', endedAt: END }),
      ZONE,
    );
    expect(sentences).toEqual(['`A1` failed earlier and was repaired by a later attempt.']);
  });

  it('say nothing where nothing is wrong', () => {
    expect(sentencesOf(finding([unit('A1', 'SUCCESS')], { status: 'SUCCESS', endedAt: END }), ZONE)).toEqual([]);
  });

  it('name the last heartbeat of a stuck run', () => {
    expect(sentencesOf(finding([unit('A1', 'RUNNING', { stuck: true })], { status: 'RUNNING' }), ZONE)[0]).toBe(
      '`A1` of `contractual_cash_flow_results_v1` is stuck, last heartbeat 22:00 UTC (17:00 New York).',
    );
  });
});

describe('prose about other nights', () => {
  const base = finding([unit('A1', 'SUCCESS')], { status: 'SUCCESS', endedAt: END });
  const entry = {
    status: 'SUCCESS',
    startedAt: START,
    endedAt: END,
    durationS: 2400,
    failedUnits: 0,
    repairedUnits: 0,
  } as const;
  const history: HistoryFinding = {
    ...base,
    kind: 'history',
    datasetId: null,
    slices: [],
    entries: [
      { ...entry, businessDate: '2026-02-12' },
      { ...entry, businessDate: '2026-02-11', status: 'PARTIAL_FAILURE', failedUnits: 2 },
      { ...entry, businessDate: '2026-02-10' },
    ],
    medianDurationS: 2400,
    usual: null,
    recurrences: [],
  };

  it.each([
    ['It failed on 2026-02-11.', true],
    ['It failed on 1 of the last 3 business dates.', true],
    ['The run for 2026-02-12 took 40 min.', true],
    ['It failed on 2026-02-12.', false],
    ['It failed on 2 of the last 3 business dates.', false],
    ['It failed on 2026-02-09.', false],
    ['It never failed.', false],
    ['The run for 2026-02-12 took 50 min.', false],
  ])('%s %s', (sentence, kept) => {
    expect(groundProse(sentence, [history], { zone: ZONE, names }).text !== '').toBe(kept);
  });
});
