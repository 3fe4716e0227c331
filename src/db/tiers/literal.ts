import type { OperationNode } from 'kysely';
import { fields, nodeOf, refuse } from './node-shape.ts';

const MAX_LIST = 5_000;
const MAX_TEXT = 1_024;

/**
 * The value of a bound parameter: text or a finite number. Objects are refused because a driver may write them into the SQL
 * in its own way, values that are part of the SQL text because nothing needs them.
 */
export function literal(node: OperationNode): string | number {
  return plain((nodeOf(node, 'ValueNode', ['value']) as { value?: unknown }).value);
}

/** The values of an IN list: at least one. */
export function literals(node: OperationNode): (string | number)[] {
  const values =
    node.kind === 'ValueListNode'
      ? fields(nodeOf(node, 'ValueListNode', ['values']), 'values').map(literal)
      : plainList((nodeOf(node, 'PrimitiveValueListNode', ['values']) as { values?: unknown }).values);
  if (values.length === 0 || values.length > MAX_LIST) refuse(`a list in it has not between 1 and ${MAX_LIST} values`);
  return values;
}

function plainList(values: unknown): (string | number)[] {
  return Array.isArray(values) ? Array.from(values, plain) : refuse('a list in it is not a list');
}

function plain(value: unknown): string | number {
  if (typeof value === 'string' && value.length <= MAX_TEXT) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return refuse('it compares with something other than text or a number');
}
