import type { OperationNode } from 'kysely';
import { checkReference } from './check-reference.ts';
import { literal, literals } from './literal.ts';
import { field, fields, nodeOf, refuse } from './node-shape.ts';
import type { Policy, TablePolicy } from './policy.ts';

const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);
const LISTS = new Set(['in', 'not in']);
const NULLS = new Set(['is', 'is not']);

/**
 * Refuses a condition that holds anything but AND, OR, parentheses and comparisons of allowed columns (bare, or inside an
 * allowed function) with literal values.
 */
export function checkCondition(node: OperationNode, table: TablePolicy, policy: Policy): void {
  switch (node.kind) {
    case 'ParensNode':
      checkCondition(field(nodeOf(node, 'ParensNode', ['node']), 'node'), table, policy);
      return;
    case 'AndNode':
    case 'OrNode':
      for (const side of ['left', 'right']) {
        const child = field(nodeOf(node, node.kind, ['left', 'right']), side);
        // Kysely writes `a and b or c` for And(a, Or(b, c)): only with parentheses do text and tree mean the same.
        if (node.kind === 'AndNode' && child.kind === 'OrNode')
          refuse('an OR in it stands inside an AND without parentheses');
        checkCondition(child, table, policy);
      }
      return;
    case 'BinaryOperationNode':
      checkComparison(node, table, policy);
      return;
    default:
      refuse('its WHERE holds something other than comparisons');
  }
}

function checkComparison(node: OperationNode, table: TablePolicy, policy: Policy): void {
  nodeOf(node, 'BinaryOperationNode', ['leftOperand', 'operator', 'rightOperand']);
  checkOperand(field(node, 'leftOperand'), table, policy);
  const right = field(node, 'rightOperand');
  const operator = operatorOf(node);
  if (COMPARISONS.has(operator)) literal(right);
  else if (LISTS.has(operator)) literals(right);
  else if (NULLS.has(operator)) checkNull(right);
  else if (operator === 'between') {
    const range = nodeOf(right, 'AndNode', ['left', 'right']);
    literal(field(range, 'left'));
    literal(field(range, 'right'));
  } else refuse('it uses an operator outside the policy');
}

/** The operator of a comparison, as text. */
export function operatorOf(node: OperationNode): string {
  const { operator } = nodeOf(field(node, 'operator'), 'OperatorNode', ['operator']) as { operator?: unknown };
  return typeof operator === 'string' ? operator : refuse('an operator in it is not text');
}

function checkOperand(node: OperationNode, table: TablePolicy, policy: Policy): void {
  if (node.kind !== 'FunctionNode') {
    checkReference(node, table);
    return;
  }
  const { func } = nodeOf(node, 'FunctionNode', ['func', 'arguments']) as { func?: unknown };
  if (typeof func !== 'string' || !policy.functions.has(func)) refuse('it calls a function outside the policy');
  const [subject, ...rest] = fields(node, 'arguments');
  if (!subject) refuse('it calls a function of nothing');
  checkReference(subject, table);
  for (const argument of rest) literal(argument);
}

function checkNull(node: OperationNode): void {
  const { value } = nodeOf(node, 'ValueNode', ['value', 'immediate']) as { value?: unknown };
  if (value !== null) refuse('it compares with IS and something other than NULL');
}
