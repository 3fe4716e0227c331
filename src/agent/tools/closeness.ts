/** Sorted by likeness to what was said, by shared letter pairs (Dice); only for suggestions, never to resolve a name. */
export function closest<T>(said: string, items: readonly T[], words: (item: T) => readonly string[]): T[] {
  const wanted = pairs(said);
  const score = (item: T) => Math.max(...words(item).map((word) => likeness(wanted, pairs(word))));
  return items
    .map((item, index) => ({ item, index, score: score(item) }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ item }) => item);
}

function pairs(text: string): Set<string> {
  const flat = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return new Set(Array.from({ length: Math.max(0, flat.length - 1) }, (_, index) => flat.slice(index, index + 2)));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
