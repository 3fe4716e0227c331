import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import type { Answer } from '../../answer.ts';
import { code } from '../../safe-text.ts';
import { duration } from '../times.ts';

type Cause = Answer['root_causes'][number];

/** So many causes get a step of their own. */
const LED = 2;

/** Where a person looks next: what to open in Airflow, what ended it last time, whose it is. SENTRY itself does nothing. */
export function nextSteps(causes: readonly Cause[]): string[] {
  return [...new Set(causes.slice(0, LED).flatMap((cause) => [...look(cause), ...lastTime(cause), ...owner(cause)]))];
}

function look(cause: Cause): string[] {
  const dag = cause.dag_id === null ? '' : ` of DAG ${code(cause.dag_id)}`;
  const run = cause.dag_run_id === null ? null : `run ${code(cause.dag_run_id, 250)}${dag}`;
  const dataset = cause.dataset_id === null ? null : code(shortDatasetName(cause.dataset_id));
  switch (cause.family) {
    case 'missed_trigger':
      return dataset === null
        ? []
        : [
            `Look for the trigger of ${dataset}${cause.slice === null ? '' : ` slice ${code(cause.slice)}`}: there is no run to open.`,
          ];
    case 'late_start':
      return dataset === null ? [] : [`Look at what starts ${dataset}: nothing below it failed.`];
    case 'queue_delay':
      return ['Look at the Airflow pools and workers at that time: the tasks waited for a place, not for data.'];
    case 'bad_host':
      return cause.host === null ? [] : [`Look at host ${code(cause.host)}, and in Airflow at the tasks it ran.`];
    case 'cancelled':
      return run === null ? [] : [`Find out who cancelled ${run}: the tables do not say.`];
    case 'shared_dependency':
      return [
        `Look at what ${cause.operator === null ? 'these tasks' : `operator ${code(cause.operator)}`} ${cause.operator === null ? 'have' : 'has'} in common outside the batch${run === null ? '' : `; ${run} shows it`}.`,
      ];
    default:
      return run === null
        ? []
        : [`Open in Airflow ${run}${cause.task_id === null ? '' : `, task ${code(cause.task_id)}`}.`];
  }
}

function lastTime({ last_remedy, dataset_id }: Cause): string[] {
  if (last_remedy === null) return [];
  const how = last_remedy.how === 'manual_retry' ? 'a manual retry' : 'a rerun';
  const what = dataset_id === null ? 'it' : code(shortDatasetName(dataset_id));
  return [
    `When ${what} last failed like this (${last_remedy.business_date}), ${how} ended it after ${duration(last_remedy.after_minutes * 60)}.`,
  ];
}

function owner({ owner: name, runbook }: Cause): string[] {
  if (name === null && runbook === null) return [];
  const whose = name === null ? '' : `It belongs to ${name}.`;
  return [`${whose}${runbook === null ? '' : `${name === null ? '' : ' '}The runbook is linked below.`}`];
}
