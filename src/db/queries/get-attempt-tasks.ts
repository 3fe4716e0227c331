import type { Kysely } from 'kysely';
import type { RunStem } from '../../batch/run.ts';
import type { AirflowTables } from '../schema.ts';
import { type AttemptRange, attemptRange } from '../tiers/attempt-range.ts';
import { TASK_COLUMNS } from './task-rows.ts';

/** Stems that one statement asks for. */
const PER_STATEMENT = 300;

/** Stems without repeats, a few hundred to a statement; those without a business date, which many nights share, are left out. */
export function groupStems(stems: readonly RunStem[]): RunStem[][] {
  const dated = stems.filter(({ stem }) => attemptRange(stem) !== null);
  const unique = [...new Map(dated.map((one) => [JSON.stringify([one.dagId, one.stem]), one])).values()];
  return Array.from({ length: Math.ceil(unique.length / PER_STATEMENT) }, (_, index) =>
    unique.slice(index * PER_STATEMENT, (index + 1) * PER_STATEMENT),
  );
}

/**
 * `get_attempt_tasks`: tasks of every attempt at these units, whatever its epoch. A range instead of LIKE: run ids are full of
 * `_`, which LIKE takes for a wildcard, and a range is looked up in the index on both columns by either dialect. Its ends
 * admit a little more than epochs: what came is compared again (`parseRunId`).
 */
export function getAttemptTasks(airflow: Kysely<AirflowTables>, about: { stems: readonly RunStem[]; limit: number }) {
  return airflow
    .selectFrom('task_instance')
    .where((eb) =>
      eb.or(
        about.stems.map(({ dagId, stem }) => {
          const { from, to } = attemptRange(stem) as AttemptRange;
          return eb.and([eb('dag_id', '=', dagId), eb.between('run_id', from, to)]);
        }),
      ),
    )
    .select(TASK_COLUMNS)
    .limit(about.limit);
}
