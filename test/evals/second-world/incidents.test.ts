import { expect, it } from 'vitest';
import type { EssentialStatus } from '../../../src/batch/state.ts';
import { unitsOf } from '../../../src/batch/state.ts';
import { INCIDENTS } from './incidents.ts';
import { stateOf } from './read-night.ts';

const named = (name: string) => {
  const found = INCIDENTS.find((incident) => incident.name === name);
  if (!found) throw new Error(`There is no incident called ${name}.`);
  return found.night;
};

it('tells forty incidents and more, each under a name of its own', () => {
  expect(new Set(INCIDENTS.map(({ name }) => name)).size).toBe(INCIDENTS.length);
  expect(INCIDENTS.length).toBeGreaterThanOrEqual(40);
});

it('blames only units that are not well at the clock, where a failure, a standstill or a gap is blamed', () => {
  const signs: Record<string, readonly string[]> = {
    task_failure: ['FAILED'],
    retry_exhausted: ['FAILED'],
    stuck: ['RUNNING'],
    cancelled: ['CANCELLED'],
    missed_trigger: ['NOT_STARTED'],
  };
  for (const { name, night } of INCIDENTS) {
    const units = unitsOf(stateOf(night));
    const members = new Set(units.map((unit) => unit.datasetId));
    for (const cause of night.truth.causes) {
      const wanted = signs[cause.family];
      if (!wanted || !members.has(cause.datasetId ?? '')) continue;
      const found = units.filter((unit) => unit.datasetId === cause.datasetId && cause.slices.includes(unit.slice));
      expect(
        found.map((unit) => unit.status),
        name,
      ).toEqual(wanted);
      if (cause.family === 'stuck') expect(found[0]?.stuck, name).toBe(true);
    }
  }
});

it.each([
  ['failure-behind-a-shared-slice', 'WAITING'],
  ['cancelled-retry-after-failure', 'PARTIAL_FAILURE'],
  ['cancelled-duplicate', 'SUCCESS'],
  ['unusual-slice-missing-in-final', 'SUCCESS'],
  ['usual-slice-missing-in-final', 'WAITING'],
  ['before-anything-is-due', 'NOT_STARTED'],
  ['before-the-failure', 'RUNNING'],
  ['between-attempt-and-rewrite', 'UNKNOWN'],
  ['failing-slice-of-others', 'SUCCESS'],
  ['failing-dataset-of-others', 'SUCCESS'],
  ['late-behind-a-repair', 'SUCCESS'],
] satisfies [string, EssentialStatus][])('leaves %s in the state %s', (name, status) => {
  expect(stateOf(named(name)).status).toBe(status);
});

it('keeps the row of a retry in place, and both of its runs in Airflow', () => {
  const night = named('repair-in-place-failed-again');
  const unit = unitsOf(stateOf(night)).find((each) => each.status === 'FAILED');
  expect(unit?.attemptCount).toBe(2);
  const stem = (unit?.decisive?.dagRunId ?? '').slice(0, -13);
  const runs = night.tables.dag_run.filter((run) => run.run_id.startsWith(stem));
  expect(runs.length).toBe(2);
  const failed = night.tables.task_instance.filter((task) => task.run_id.startsWith(stem) && task.state === 'failed');
  expect(failed.map((task) => task.task_id.split('_')[0])).toEqual(['enrich', 'egress']);
});

it('fails fifty tasks of one operator within twelve minutes, an hour after a failure of another', () => {
  const night = named('operator-outage-beside-an-older-failure');
  const failed = night.tables.task_instance.filter((task) => task.state === 'failed');
  const egress = failed.filter((task) => task.operator === 'EpsEgressOperator').map((task) => task.end_date as string);
  expect(egress.length).toBe(50);
  const [window] = night.truth.causes.map((cause) => cause.window);
  expect(Date.parse(window?.to ?? '') - Date.parse(window?.from ?? '')).toBeLessThan(12 * 60_000);
  expect(failed.length).toBe(51);
});
