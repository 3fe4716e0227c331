import { afterEach, describe, expect, it } from 'vitest';
import { createRefusedBlocks } from '../../src/slack/refused-blocks.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, callsOf, createMemoryLog, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

const SOURCES = [{ id: 's1', tool: 't', sql: 'select 1', parameters: [], rows: 1, ms: 1 }];
const night = (business_date: string) => ({
  business_date,
  phase: 'PRELIM' as const,
  status: 'SUCCESS' as const,
  started_at: null,
  ended_at: `${business_date}T22:00:00.000Z`,
  duration_s: 3600,
  failed_slices: 0,
  repaired_slices: 0,
});
const HISTORY = ordinary({ kind: 'history', sources: SOURCES, history: [night('2026-02-12'), night('2026-02-11')] });

let desk: Desk | null = null;
afterEach(async () => {
  await desk?.stop();
  desk = null;
});

async function open(...refused: string[]): Promise<Desk> {
  desk = await startDesk('socket', createFakeAsk(HISTORY));
  desk.slack.faults.refuseBlocks(refused);
  return desk;
}

async function answer({ slack, settled }: Desk) {
  const message = slack.postAs(ALICE, SUPPORT, '@sentry how did derivatives do lately?');
  await settled();
  const [reply] = repliesOf(slack, SUPPORT, message.ts);
  return { reply, types: (reply?.blocks ?? []).map((block) => String(block.type)) };
}

const refusals = ({ slack }: Desk) =>
  callsOf(slack, 'chat.update').filter((call) => 'error' in call && call.error === 'invalid_blocks').length;

describe('an answer in a workspace that refuses some blocks', () => {
  it('is a table where all are taken', async () => {
    const { types } = await answer(await open());
    expect(types).toEqual(expect.arrayContaining(['table', 'context_actions']));
  });

  it.each(['table', 'context_actions'])(
    'without %s: lines, ordinary buttons, and the first answer alone is refused',
    async (type) => {
      const at = await open(type);
      for (let asked = 0; asked < 3; asked += 1) {
        const { reply, types } = await answer(at);
        expect(types).not.toEqual(expect.arrayContaining([type]));
        expect(types).toEqual(expect.arrayContaining(['section', 'context', 'actions']));
        for (const said of ['*Thu 12 Feb 2026*', '👍 Right', 'How do you know?']) expect(shown(reply)).toContain(said);
      }
      expect(refusals(at)).toBe(1);
      expect(at.lines.filter(({ kinds }) => Array.isArray(kinds))).toHaveLength(1);
    },
  );

  it('is there as well where Slack breaks over a table instead of refusing it', async () => {
    const at = await open();
    at.slack.faults.refuseBlocks(['table'], 'internal_error');
    const { reply } = await answer(at);
    expect(shown(reply)).toContain('*Thu 12 Feb 2026*');
    const before = callsOf(at.slack, 'chat.update').length;
    expect(shown((await answer(at)).reply)).toContain('*Thu 12 Feb 2026*');
    const failed = callsOf(at.slack, 'chat.update').slice(before);
    expect(failed.filter((call) => 'error' in call)).toEqual([]);
  });

  it('without those and without small print: the plainest; without any: text', async () => {
    const at = await open('table', 'context');
    expect(new Set((await answer(at)).types)).toEqual(new Set(['section', 'actions']));
    expect(refusals(at)).toBe(2);
    at.slack.faults.refuseBlocks(['section']);
    const { reply, types } = await answer(at);
    expect(types).toEqual([]);
    expect(shown(reply)).toContain('PARTIAL_FAILURE');
    expect(refusals(at)).toBe(3);
  });
});

describe('what is refused', () => {
  const view = (...types: string[]) => ({ text: 'x', blocks: types.map((type) => ({ type })) as never });
  const views = [view('section', 'table'), view('section', 'context'), view('section')];
  const refusal = (name: string) => Object.assign(new Error('refused'), { name });

  it('is forgotten after an hour, and says nothing where it was not the blocks', () => {
    let now = 0;
    const blocks = createRefusedBlocks(createMemoryLog().log, () => now);
    blocks.learn(views[0] as never, refusal('msg_blocks_too_long'), views[1] as never);
    expect(blocks.likely(views)).toEqual(views);
    blocks.learn(views[0] as never, refusal('invalid_blocks'), views[1] as never);
    expect(blocks.likely(views)).toEqual(views.slice(1));
    now = 3_600_001;
    expect(blocks.likely(views)).toEqual(views);
  });
});
