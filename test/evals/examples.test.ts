import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { QUESTIONS, renderExamples } from './examples.ts';

it('docs/examples.md shows what the product says', { timeout: 60_000 }, async () => {
  expect(QUESTIONS).toHaveLength(10);
  const page = readFileSync(new URL('../../docs/examples.md', import.meta.url), 'utf8');
  // `npm run examples` writes it anew.
  expect(page).toBe(await renderExamples());
});
