import { LRUCache } from 'lru-cache';
import type { Definition } from './definition.ts';

const known = new WeakMap<Definition, number>();
const numbers = new LRUCache<string, number>({ max: 500 });
let latest = 0;

/** The same number for definitions with the same datasets, slices and order, and for no others: what is kept is found by it. */
export function definitionKey(definition: Definition): number {
  const hit = known.get(definition);
  if (hit !== undefined) return hit;
  const content = JSON.stringify(
    definition.datasets.map(({ datasetId, sequenceOrder, slices }) => [datasetId, sequenceOrder, slices]),
  );
  let key = numbers.get(content);
  if (key === undefined) {
    latest += 1;
    key = latest;
    numbers.set(content, key);
  }
  known.set(definition, key);
  return key;
}
