import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { RunAddress } from '../../batch/run.ts';
import type { AirflowTables } from '../schema.ts';

/** Run addresses that one statement asks for: the runs of a large night are one or two statements. */
const PER_STATEMENT = 1000;

/** Run ids by DAG, for one statement. */
export type AddressGroup = ReadonlyMap<string, readonly string[]>;

/** Addresses without repeats, grouped by DAG, a few hundred to a statement. */
export function groupAddresses(runs: readonly RunAddress[]): AddressGroup[] {
  const unique = new Map(runs.map((run) => [addressKey(run), run]));
  const sorted = [...unique.values()].sort((a, b) => (a.dagId < b.dagId ? -1 : a.dagId > b.dagId ? 1 : 0));
  const groups: AddressGroup[] = [];
  for (let start = 0; start < sorted.length; start += PER_STATEMENT) {
    const group = new Map<string, string[]>();
    for (const { dagId, runId } of sorted.slice(start, start + PER_STATEMENT)) {
      const known = group.get(dagId);
      if (known === undefined) group.set(dagId, [runId]);
      else known.push(runId);
    }
    groups.push(group);
  }
  return groups;
}

/**
 * `(dag_id, run_id)` together, one alternative per DAG: Airflow has no index on run_id alone, and this form lets both
 * dialects look every run up in the index on the two columns.
 */
export function atAddresses<Table extends keyof AirflowTables>(
  eb: ExpressionBuilder<AirflowTables, Table>,
  group: AddressGroup,
): ExpressionWrapper<AirflowTables, Table, SqlBool> {
  // Both tables have both columns; the compiler cannot see that for a table that is a parameter.
  const on = eb as unknown as ExpressionBuilder<AirflowTables, 'dag_run'>;
  const alternatives = [...group].map(([dagId, runIds]) =>
    on.and([on('dag_id', '=', dagId), on('run_id', 'in', [...runIds])]),
  );
  return on.or(alternatives) as unknown as ExpressionWrapper<AirflowTables, Table, SqlBool>;
}

/** Exact identity of a run: MySQL's collations compare more loosely. */
export function addressKey(run: RunAddress): string {
  return JSON.stringify([run.dagId, run.runId]);
}
