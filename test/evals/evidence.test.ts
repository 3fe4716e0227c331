import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/batch/rca/cause.ts';
import { evidenceChecker } from './evidence.ts';
import { DAG, DATASET, NOW, runId, smallNight } from './small-night.ts';

const night = smallNight();
const check = evidenceChecker(night);
const time = (text: string) => Date.parse(`2026-03-04T${text}:00Z`);
const FAILED = runId('EMEA', '01:00');

const RUN = {
  kind: 'run',
  key: 7,
  dagRunId: FAILED,
  says: { status: 'FAILED', startedAt: time('01:00'), endedAt: time('01:20'), attempts: 1 },
} satisfies Evidence;

const TASK = {
  kind: 'task',
  dagId: DAG,
  runId: FAILED,
  taskId: 'enrich',
  mapIndex: -1,
  says: {
    state: 'failed',
    tryNumber: 1,
    operator: 'EpsEnrichmentOperator',
    hostname: 'worker-7',
    queuedAt: time('01:00'),
    startedAt: time('01:00'),
    endedAt: time('01:20'),
    durationS: 1200,
  },
} satisfies Evidence;

const DAG_RUN = {
  kind: 'dag_run',
  dagId: DAG,
  runId: FAILED,
  says: { state: 'failed', endedAt: time('01:20') },
} satisfies Evidence;

const USUAL = {
  kind: 'usual',
  what: 'duration',
  datasetId: DATASET,
  slice: 'NA',
  taskId: 'enrich',
  actualS: 1800,
  medianS: 1860,
  upperS: 2400,
  basis: 3,
} satisfies Evidence;

const ABSENCE = {
  kind: 'absence',
  datasetId: DATASET,
  slice: 'NA',
  whole: false,
  businessDate: '2026-03-04',
  phase: 'PRELIM',
} satisfies Evidence;

describe('evidence that is true', () => {
  it.each([RUN, TASK, DAG_RUN, USUAL, { ...USUAL, taskId: null }])('is found in the tables: $kind', (evidence) => {
    expect(check(evidence)).toBeNull();
  });

  it('may be that something is not there', () => {
    const { WORKFLOW_RUN_INSTANCE, ...rest } = night.tables;
    const without = WORKFLOW_RUN_INSTANCE.filter((row) => row.DAG_RUN_ID !== runId('NA', '01:00'));
    const checkWithout = evidenceChecker(smallNight({ tables: { ...rest, WORKFLOW_RUN_INSTANCE: without } }));
    expect(checkWithout(ABSENCE)).toBeNull();
    expect(checkWithout({ ...ABSENCE, whole: true })).toContain('is there');
  });
});

describe('evidence that is not', () => {
  it.each<[string, Evidence]>([
    ['a run that does not exist', { ...RUN, key: 99 }],
    ['the key of another run', { ...RUN, key: 8 }],
    ['another status', { ...RUN, says: { ...RUN.says, status: 'SUCCESS' } }],
    ['another start', { ...RUN, says: { ...RUN.says, startedAt: time('01:01') } }],
    ['an end that is not there', { ...RUN, says: { heartbeatAt: time('01:20') } }],
    ['more attempts', { ...RUN, says: { ...RUN.says, attempts: 2 } }],
    ['a task that does not exist', { ...TASK, taskId: 'egress' }],
    ['a task of another run', { ...TASK, runId: runId('NA', '01:00') }],
    ['another mapped task', { ...TASK, mapIndex: 0 }],
    ...Object.entries(TASK.says).map(([field, value]): [string, Evidence] => [
      `another ${field}`,
      { ...TASK, says: { ...TASK.says, [field]: typeof value === 'number' ? value + 1 : 'other' } },
    ]),
    ['a null for a value', { ...TASK, says: { ...TASK.says, hostname: null } }],
    ['a run that Airflow does not have', { ...DAG_RUN, runId: 'FGW_other' }],
    ['another state in Airflow', { ...DAG_RUN, says: { state: 'success', endedAt: time('01:20') } }],
    ['another end in Airflow', { ...DAG_RUN, says: { state: 'failed', endedAt: null } }],
    ['something absent that is there', ABSENCE],
    ['a whole dataset absent that is there', { ...ABSENCE, slice: null, whole: true }],
    ['a slice that there never was', { ...ABSENCE, slice: 'MARS' }],
    ['a dataset that there never was', { ...ABSENCE, datasetId: 'other', whole: true }],
    ['the absence on another date', { ...ABSENCE, businessDate: '2026-03-08' }],
    ['a duration that nothing had', { ...USUAL, actualS: 1700 }],
    ['a median outside of history', { ...USUAL, medianS: 1200, upperS: 1300 }],
    ['more dates than there are', { ...USUAL, basis: 4 }],
    ['an upper end below the median', { ...USUAL, upperS: 1000 }],
    ['the history of a slice without one', { ...USUAL, slice: 'APAC' }],
    ['no number', { ...USUAL, medianS: Number.NaN }],
  ])('is found out: %s', (_, evidence) => {
    expect(check(evidence)).toEqual(expect.any(String));
  });
});

describe('the clock', () => {
  const early = evidenceChecker(smallNight({ now: time('01:10') }));

  it('has not let the task fail yet', () => {
    expect(early(TASK)).toContain('state');
    const says = { state: 'running', startedAt: time('01:00'), endedAt: null, durationS: null };
    expect(early({ ...TASK, says })).toBeNull();
  });

  it('has not let the run end yet, here or in Airflow', () => {
    expect(early(RUN)).toContain('status');
    expect(early({ ...RUN, says: { status: 'RUNNING', endedAt: null, heartbeatAt: null } })).toBeNull();
    expect(early(DAG_RUN)).toContain('state');
  });

  it('has not let the run begin yet', () => {
    expect(evidenceChecker(smallNight({ now: time('00:59') }))(RUN)).toContain('did not exist');
    expect(evidenceChecker(smallNight({ now: time('00:59') }))(ABSENCE)).toBeNull();
    expect(NOW).toBeGreaterThan(time('01:00'));
  });

  it('counts a rewritten row twice, and does not know what it was before', () => {
    const rewritten = (now: number) => {
      const { tables } = smallNight();
      const rows = tables.WORKFLOW_RUN_INSTANCE.map((row) =>
        row.WORKFLOW_RUN_INSTANCE_KEY === 7 ? { ...row, CREATED_DATE: '2026-03-04 00:10:00' } : row,
      );
      return evidenceChecker(smallNight({ now, tables: { ...tables, WORKFLOW_RUN_INSTANCE: rows } }));
    };
    expect(rewritten(NOW)({ ...RUN, says: { ...RUN.says, attempts: 2 } })).toBeNull();
    expect(rewritten(NOW)({ ...RUN, says: { ...RUN.says, attempts: 1 } })).toContain('attempts');
    expect(rewritten(time('00:30'))({ ...RUN, says: { status: 'UNKNOWN' } })).toBeNull();
    expect(rewritten(time('00:30'))(RUN)).toContain('FAILED');
  });
});
