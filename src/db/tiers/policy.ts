import type { DatabaseNames } from '../databases.ts';
import type { DagRun, TaskInstance, WorkflowRunInstance } from '../schema.ts';

/** What every read of a table must pin down, so that no query scans it whole. */
export type RequiredFilter =
  /** A business date, or a range or list of them that spans at most `maxSpanDays`; always as a condition of the whole query. */
  | { kind: 'business-date'; column: string; maxSpanDays: number }
  /**
   * All of these columns by exact values, together: in the whole query, or in every alternative of an OR. `attemptsOf` may
   * instead be bound to the attempts at one unit of one business date: an id of any epoch (see `attemptRange`).
   */
  | { kind: 'exact'; columns: readonly string[]; attemptsOf?: string };

export interface TablePolicy {
  database: string;
  table: string;
  columns: ReadonlySet<string>;
  filter: RequiredFilter;
}

/** What a tier may touch. Written once, held by every checker: on Kysely's nodes, and on the parse tree of SQL text. */
export interface Policy {
  tier: 1 | 2;
  tables: readonly TablePolicy[];
  /** Lower case. */
  functions: ReadonlySet<string>;
  /** Rows that an answer may be computed from. A query may fetch one more, so that truncation is seen. */
  bound: number;
}

/** Rows that a ready-made query may return. */
export const TIER_1_BOUND = 50_000;
const MAX_SPAN_DAYS = 400;

const RUN_COLUMNS = [
  'WORKFLOW_RUN_INSTANCE_KEY',
  'BUSINESS_DATE',
  'OUTPUT_DATASET_ID',
  'DAG_ID',
  'DAG_RUN_ID',
  'STATUS',
  'STATUS_DETAIL',
  'CREATED_DATE',
  'UPDATED_DATE',
  'TRIGGER_TYPE',
] as const satisfies readonly (keyof WorkflowRunInstance)[];

const TASK_COLUMNS = [
  'dag_id',
  'run_id',
  'task_id',
  'map_index',
  'state',
  'try_number',
  'max_tries',
  'queued_dttm',
  'start_date',
  'end_date',
  'updated_at',
  'duration',
  'operator',
  'hostname',
] as const satisfies readonly (keyof TaskInstance)[];

const DAG_RUN_COLUMNS = [
  'dag_id',
  'run_id',
  'state',
  'start_date',
  'end_date',
] as const satisfies readonly (keyof DagRun)[];

/** The policy of tier 1 for databases of these names. A smaller `bound` is for tests and careful callers. */
export function tier1Policy(names: DatabaseNames, bound: number = TIER_1_BOUND): Policy {
  return {
    tier: 1,
    tables: [
      {
        database: names.fgw,
        table: 'WORKFLOW_RUN_INSTANCE',
        columns: new Set(RUN_COLUMNS),
        filter: { kind: 'business-date', column: 'BUSINESS_DATE', maxSpanDays: MAX_SPAN_DAYS },
      },
      {
        database: names.airflow,
        table: 'task_instance',
        columns: new Set(TASK_COLUMNS),
        filter: { kind: 'exact', columns: ['dag_id', 'run_id'], attemptsOf: 'run_id' },
      },
      {
        database: names.airflow,
        table: 'dag_run',
        columns: new Set(DAG_RUN_COLUMNS),
        filter: { kind: 'exact', columns: ['dag_id', 'run_id'] },
      },
    ],
    functions: new Set(['coalesce', 'instr']),
    bound: Math.min(bound, TIER_1_BOUND),
  };
}
