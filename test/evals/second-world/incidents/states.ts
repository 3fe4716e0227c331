import { EGRESS, ENRICH, EXPORT, LIMITS, MARGIN, POSITIONS, QUOTES, REPORT, TRADES } from './bank.ts';
import { cause, type Incident, incident } from './incident.ts';

const failing = (task: number) => ({ fail: { task, tries: 1, share: 0.5 } });

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word}-${index + 1}`);

/** Runs that hang, were cancelled or never came, and nights on which all is well in the end. */
export const STATES: readonly Incident[] = [
  incident({
    name: 'heartbeat-stopped',
    story: 'limits EMEA was last heard of at 21:48; Airflow still thinks that it runs.',
    now: '00:30+1',
    tonight: { [`${LIMITS}|EMEA`]: { hang: { task: ENRICH, share: 0.6, airflow: 'running' } } },
    causes: [cause('stuck', LIMITS, ['EMEA'])],
  }),
  incident({
    name: 'airflow-is-done',
    story: 'Airflow closed limits NA with success at 22:10; the workflow table was never told and says RUNNING.',
    now: '22:28',
    tonight: { [`${LIMITS}|NA`]: { hang: { task: ENRICH, share: 1, airflow: 'success' } } },
    causes: [cause('stuck', LIMITS, ['NA'])],
  }),
  incident({
    name: 'airflow-gave-up',
    story: 'Airflow ended trades APAC for its age and skipped what was left; the workflow table says RUNNING.',
    now: '22:40',
    tonight: { [`${TRADES}|APAC`]: { hang: { task: ENRICH, share: 0.9, airflow: 'failed' } } },
    causes: [cause('stuck', TRADES, ['APAC'])],
  }),
  incident({
    name: 'every-attempt-cancelled',
    story: 'Both attempts of limits APAC were cancelled.',
    now: '00:40+1',
    tonight: { [`${LIMITS}|APAC`]: { cancelled: 2 } },
    causes: [cause('cancelled', LIMITS, ['APAC'])],
  }),
  incident({
    name: 'trigger-never-sent',
    story: 'limits LATAM has no run although quotes and all of step 0 are done and every sibling has run.',
    now: '00:00+1',
    tonight: { [`${LIMITS}|LATAM`]: { absent: true } },
    causes: [cause('missed_trigger', LIMITS, ['LATAM'])],
  }),
  incident({
    name: 'usual-slice-missing-in-final',
    story: 'The second pass reruns limits NA every night, and tonight did not.',
    now: '09:30+1',
    phase: 'FINAL',
    tonight: { [`${LIMITS}|NA`]: { absent: true } },
    causes: [cause('missed_trigger', LIMITS, ['NA'])],
  }),
  incident({
    name: 'unusual-slice-missing-in-final',
    story: 'The second pass never reruns limits APAC, nor did it tonight.',
    now: '09:30+1',
    phase: 'FINAL',
  }),
  incident({
    name: 'before-the-failure',
    story: 'limits NA will fail at 21:45. At 21:40 nothing is wrong.',
    now: '21:40',
    tonight: { [`${LIMITS}|NA`]: failing(ENRICH) },
    repaired: [],
  }),
  incident({
    name: 'between-attempt-and-rewrite',
    story:
      'The row of trades NA was rewritten at about 23:00. At 22:00 the attempt of then is unknown, and Airflow has forgotten it.',
    now: '22:00',
    withheld: 'all_tasks_of_failed_run',
    tonight: {
      [`${TRADES}|NA`]: { fail: { task: ENRICH, tries: 1, share: 0.3 }, repaired: { after: 6600, inPlace: true } },
    },
    repaired: [{ datasetId: TRADES, slice: 'NA' }],
    edit: (tables) => {
      const first = new Set(tables.dag_run.filter((run) => run.state === 'failed').map((run) => run.run_id));
      return {
        ...tables,
        task_instance: tables.task_instance.filter((task) => !first.has(task.run_id)),
        dag_run: tables.dag_run.filter((run) => !first.has(run.run_id)),
      };
    },
  }),
  incident({
    name: 'repaired-in-place',
    story: 'limits NA failed; a person rewrote its row half an hour later, and it went through.',
    now: '08:00+1',
    tonight: { [`${LIMITS}|NA`]: { ...failing(ENRICH), repaired: { after: 1800, inPlace: true } } },
    repaired: [{ datasetId: LIMITS, slice: 'NA' }],
  }),
  incident({
    name: 'retry-that-worked',
    story: 'Airflow tried the enrich task of trades EMEA three times; the third went through.',
    now: '08:00+1',
    tonight: { [`${TRADES}|EMEA`]: { retried: { task: ENRICH, tries: 3 } } },
  }),
  incident({
    name: 'cancelled-duplicate',
    story: 'report was triggered twice; the second run was cancelled after a minute.',
    now: '23:30',
    tonight: { [`${REPORT}|`]: { duplicate: 'after' } },
  }),
  incident({
    name: 'failing-slice-of-others',
    story: 'limits JPN failed, which only FX-Desk lists. TB-Ledger is done.',
    now: '23:30',
    tonight: { [`${LIMITS}|JPN`]: failing(ENRICH) },
  }),
  incident({
    name: 'failing-dataset-of-others',
    story: 'margin of FX-Desk failed. Nothing of TB-Ledger waits for it.',
    now: '23:30',
    tonight: { [`${MARGIN}|DESK_FX`]: failing(EGRESS) },
  }),
  incident({
    name: 'yesterday-was-bad',
    story: 'limits NA failed yesterday and was never repaired. Tonight is fine.',
    now: '08:00+1',
    earlier: { 1: { [`${LIMITS}|NA`]: failing(ENRICH) } },
  }),
  incident({
    name: 'operator-outage-beside-an-older-failure',
    story:
      'Fifty egress tasks of trades and positions failed between 22:14 and 22:26. An hour before, the enrich task of quotes failed for a reason of its own.',
    now: '23:40',
    bank: { tradeSlices: numbered('DESK', 25), books: numbered('BOOK', 25), tradesAfter: 60 },
    tonight: { [`${QUOTES}|`]: failing(ENRICH) },
    outage: { operator: 'EpsEgressOperator', from: '22:14', to: '22:26' },
    causes: [
      { ...cause('shared_dependency', ''), datasetId: null, operator: 'EpsEgressOperator' },
      cause('task_failure', QUOTES, [null], [`enrich_${QUOTES}`]),
    ],
  }),
  incident({
    name: 'one-host-three-failures',
    story: 'Three tasks of different kinds in three datasets failed within minutes, all on eps-node-73.',
    now: '23:00',
    tonight: {
      [`${TRADES}|NA`]: { fail: { task: ENRICH, tries: 1, share: 0.8, host: 'eps-node-73' } },
      [`${POSITIONS}|BOOK-B`]: { fail: { task: EGRESS, tries: 1, share: 0.5, host: 'eps-node-73' } },
      [`${QUOTES}|`]: { fail: { task: EXPORT, tries: 1, share: 0.5, host: 'eps-node-73' } },
    },
    badHost: 'eps-node-73',
    causes: [{ ...cause('bad_host', ''), datasetId: null, host: 'eps-node-73' }],
  }),
];
