import fc from 'fast-check';
import type { SelectQueryNode } from 'kysely';
import { describe, expect, it } from 'vitest';
import { PRODUCTION_NAMES } from '../../../src/db/databases.ts';
import { checkQuery } from '../../../src/db/tiers/check-query.ts';
import { tier1Policy } from '../../../src/db/tiers/policy.ts';
import { readyMadeNodes } from './allowed-queries.ts';

const policy = tier1Policy(PRODUCTION_NAMES);
type Bag = Record<string, unknown> & { kind: string };

/** Every node of a tree, the root first. */
function nodesOf(value: unknown): Bag[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesOf);
  return 'kind' in value ? [value as Bag, ...below] : below;
}

const READY = readyMadeNodes();

/** A fresh copy of a ready-made query, and one of its nodes of this kind (of any kind without). */
function target(kind: string | undefined, index: number, pick: number): { query: SelectQueryNode; node: Bag } | null {
  const query = structuredClone(READY[index % READY.length] as SelectQueryNode);
  const nodes = nodesOf(query).filter((node) => kind === undefined || node.kind === kind);
  return nodes.length === 0 ? null : { query, node: nodes[pick % nodes.length] as Bag };
}

function refuses(kind: string | undefined, mutation: fc.Arbitrary<(node: Bag, query: SelectQueryNode) => void>) {
  let broken = 0;
  fc.assert(
    fc.property(fc.nat(), fc.nat(), mutation, (index, pick, mutate) => {
      const chosen = target(kind, index, pick);
      fc.pre(chosen !== null);
      mutate(chosen.node, chosen.query);
      broken += 1;
      expect(() => checkQuery(chosen.query, policy)).toThrow(expect.objectContaining({ code: 'POLICY_REFUSED' }));
    }),
    { numRuns: 300 },
  );
  expect(broken).toBeGreaterThan(100);
}

const KINDS = [
  'RawNode',
  'SelectQueryNode',
  'InsertQueryNode',
  'DeleteQueryNode',
  'UpdateQueryNode',
  'MergeQueryNode',
  'SelectAllNode',
  'JoinNode',
  'WithNode',
  'SetOperationNode',
  'SelectModifierNode',
  'ExplainNode',
  'CaseNode',
  'CastNode',
  'UnaryOperationNode',
  'AggregateFunctionNode',
  'JSONReferenceNode',
  'CollateNode',
  'TupleNode',
  'OverNode',
  'FetchNode',
  'TopNode',
  'DropTableNode',
  'constructor',
  '__proto__',
  '',
  'NodeOfTomorrow',
];

const evilText = fc.oneof(
  fc.constantFrom(
    'SELECT',
    '*',
    'password',
    'user()',
    'status',
    'STATUS ',
    'STATUS`',
    'STATUS"',
    '',
    'constructor',
    '__proto__',
  ),
  fc.string(),
);

const notPlain = fc.constantFrom<unknown>(
  null,
  undefined,
  true,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  [],
  ['a'],
  {},
  new Date(0),
  new Uint8Array(1),
  { toSqlString: 'sleep(5)' },
  { kind: 'RawNode' },
  () => 'x',
  Symbol('x'),
  'x'.repeat(2_000),
);

describe('one broken rule is enough', () => {
  it('any node of another kind', () => {
    refuses(
      undefined,
      fc.constantFrom(...KINDS).map((kind) => (node) => {
        node.kind = node.kind === kind ? 'RawNode' : kind;
      }),
    );
  });

  it('any node with a property that is not known', () => {
    const added = fc.tuple(
      fc.constantFrom('modifiers', 'sql', 'over', 'filter', 'distinct', 'hint', 'into'),
      fc.anything(),
    );
    refuses(
      undefined,
      added.map(([property, value]) => (node) => {
        node[property] = value === undefined ? {} : value;
      }),
    );
  });

  it('any clause beyond those that are allowed', () => {
    const clause = fc.constantFrom(
      'distinctOn',
      'joins',
      'groupBy',
      'frontModifiers',
      'endModifiers',
      'offset',
      'with',
      'having',
      'explain',
      'setOperations',
      'fetch',
      'top',
    );
    const value = fc.constantFrom<unknown>([], {}, { kind: 'RawNode', sqlFragments: ['for update'], parameters: [] }, [
      { kind: 'JoinNode' },
    ]);
    refuses(
      'SelectQueryNode',
      fc.tuple(clause, value).map(([name, content]) => (node) => {
        node[name] = content;
      }),
    );
  });

  it('any clause that is missing', () => {
    refuses(
      'SelectQueryNode',
      fc.constantFrom('from', 'where', 'limit', 'selections').map((name) => (node) => {
        delete node[name];
      }),
    );
  });

  it('any part of a node that is missing', () => {
    refuses(
      undefined,
      fc.nat().map((pick) => (node) => {
        const properties = Object.keys(node).filter((name) => node[name] !== undefined);
        delete node[properties[pick % properties.length] as string];
      }),
    );
  });

  it('any name that is not in the policy, in a column, a table or a database', () => {
    const names = new Set([...policy.tables.flatMap((table) => [...table.columns, table.table, table.database])]);
    refuses(
      'IdentifierNode',
      evilText
        .filter((name) => !names.has(name))
        .map((name) => (node) => {
          node.name = name;
        }),
    );
  });

  it('any operator that is not in the policy', () => {
    const operator = fc.oneof(
      fc.constantFrom(
        'like',
        'not like',
        'regexp',
        '<=>',
        'match',
        '->',
        '||',
        '@>',
        'exists',
        '= 1 or 1 =',
        'IN',
        '==',
      ),
      fc
        .string()
        .filter((text) => !['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not', 'between'].includes(text)),
    );
    refuses(
      'OperatorNode',
      operator.map((text) => (node) => {
        node.operator = text;
      }),
    );
  });

  it('any function that is not in the policy', () => {
    const name = fc.oneof(
      fc.constantFrom(
        'sleep',
        'benchmark',
        'load_file',
        'COALESCE',
        'coalesce(sleep(5),',
        'user',
        'version',
        'instr ',
        '',
      ),
      fc.string().filter((text) => text !== 'coalesce' && text !== 'instr'),
    );
    refuses(
      'FunctionNode',
      name.map((func) => (node) => {
        node.func = func;
      }),
    );
  });

  it('any value that is not plain text or a number', () => {
    refuses(
      'ValueNode',
      notPlain.map((value) => (node) => {
        node.value = value;
      }),
    );
    refuses(
      'PrimitiveValueListNode',
      notPlain.map((value) => (node) => {
        node.values = [...(node.values as unknown[]), value];
      }),
    );
  });

  it('any value that becomes part of the SQL text', () => {
    refuses(
      'ValueNode',
      fc.constant((node: Bag) => {
        node.immediate = true;
      }),
    );
  });

  it('any list that is empty or endless', () => {
    refuses(
      'PrimitiveValueListNode',
      fc.constantFrom<unknown>([], null, 'a', Array(5_001).fill('a'), { length: 1, 0: 'a' }).map((values) => (node) => {
        node.values = values;
      }),
    );
  });

  it('any limit that is not from 1 to the bound and the one row that shows truncation', () => {
    const limit = fc.oneof(
      fc.integer({ min: 50_002 }),
      fc.integer({ max: 0 }),
      fc.double().filter((n) => !Number.isInteger(n)),
      fc.string(),
    );
    refuses(
      'LimitNode',
      limit.map((value) => (node) => {
        (node.limit as Bag).value = value;
      }),
    );
  });

  it('any alternative beside the whole condition', () => {
    const other = {
      kind: 'BinaryOperationNode',
      leftOperand: column('STATE'),
      operator: { kind: 'OperatorNode', operator: '=' },
    };
    const sides = fc.constantFrom('left', 'right');
    refuses(
      'WhereNode',
      fc.tuple(sides, fc.boolean()).map(([side, parens]) => (node, query) => {
        const name = JSON.stringify(query.from).includes('WORKFLOW') ? 'STATUS' : 'state';
        const alternative = { ...other, leftOperand: column(name), rightOperand: { kind: 'ValueNode', value: 'x' } };
        const or =
          side === 'left' ? { left: alternative, right: node.where } : { left: node.where, right: alternative };
        const whole = { kind: 'OrNode', ...or };
        node.where = parens ? { kind: 'ParensNode', node: whole } : whole;
      }),
    );
  });

  it('raw SQL in place of any node', () => {
    refuses(
      undefined,
      fc.constantFrom('1 = 1', 'sleep(5)', '*', '', 'asc').map((text) => (node) => {
        for (const key of Object.keys(node)) delete node[key];
        Object.assign(node, { kind: 'RawNode', sqlFragments: [text], parameters: [] });
      }),
    );
  });
});

function column(name: string) {
  return { kind: 'ReferenceNode', column: { kind: 'ColumnNode', column: { kind: 'IdentifierNode', name } } };
}
