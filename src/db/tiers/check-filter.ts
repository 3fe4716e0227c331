import type { OperationNode } from 'kysely';
import { isAttemptRange } from './attempt-range.ts';
import { operatorOf } from './check-condition.ts';
import { columnOf } from './check-reference.ts';
import { literal, literals } from './literal.ts';
import { field } from './node-shape.ts';
import type { RequiredFilter } from './policy.ts';

const DAY_MS = 86_400_000;

/** Whether a condition that passed `checkCondition` pins its table down as the policy requires. */
export function meetsFilter(condition: OperationNode, filter: RequiredFilter): boolean {
  if (filter.kind === 'business-date') return spansAtMost(conjuncts(condition), filter.column, filter.maxSpanDays);
  const pinned = pinnedColumns(condition, filter.attemptsOf ?? null);
  return filter.columns.every((column) => pinned.has(column));
}

/** The conditions that every row must meet. An OR is one condition, and pins no date. */
function conjuncts(node: OperationNode): OperationNode[] {
  if (node.kind === 'ParensNode') return conjuncts(field(node, 'node'));
  if (node.kind === 'AndNode') return [...conjuncts(field(node, 'left')), ...conjuncts(field(node, 'right'))];
  return [node];
}

function spansAtMost(conditions: OperationNode[], column: string, maxDays: number): boolean {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const condition of conditions) {
    const range = dayRange(condition, column);
    if (!range) continue;
    from = Math.max(from, range.from);
    to = Math.min(to, range.to);
  }
  return (to - from) / DAY_MS < maxDays;
}

/** The first and last day that a condition admits, or null when it says nothing certain about the column. */
function dayRange(node: OperationNode, column: string): { from: number; to: number } | null {
  if (node.kind !== 'BinaryOperationNode' || columnOf(field(node, 'leftOperand')) !== column) return null;
  const right = field(node, 'rightOperand');
  const operator = operatorOf(node);
  if (operator === 'between') return within([day(literal(field(right, 'left'))), day(literal(field(right, 'right')))]);
  if (operator === 'in') return within(literals(right).map(day));
  if (operator === '=') return within([day(literal(right))]);
  if (operator === '>=' || operator === '>') return oneSided(day(literal(right)), 'from');
  if (operator === '<=' || operator === '<') return oneSided(day(literal(right)), 'to');
  return null;
}

function within(days: (number | null)[]): { from: number; to: number } | null {
  if (days.some((value) => value === null)) return null;
  return { from: Math.min(...(days as number[])), to: Math.max(...(days as number[])) };
}

function oneSided(value: number | null, side: 'from' | 'to'): { from: number; to: number } | null {
  if (value === null) return null;
  return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, [side]: value };
}

/** Only a calendar date as text: MySQL would compare a number, or half a date, in ways of its own. */
function day(value: string | number): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== value ? null : instant;
}

/** Columns that are bound to exact text values: of a conjunction on either side, of an alternative on both. */
function pinnedColumns(node: OperationNode, attemptsOf: string | null): Set<string> {
  if (node.kind === 'ParensNode') return pinnedColumns(field(node, 'node'), attemptsOf);
  if (node.kind === 'AndNode' || node.kind === 'OrNode') {
    const left = pinnedColumns(field(node, 'left'), attemptsOf);
    const right = pinnedColumns(field(node, 'right'), attemptsOf);
    return node.kind === 'AndNode'
      ? new Set([...left, ...right])
      : new Set([...left].filter((column) => right.has(column)));
  }
  if (node.kind !== 'BinaryOperationNode') return new Set();
  const column = columnOf(field(node, 'leftOperand'));
  const operator = operatorOf(node);
  const right = field(node, 'rightOperand');
  if (operator === 'between') {
    const range = { from: literal(field(right, 'left')), to: literal(field(right, 'right')) };
    return column !== null && column === attemptsOf && isAttemptRange(range) ? new Set([column]) : new Set();
  }
  const values = operator === '=' ? [literal(right)] : operator === 'in' ? literals(right) : [];
  const exact = values.length > 0 && values.every((value) => typeof value === 'string');
  return column !== null && exact ? new Set([column]) : new Set();
}
