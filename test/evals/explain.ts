import { diagnoseNight } from './diagnose-night.ts';
import { examine } from './examine.ts';
import { describeFailing } from './failings.ts';
import type { NightJob } from './plan.ts';
import { deskOf } from './sources.ts';
import { nightOf } from './worlds.ts';

/** One night in full: what was put into it, what was said and why, and tonight's rows of the essential's datasets. */
export async function explainNight(job: NightJob): Promise<string> {
  const night = await nightOf(job);
  const { essential, businessDate, phase, truth } = night;
  const examination = await examine(night);
  const diagnosis = await diagnoseNight(night, deskOf(night));
  const iso = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString());
  const runs = night.tables.WORKFLOW_RUN_INSTANCE.filter((row) => row.BUSINESS_DATE === businessDate);
  const ids = new Set(runs.map((row) => row.DAG_RUN_ID));
  const tasks = night.tables.task_instance.filter((task) => ids.has(task.run_id));
  return [
    describeFailing({ job, examination }),
    `asked   ${essential} ${phase} of ${businessDate} at ${iso(night.now)} (${night.zone})`,
    `really  from ${iso(truth.startedAt)} to ${iso(truth.endedAt)}`,
    `herrings ${truth.herrings.join('; ') || 'none'}; repaired ${truth.repaired.map(({ datasetId, slice }) => `${datasetId} ${slice}`).join('; ') || 'none'}`,
    '',
    JSON.stringify(diagnosis, spellInstants, 1),
    '',
    `definition ${JSON.stringify(night.definitions[essential])}`,
    '',
    'runs of the date (key, id, trigger, status, created, updated)',
    ...runs.map((row) =>
      [
        row.WORKFLOW_RUN_INSTANCE_KEY,
        row.DAG_RUN_ID,
        row.TRIGGER_TYPE,
        row.STATUS,
        row.CREATED_DATE,
        row.UPDATED_DATE,
      ].join('  '),
    ),
    '',
    'tasks of the date (run, task, try, state, queued, start, end, host, operator, pool)',
    ...tasks.map((task) =>
      [
        task.run_id,
        task.task_id,
        task.try_number,
        task.state,
        task.queued_dttm,
        task.start_date,
        task.end_date,
        task.hostname,
        task.operator,
        task.pool,
      ].join('  '),
    ),
  ].join('\n');
}

function spellInstants(_: string, value: unknown): unknown {
  return typeof value === 'number' && value > 1e12 ? new Date(value).toISOString() : value;
}
