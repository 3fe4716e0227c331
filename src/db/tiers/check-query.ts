import type { OperationNode, SelectQueryNode } from 'kysely';
import { checkCondition } from './check-condition.ts';
import { meetsFilter } from './check-filter.ts';
import { checkReference } from './check-reference.ts';
import { field, fieldOrNull, fields, nodeOf, refuse } from './node-shape.ts';
import type { Policy, TablePolicy } from './policy.ts';

/**
 * The check of ready-made queries, on the very nodes that Kysely compiles: one SELECT of named columns from one allowed
 * table, with the filter that its table requires and a LIMIT of at most the policy's bound plus one. Whatever is not known
 * to be harmless (a node, a property of a node, an operator, a function) is refused.
 *
 * @returns a copy of the node, made before it was checked: compile this one, so that nothing unchecked is ever run.
 * @throws SentryError `POLICY_REFUSED`
 */
export function checkQuery(query: OperationNode, policy: Policy): SelectQueryNode {
  const copy = copyOf(query);
  const select = nodeOf(copy, 'SelectQueryNode', ['from', 'selections', 'where', 'orderBy', 'limit']);
  const table = checkFrom(field(select, 'from'), policy);
  checkSelections(fields(select, 'selections'), table);
  const where = nodeOf(fieldOrNull(select, 'where') ?? refuse('it has no WHERE'), 'WhereNode', ['where']);
  const condition = field(where, 'where');
  checkCondition(condition, table, policy);
  if (!meetsFilter(condition, table.filter)) refuse(missingFilter(table));
  const orderBy = fieldOrNull(select, 'orderBy');
  if (orderBy) checkOrderBy(orderBy, table);
  checkLimit(fieldOrNull(select, 'limit') ?? refuse('it has no LIMIT'), policy);
  return copy as SelectQueryNode;
}

function copyOf(query: OperationNode): OperationNode {
  try {
    return structuredClone(query);
  } catch {
    // A function or the like inside a node: not data, hence not a value.
    return refuse('it holds something that is not plain data');
  }
}

function checkFrom(from: OperationNode, policy: Policy): TablePolicy {
  const tables = fields(nodeOf(from, 'FromNode', ['froms']), 'froms');
  if (tables.length !== 1) refuse('it reads other than exactly one table');
  const { database, name } = tableName(tables[0] as OperationNode);
  const table = policy.tables.find((allowed) => allowed.database === database && allowed.table === name);
  return table ?? refuse('it reads a table outside the policy');
}

function tableName(node: OperationNode): { database: string; name: string } {
  const table = nodeOf(node, 'TableNode', ['table']);
  const path = nodeOf(field(table, 'table'), 'SchemableIdentifierNode', ['schema', 'identifier']);
  const schema = fieldOrNull(path, 'schema') ?? refuse('it reads a table without naming its database');
  return { database: identifier(schema), name: identifier(field(path, 'identifier')) };
}

function identifier(node: OperationNode): string {
  const { name } = nodeOf(node, 'IdentifierNode', ['name']) as { name?: unknown };
  return typeof name === 'string' ? name : refuse('a name in it is not text');
}

function checkSelections(selections: OperationNode[], table: TablePolicy): void {
  if (selections.length === 0) refuse('it selects nothing');
  for (const node of selections) {
    const selection = field(nodeOf(node, 'SelectionNode', ['selection']), 'selection');
    if (selection.kind !== 'AliasNode') {
      checkReference(selection, table);
      continue;
    }
    const aliased = nodeOf(selection, 'AliasNode', ['node', 'alias']);
    checkReference(field(aliased, 'node'), table);
    if (!/^[A-Za-z]\w{0,63}$/.test(identifier(field(aliased, 'alias')))) refuse('an alias in it is not a plain word');
  }
}

function checkOrderBy(orderBy: OperationNode, table: TablePolicy): void {
  for (const node of fields(nodeOf(orderBy, 'OrderByNode', ['items']), 'items')) {
    const item = nodeOf(node, 'OrderByItemNode', ['orderBy', 'direction']);
    checkReference(field(item, 'orderBy'), table);
    const direction = fieldOrNull(item, 'direction');
    if (direction) checkDirection(direction);
  }
}

/** Kysely writes `asc` and `desc` as raw SQL: exactly these two words are let through. */
function checkDirection(node: OperationNode): void {
  const raw = nodeOf(node, 'RawNode', ['sqlFragments', 'parameters']) as unknown as Record<string, unknown>;
  const fragments = raw.sqlFragments;
  const plain =
    Array.isArray(fragments) && fragments.length === 1 && (fragments[0] === 'asc' || fragments[0] === 'desc');
  if (!plain || !Array.isArray(raw.parameters) || raw.parameters.length > 0) refuse('it holds raw SQL');
}

function checkLimit(node: OperationNode, policy: Policy): void {
  const value = nodeOf(field(nodeOf(node, 'LimitNode', ['limit']), 'limit'), 'ValueNode', ['value']) as unknown as {
    value: unknown;
  };
  const rows = value.value;
  if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 1 || rows > policy.bound + 1) {
    refuse(`its LIMIT is not a whole number from 1 to ${policy.bound + 1}`);
  }
}

function missingFilter({ table, filter }: TablePolicy): string {
  return filter.kind === 'business-date'
    ? `it does not pin ${table} to ${filter.column} values at most ${filter.maxSpanDays} days apart`
    : `it does not pin ${table} to exact ${filter.columns.join(' and ')} together`;
}
