import { expect, it } from 'vitest';
import { checkModel } from '../../src/llm/check-model.ts';

it('has nothing to check where no model is configured', async () => {
  expect(await checkModel({ kind: 'planner' }, { signal: AbortSignal.timeout(1000) })).toEqual({ kind: 'planner' });
});
