import type { OperationNode, OperationNodeKind } from 'kysely';
import { SentryError } from '../../errors.ts';

/** Ends a check. `why` completes "The query was refused: …" and quotes nothing of the query. */
export function refuse(why: string): never {
  throw new SentryError('POLICY_REFUSED', `The query was refused: ${why}.`, {
    remedy: 'Nothing was read. Give the reference to whoever runs SENTRY.',
  });
}

/** Refuses any kind but this one, and any property that is not listed: what a later Kysely adds is refused until it is known. */
export function nodeOf(node: OperationNode, kind: OperationNodeKind, properties: readonly string[]): OperationNode {
  if (node.kind !== kind) refuse(`it holds a ${describe(node.kind)} where a ${kind} belongs`);
  for (const [property, value] of Object.entries(node)) {
    if (property !== 'kind' && value !== undefined && !properties.includes(property)) {
      refuse(`its ${kind} uses ${describe(property)}`);
    }
  }
  return node;
}

/** A child node that must be there. */
export function field(node: OperationNode, property: string): OperationNode {
  return fieldOrNull(node, property) ?? refuse(`its ${node.kind} lacks ${property}`);
}

/** A child node that may be absent. */
export function fieldOrNull(node: OperationNode, property: string): OperationNode | null {
  const child = (node as unknown as Record<string, unknown>)[property];
  if (child === undefined) return null;
  return isNode(child) ? child : refuse(`the ${property} of its ${node.kind} is not a node`);
}

/** Child nodes; absent ones are none. */
export function fields(node: OperationNode, property: string): OperationNode[] {
  const children = (node as unknown as Record<string, unknown>)[property];
  if (children === undefined) return [];
  // A copy without holes: `every` would step over them.
  const list: unknown[] = Array.isArray(children) ? Array.from(children) : [null];
  return list.every(isNode) ? list : refuse(`the ${property} of its ${node.kind} are not nodes`);
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
}

/** Names of kinds and properties come from code, but a forged node may hold anything. */
function describe(word: string): string {
  return /^\w{1,40}$/.test(word) ? word : 'something unknown';
}
