import { expect, it } from 'vitest';
import type { ThreadContext } from '../../src/agent/question.ts';
import { askOnce, smallAgent } from './asking.ts';

const ask = smallAgent();
const TALK: ThreadContext = {
  essential: 'TB-Derivatives',
  businessDate: null,
  phase: null,
  datasetId: null,
  slices: [],
  runs: [],
  kind: 'talk',
  fromTalk: true,
};

it('what a thread speaks of is looked at where the question names nothing, and the answer says so', async () => {
  const { answer, context } = await askOnce(ask, 'why did it fail?', TALK);
  expect(answer.essential).toBe('TB-Derivatives');
  expect(answer.notes.join(' ')).toContain('This thread speaks of TB-Derivatives');
  expect(context?.fromTalk).toBeUndefined();
  const followUp = await askOnce(ask, 'and final?', context);
  expect(followUp.answer.notes.join(' ')).not.toContain('This thread speaks');
});

it('what the question names comes before what the thread speaks of', async () => {
  const { answer } = await askOnce(ask, 'why did snu fail?', TALK);
  expect(answer.essential).not.toBe('TB-Derivatives');
});

it('a dataset that an alert names is found in the batch that lists it', async () => {
  const alert = { ...TALK, essential: null, datasetId: 'com.jpmc.ct.lri.derivatives-pb_synthetics_trs_e15' };
  const { answer } = await askOnce(ask, 'why did this fail?', alert);
  expect(answer.essential).toBe('TB-Derivatives');
});

it('a dataset that nobody knows is asked about', async () => {
  const { answer } = await askOnce(ask, 'why did this fail?', {
    ...TALK,
    essential: null,
    datasetId: 'com.x.y.nothing',
  });
  expect(answer.kind).toBe('clarification');
});
