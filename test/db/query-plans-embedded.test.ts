import type { SQLInputValue } from 'node:sqlite';
import type { Compilable } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import { getAttemptTasks } from '../../src/db/queries/get-attempt-tasks.ts';
import { getBatchStatus } from '../../src/db/queries/get-batch-status.ts';
import { getDagRuns } from '../../src/db/queries/get-dag-runs.ts';
import { getTaskDetails } from '../../src/db/queries/get-task-details.ts';

const databases = connectSqlite();
afterAll(() => databases.close());

function plan(query: Compilable): string[] {
  const { sql, parameters } = query.compile();
  const rows = databases.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(parameters as SQLInputValue[]));
  return rows.map((row) => String(row.detail)).filter((detail) => /SCAN|SEARCH/.test(detail));
}

describe('embedded SQLite uses the indexes of production', () => {
  const group = new Map([
    ['a', ['1', '2']],
    ['b', ['3']],
  ]);

  it('reads one business date, not the history of datasets', () => {
    const query = getBatchStatus(databases.fgw, { datasetIds: ['a', 'b'], businessDate: '2026-02-13', limit: 10 });
    expect(plan(query)).toEqual([expect.stringContaining('USING INDEX IDX_BUSINESS_DATE (BUSINESS_DATE=?)')]);
  });

  it('looks runs of Airflow up by dag_id and run_id', () => {
    for (const query of [getTaskDetails, getDagRuns]) {
      const steps = plan(query(databases.airflow, { group, limit: 10 }) as Compilable);
      expect(steps).toHaveLength(group.size);
      for (const step of steps) expect(step).toMatch(/USING INDEX \w+ \(dag_id=\? AND run_id=\?\)/);
    }
  });

  it('looks attempts of a unit up by dag_id and a range of run_id', () => {
    const stems = [
      { dagId: 'a', stem: 'FGW_a_2026-02-13_S_1' },
      { dagId: 'b', stem: 'FGW_b_2026-02-13_S_1' },
    ];
    const steps = plan(getAttemptTasks(databases.airflow, { stems, limit: 10 }));
    expect(steps).toHaveLength(stems.length);
    for (const step of steps) expect(step).toMatch(/USING INDEX \w+ \(dag_id=\? AND run_id>\? AND run_id<\?\)/);
  });
});
