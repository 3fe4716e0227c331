import fc from 'fast-check';
import {
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  createQueryId,
  type OperationNode,
  type Operator,
  OperatorNode,
  OrNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  type SelectQueryNode,
  ValueNode,
  WhereNode,
} from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { connectSqlite } from '../../../src/db/connect-sqlite.ts';
import { checkQuery } from '../../../src/db/tiers/check-query.ts';
import { type Policy, tier1Policy } from '../../../src/db/tiers/policy.ts';

/**
 * The check reasons about conditions; SQLite evaluates them. For random conditions that the check lets through, no row that
 * SQLite then finds may lie outside what the policy promises.
 */
const MAX_DAYS = 4;
const databases = connectSqlite();
afterAll(() => databases.close());
const full = tier1Policy(databases.names);
const policy: Policy = {
  ...full,
  tables: full.tables.map((table) =>
    table.filter.kind === 'business-date' ? { ...table, filter: { ...table.filter, maxSpanDays: MAX_DAYS } } : table,
  ),
};

const DATES = Array.from({ length: 15 }, (_, day) => `2026-02-${String(day + 10)}`);
const STATUSES = ['SUCCESS', 'FAILED', null];
const insertRun = databases.sqlite.prepare(
  `INSERT INTO FINEGRAINED_WORKFLOW.WORKFLOW_RUN_INSTANCE (WORKFLOW_KEY, WORKFLOW_ID, CREATED_DATE, UPDATED_DATE, BUSINESS_DATE, STATUS) VALUES (1, 'w', '', '', ?, ?)`,
);
for (const date of [...DATES, null]) for (const status of STATUSES) insertRun.run(date, status);
const NAMES = ['a', 'b', 'c', 'd'];
const insertDagRun = databases.sqlite.prepare(
  `INSERT INTO airflow.dag_run (dag_id, run_id, state, run_type) VALUES (?, ?, ?, 'manual')`,
);
for (const dag of NAMES) for (const run of NAMES) insertDagRun.run(dag, run, dag < run ? 'failed' : null);
databases.makeReadOnly();

function leaf(column: string, values: fc.Arbitrary<string | number>): fc.Arbitrary<OperationNode> {
  const left = ReferenceNode.create(ColumnNode.create(column));
  const compare = (operator: Operator, right: OperationNode) =>
    BinaryOperationNode.create(left, OperatorNode.create(operator), right);
  const single = fc.constantFrom<Operator>('=', '=', '!=', '<', '<=', '>', '>=');
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(single, values).map(([operator, value]) => compare(operator, ValueNode.create(value))),
    },
    fc
      .tuple(fc.constantFrom<Operator>('in', 'in', 'not in'), fc.array(values, { minLength: 1, maxLength: 3 }))
      .map(([operator, list]) => compare(operator, PrimitiveValueListNode.create(list))),
    fc
      .tuple(values, values)
      .map(([a, b]) => compare('between', AndNode.create(ValueNode.create(a), ValueNode.create(b)))),
    fc.constantFrom<Operator>('is', 'is not').map((operator) => compare(operator, ValueNode.createImmediate(null))),
  );
}

function compare(column: string, operator: Operator, value: string): OperationNode {
  const left = ReferenceNode.create(ColumnNode.create(column));
  return BinaryOperationNode.create(left, OperatorNode.create(operator), ValueNode.create(value));
}

/** Any tree of conditions, with parentheses and without: also those where Kysely's text and its tree differ. */
function condition(leaves: fc.Arbitrary<OperationNode>): fc.Arbitrary<OperationNode> {
  return fc.letrec<{ node: OperationNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 2, arbitrary: leaves },
      { weight: 4, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => AndNode.create(a, b)) },
      { weight: 2, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => OrNode.create(a, b)) },
      { weight: 2, arbitrary: tie('node').map((node) => ParensNode.create(node)) },
      {
        weight: 3,
        arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => ParensNode.create(OrNode.create(a, b))),
      },
    ),
  })).node;
}

const runQuery = databases.fgw.selectFrom('WORKFLOW_RUN_INSTANCE').select(['BUSINESS_DATE', 'STATUS']).limit(1000);
const dagQuery = databases.airflow.selectFrom('dag_run').select(['dag_id', 'run_id']).limit(1000);

/** The rows of a condition that the check accepts, or null. */
async function rowsOf<Row>(query: typeof runQuery | typeof dagQuery, where: OperationNode): Promise<Row[] | null> {
  const node = { ...query.toOperationNode(), where: WhereNode.create(where) } as SelectQueryNode;
  let checked: SelectQueryNode;
  try {
    checked = checkQuery(node, policy);
  } catch {
    return null;
  }
  const executor = databases.fgw.getExecutor();
  return (await databases.fgw.executeQuery<Row>(executor.compileQuery<Row>(checked, createQueryId()))).rows;
}

/** Every value that a condition compares a column with. */
function valuesFor(node: unknown, column: string): unknown[] {
  const at = node as { kind: string; left?: unknown; right?: unknown; node?: unknown } & Record<string, never>;
  if (at.kind === 'ParensNode') return valuesFor(at.node, column);
  if (at.kind !== 'BinaryOperationNode') return [...valuesFor(at.left, column), ...valuesFor(at.right, column)];
  if (!JSON.stringify(at.leftOperand).includes(`"${column}"`)) return [];
  const right = at.rightOperand as unknown as { value?: unknown; values?: unknown[] };
  return right.values ?? [right.value];
}

describe('what the check lets through', () => {
  it('never finds runs of business dates further apart than the policy allows, nor runs without one', async () => {
    const dates = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...DATES) },
      fc.constantFrom('2026-02-31', '', 20260213),
    );
    const range = fc
      .tuple(fc.constantFrom(...DATES), fc.constantFrom(...DATES), fc.constantFrom<Operator>('<=', '<', '=', '!='))
      .map(([from, to, upper]) =>
        AndNode.create(compare('BUSINESS_DATE', '>=', from), compare('BUSINESS_DATE', upper, to)),
      );
    const leaves = fc.oneof(
      { weight: 2, arbitrary: range },
      { weight: 3, arbitrary: leaf('BUSINESS_DATE', dates) },
      leaf('STATUS', fc.constantFrom('SUCCESS', 'FAILED', 0)),
    );
    let found = 0;
    await fc.assert(
      fc.asyncProperty(condition(leaves), async (where) => {
        const rows = await rowsOf<{ BUSINESS_DATE: string | null }>(runQuery, where);
        if (!rows || rows.length === 0) return;
        found += 1;
        const days = rows.map((row) => (row.BUSINESS_DATE === null ? Number.NaN : Date.parse(row.BUSINESS_DATE)));
        expect((Math.max(...days) - Math.min(...days)) / 86_400_000).toBeLessThan(MAX_DAYS);
      }),
      { numRuns: 4_000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('never finds a run of Airflow whose dag_id and run_id are not both named', async () => {
    const named = fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b'))
      .map(([dag, run]) => AndNode.create(compare('dag_id', '=', dag), compare('run_id', '=', run)));
    const leaves = fc.oneof(
      { weight: 4, arbitrary: named },
      leaf('dag_id', fc.constantFrom('a', 'b', 0)),
      leaf('run_id', fc.constantFrom('a', 'b', 0)),
      leaf('state', fc.constantFrom('failed')),
    );
    let found = 0;
    await fc.assert(
      fc.asyncProperty(condition(leaves), async (where) => {
        const rows = await rowsOf<{ dag_id: string; run_id: string }>(dagQuery, where);
        if (!rows || rows.length === 0) return;
        found += 1;
        for (const row of rows) {
          expect(valuesFor(where, 'dag_id')).toContain(row.dag_id);
          expect(valuesFor(where, 'run_id')).toContain(row.run_id);
        }
      }),
      { numRuns: 4_000 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
