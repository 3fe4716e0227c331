import type { TaskSource } from '../batch/ports.ts';
import type { DagRunRow, RunAddress, TaskRow } from '../batch/run.ts';
import { parseRunId } from '../batch/run-id.ts';
import type { Databases } from './databases.ts';
import { getAttemptTasks, groupStems } from './queries/get-attempt-tasks.ts';
import { type DagRunRecord, getDagRuns, toDagRunRow } from './queries/get-dag-runs.ts';
import { getTaskDetails } from './queries/get-task-details.ts';
import { addressKey, groupAddresses } from './queries/run-addresses.ts';
import { byStart, type TaskRecord, toTaskRow } from './queries/task-rows.ts';
import type { AirflowTables } from './schema.ts';
import { execute, type QueryScope, refuseTruncated } from './tiers/executor.ts';
import { tier1Policy } from './tiers/policy.ts';

/** Opens the Airflow database for one question. */
export function openTaskSource(databases: Databases, scope: QueryScope): TaskSource {
  const { airflow } = databases;
  const policy = tier1Policy(databases.names, scope.bound);
  const limit = policy.bound + 1;

  async function read<Row extends { dag_id: string; run_id: string }>(
    tool: string,
    runs: readonly RunAddress[],
    query: (about: { group: ReadonlyMap<string, readonly string[]>; limit: number }) => Parameters<typeof execute>[1],
  ): Promise<Row[]> {
    const wanted = new Set(runs.map(addressKey));
    const records: Row[] = [];
    for (const group of groupAddresses(runs)) {
      const rows = await execute<Row, AirflowTables>(airflow, query({ group, limit }), { tool, policy, scope });
      for (const row of rows) records.push(row);
      refuseTruncated(records.length, policy);
    }
    return records.filter((record) => wanted.has(addressKey({ dagId: record.dag_id, runId: record.run_id })));
  }

  return {
    async taskDetails(runs): Promise<TaskRow[]> {
      const records = await read<TaskRecord>('get_task_details', runs, (about) => getTaskDetails(airflow, about));
      return records.map(toTaskRow).sort(byStart);
    },
    async attemptTasks(stems): Promise<TaskRow[]> {
      const stemKey = (dagId: string, stem: string) => addressKey({ dagId, runId: stem });
      const wanted = new Set(stems.map(({ dagId, stem }) => stemKey(dagId, stem)));
      const found: TaskRow[] = [];
      for (const group of groupStems(stems)) {
        const query = getAttemptTasks(airflow, { stems: group, limit });
        for (const record of await execute<TaskRecord, AirflowTables>(airflow, query, {
          tool: 'get_attempt_tasks',
          policy,
          scope,
        })) {
          const { stem, hasEpoch } = parseRunId(record.run_id);
          if (hasEpoch && wanted.has(stemKey(record.dag_id, stem))) found.push(toTaskRow(record));
        }
        refuseTruncated(found.length, policy);
      }
      return found.sort(byStart);
    },
    async dagRuns(runs): Promise<DagRunRow[]> {
      const records = await read<DagRunRecord>('get_dag_runs', runs, (about) => getDagRuns(airflow, about));
      return records.map(toDagRunRow).sort((a, b) => {
        const [left, right] = [addressKey(a), addressKey(b)];
        return left < right ? -1 : left > right ? 1 : 0;
      });
    },
  };
}
