import type { OperationNode } from 'kysely';
import { field, fieldOrNull, nodeOf, refuse } from './node-shape.ts';
import type { TablePolicy } from './policy.ts';

/** Refuses anything but one allowed column of the table that the query reads. Returns the column's name. */
export function checkReference(node: OperationNode, table: TablePolicy): string {
  const column = columnOf(node);
  if (column === null) return refuse('it uses something other than a named column');
  if (!table.columns.has(column)) refuse('it uses a column outside the policy');
  const qualifier = fieldOrNull(node, 'table');
  if (qualifier) checkQualifier(qualifier, table);
  return column;
}

/** The column that a node names, or null when it is no plain column reference. */
export function columnOf(node: OperationNode): string | null {
  if (node.kind !== 'ReferenceNode') return null;
  const column = field(nodeOf(node, 'ReferenceNode', ['column', 'table']), 'column');
  if (column.kind !== 'ColumnNode') return null;
  return name(field(nodeOf(column, 'ColumnNode', ['column']), 'column'));
}

function checkQualifier(node: OperationNode, table: TablePolicy): void {
  const path = nodeOf(field(nodeOf(node, 'TableNode', ['table']), 'table'), 'SchemableIdentifierNode', [
    'schema',
    'identifier',
  ]);
  const schema = fieldOrNull(path, 'schema');
  const same = name(field(path, 'identifier')) === table.table && (!schema || name(schema) === table.database);
  if (!same) refuse('it names a column of another table');
}

function name(node: OperationNode): string | null {
  const { name } = nodeOf(node, 'IdentifierNode', ['name']) as { name?: unknown };
  return typeof name === 'string' ? name : null;
}
