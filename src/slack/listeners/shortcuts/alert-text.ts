/** What a message says in any of the places where alerts put their words: its text, its blocks, its attachments. Bounded. */
export function alertText(message: unknown): string {
  const found: string[] = [];
  collect(message, found, 0);
  return [...new Set(found)].join('\n').slice(0, 8000);
}

const TELLING = new Set(['text', 'fallback', 'pretext', 'title', 'value', 'footer']);
const HOLDING = new Set(['text', 'blocks', 'attachments', 'elements', 'fields', 'rows', 'cells']);

function collect(value: unknown, found: string[], depth: number): void {
  if (depth > 8 || found.length > 200) return;
  if (Array.isArray(value)) {
    for (const each of value.slice(0, 100)) collect(each, found, depth + 1);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, held] of Object.entries(value)) {
    if (typeof held === 'string') {
      if (TELLING.has(key) && held.trim() !== '') found.push(held.slice(0, 4000));
    } else if (HOLDING.has(key)) collect(held, found, depth + 1);
  }
}
