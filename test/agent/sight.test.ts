import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/agent/answer.ts';
import type { ThreadContext } from '../../src/agent/question.ts';
import type { Sight } from '../../src/batch/sight.ts';
import { smallAgent } from './asking.ts';

const ask = smallAgent();
const only = (...open: string[]): Sight => ({
  allows: (essential) => open.includes(essential),
  denial: (essential) => `${essential} is not open in this channel. To change that, ask the desk.`,
});

async function seen(text: string, sight: Sight, context: ThreadContext | null = null): Promise<Answer> {
  const question = { id: 'test', text, context, turns: [] };
  for await (const event of ask(question, { signal: new AbortController().signal, sight }))
    if (event.type === 'answer') return event.answer;
  throw new Error('no answer');
}

const inThread = (essential: string): ThreadContext => ({
  essential,
  businessDate: '2026-02-13',
  phase: 'PRELIM',
  datasetId: null,
  slices: [],
  runs: [],
  kind: 'status',
});

describe('an essential out of sight', () => {
  it.each([
    'how is derivatives doing?',
    'why did derivatives fail?',
    'when will derivatives finish?',
    'which tasks failed in derivatives?',
    'has derivatives failed before?',
    'compare derivatives with yesterday',
    'which slice of derivatives is slow?',
    'where did the time go in derivatives?',
    'how are the EMEA slices of derivatives?',
  ])('is denied by name, and nothing is read: %s', async (text) => {
    const answer = await seen(text, only('SNU'));
    expect(answer).toMatchObject({ kind: 'refusal', status: null, sources: [], datasets: [] });
    expect(answer.verdict).toBe('TB-Derivatives is not open in this channel. To change that, ask the desk.');
  });

  it('is denied in a thread that is about it', async () => {
    const answer = await seen('why did it fail?', only('SNU'), inThread('TB-Derivatives'));
    expect(answer).toMatchObject({ kind: 'refusal', sources: [] });
  });

  it('is left out of the night, and counted', async () => {
    const answer = await seen('what happened last night?', only('SNU'));
    expect(answer.essentials.map(({ essential }) => essential)).toEqual(['SNU']);
    expect(JSON.stringify(answer)).not.toMatch(/derivatives/i);
    expect(answer.text).toMatch(/\d+ more batch(es are| is) left out: (they are|it is) not open here/);
  });

  it('leaves nothing of a night where all are out of sight', async () => {
    const answer = await seen('what happened last night?', only());
    expect(answer).toMatchObject({ kind: 'refusal', sources: [], essentials: [] });
    expect(answer.verdict).toMatch(/^None of the \d+ batches that I watch is open here/);
  });

  it('is no choice, no suggestion and no example', async () => {
    for (const text of ['is it done?', 'how is the frobnicator batch?', 'help']) {
      expect(JSON.stringify(await seen(text, only('SNU')))).not.toMatch(/TB-/);
    }
  });

  it('is not found through a name of a dataset of its own', async () => {
    const answer = await seen('how is contractual_cash_flow doing?', only('SNU'));
    expect(answer.sources).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('TB-Derivatives');
  });

  it('is named beside one that may be asked about', async () => {
    const answer = await seen('how are snu and derivatives doing?', only('SNU'));
    expect(answer.essential).toBe('SNU');
    expect(answer.notes.join(' ') + answer.verdict + answer.text).toContain('TB-Derivatives is not open');
    expect(answer.datasets.every(({ dataset_id: id }) => !id.includes('contractual'))).toBe(true);
  });
});
