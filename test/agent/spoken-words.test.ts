import fc from 'fast-check';
import { expect, it } from 'vitest';
import { askOnce, planner, smallAgent } from './asking.ts';
import { StreamingModel } from './streaming-model.ts';

const QUESTION = 'how is derivatives prelim doing?';

async function asked(pieces: readonly (string | Error)[]) {
  const model = new StreamingModel(async function* () {
    yield* pieces;
  });
  const ask = smallAgent({ createModel: () => model, createFallbackModel: planner });
  const { answer, events } = await askOnce(ask, QUESTION);
  return { answer, said: events.flatMap((event) => (event.type === 'prose' ? [event.text] : [])), events };
}

it('lets on each sentence once it has passed, under the verdict and before the answer', async () => {
  const { answer, said, events } = await asked(['Step 3 waits', ' for it. SNU failed. 1 of 7 sl', 'ices failed.']);
  expect(said).toEqual(['Step 3 waits for it.', 'Step 3 waits for it. 1 of 7 slices failed.']);
  expect(answer.prose).toBe(said.at(-1));
  const order = events.map(({ type }) => type).filter((type) => type !== 'step');
  expect(order).toEqual(['verdict', 'prose', 'prose', 'answer']);
});

it('begins its answer with whatever it let on before, also where the model fails half way', async () => {
  const sentences = [
    'Step 3 waits for it. ',
    '1 of 7 slices failed. ',
    'SNU failed. ',
    'All is well. ',
    'FINAL has not started.\n',
  ];
  const pieces = fc
    .array(fc.constantFrom(...sentences), { maxLength: 6 })
    .chain((parts) => fc.tuple(fc.constant(parts.join('')), fc.array(fc.nat({ max: 120 }), { maxLength: 6 })))
    .map(([text, marks]) => {
      const cuts = [0, ...marks.filter((mark) => mark < text.length).sort((a, b) => a - b), text.length];
      return cuts.slice(1).map((cut, index) => text.slice(cuts[index], cut));
    });
  await fc.assert(
    fc.asyncProperty(pieces, fc.boolean(), async (given, fails) => {
      const { answer, said } = await asked(fails ? [...given, new Error('boom')] : given);
      for (const text of said) expect(answer.prose.startsWith(text)).toBe(true);
      expect(said.map((text) => text.length)).toEqual(said.map((text) => text.length).sort((a, b) => a - b));
      expect(`${said.join(' ')} ${answer.text}`).not.toMatch(/SNU failed|All is well/);
      const silent = answer.notes.some((note) => note.includes('fell silent half way'));
      expect(silent).toBe(fails && said.length > 0);
      expect(answer.prose).not.toBe('');
    }),
    { numRuns: 25 },
  );
});
