import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_POLICY, EVERYTHING } from '../../src/access/policy.ts';
import type { Answer } from '../../src/agent/answer.ts';
import type { State } from '../../src/state/state.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, BOB, type Desk, DM, RANDOM, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';
import { insightFor, memoryState } from './insight-desk.ts';
import { statusAnswer } from './sample-answers.ts';

const SOURCES = [{ id: 's1', tool: 't', sql: 'select 1', parameters: [], rows: 1, ms: 1 }];

/** So many failed, the last of them named `SLICE-END <!channel>`. */
function failing(count: number): Partial<Answer> {
  const [one] = statusAnswer().failures;
  if (!one) throw new Error('no failure');
  const failures = Array.from({ length: count }, (_, index) => ({
    ...one,
    slice: index === count - 1 ? 'SLICE-END <!channel>' : `SLICE-${index}`,
    dag_run_id: `FGW_x_${index * 7919}_1771031820000`,
  }));
  return { failures, sources: SOURCES };
}

let desk: Desk;
afterEach(() => desk.stop());

async function start(answer: Partial<Answer>, state: State = memoryState(), app = {}): Promise<State> {
  desk = await startDesk('socket', createFakeAsk(ordinary(answer)), { app: { insight: insightFor(state), ...app } });
  return state;
}

async function answered() {
  const message = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await desk.settled();
  const [answer] = repliesOf(desk.slack, SUPPORT, message.ts);
  return { root: message.ts, ts: answer?.ts ?? '', answer };
}

async function press(who: string, channel: string, ts: string): Promise<string> {
  await desk.slack.clickButton(who, channel, ts, { actionId: 'sentry_show_all' });
  await desk.settled();
  return JSON.stringify([...desk.slack.state.views.values()].at(-1)?.view ?? {});
}

const files = () => [...desk.slack.state.files.values()].map((file) => Buffer.from(file.content ?? []).toString());
const filesIn = (channel: string, root: string) =>
  repliesOf(desk.slack, channel, root).filter((message) => message.files?.length);

describe('show all', () => {
  it('is not there where everything is shown', async () => {
    await start(failing(5));
    expect(shown((await answered()).answer)).not.toContain('Show all');
  });

  it('says how many are missing and shows them in a window, to whoever may see the answer, also after a restart', async () => {
    const state = await start(failing(120));
    const { ts, answer } = await answered();
    expect(shown(answer)).toContain('Show all (85 more)');
    const first = await press(BOB, SUPPORT, ts);
    for (const said of ['SLICE-0', 'SLICE-77', 'SLICE-END &lt;', 'https://airflow.example', 'data as of'])
      expect(first).toContain(said);
    expect(first).not.toContain('<!channel>');
    const reference = String(
      JSON.stringify(answer?.blocks).match(/"action_id":"sentry_show_all".*?"value":"(\w+)"/)?.[1],
    );
    await desk.stop();
    await start(failing(5), state);
    const again = await answered();
    const action = { type: 'button', action_id: 'sentry_show_all', block_id: 'x', value: reference };
    await desk.slack.act(ALICE, SUPPORT, again.ts, action);
    await desk.settled();
    expect(JSON.stringify([...desk.slack.state.views.values()].at(-1)?.view)).toContain('SLICE-77');
  });

  it('is there whatever blocks the workspace takes', async () => {
    await start(failing(120));
    desk.slack.faults.refuseBlocks(['context_actions', 'context']);
    const { ts, answer } = await answered();
    expect(new Set(answer?.blocks?.map((block) => block.type))).toEqual(new Set(['section', 'actions']));
    expect(await press(ALICE, SUPPORT, ts)).toContain('SLICE-77');
  });

  it('waits for what is still being kept', async () => {
    const state = memoryState();
    const told = Promise.withResolvers<never[]>();
    await start(failing(120), state, { insight: { ...insightFor(state), definitionAges: () => told.promise } });
    const { ts } = await answered();
    const pressed = press(ALICE, SUPPORT, ts);
    setImmediate(() => told.resolve([]));
    expect(await pressed).toContain('SLICE-77');
  });

  it('asks again when it is kept no longer', async () => {
    const state = await start(failing(120));
    const { ts } = await answered();
    expect(await press(ALICE, SUPPORT, ts)).toContain('SLICE-77');
    const kept = state.collection('whole-answers', z.unknown());
    for (const { id } of await kept.list()) await kept.remove(id);
    expect(await press(ALICE, SUPPORT, ts)).toContain('no longer kept');
  });

  it('stays closed to who may not see the batch now', async () => {
    let grant = EVERYTHING;
    const policy = () => ({ ...DEFAULT_POLICY, users: { [ALICE]: grant } });
    await start(failing(120), memoryState(), { policy });
    const { ts } = await answered();
    grant = { essentials: ['SNU'], features: '*' };
    const said = await press(ALICE, SUPPORT, ts);
    expect(said).toContain('TB-Derivatives');
    expect(said).not.toContain('SLICE-77');
  });

  it('says so where Slack does not take the window', async () => {
    await start(failing(120));
    const { ts } = await answered();
    desk.slack.faults.fail('views.update', 'view_too_large');
    expect(await press(ALICE, SUPPORT, ts)).toContain('did not take what belongs here');
  });
});

describe('what is larger than a window', () => {
  it('is a file in the thread besides, once', async () => {
    await start(failing(800));
    const { root, ts } = await answered();
    const said = await press(ALICE, SUPPORT, ts);
    expect(said).toContain('all of it is in the thread');
    expect(said).toContain('SLICE-77');
    await press(BOB, SUPPORT, ts);
    expect(filesIn(SUPPORT, root)).toHaveLength(1);
    const [file = ''] = files();
    expect(file).toContain('SLICE-798 of');
    expect(file).toContain('run FGW_x_7919_1771031820000 (https://airflow.example/dags/');
    expect(file).not.toMatch(/&(lt|gt|amp);|\u2060/);
  });

  it('goes to the person alone where only one sees the answer', async () => {
    await start(failing(800));
    await desk.slack.command(ALICE, RANDOM, '/sentry ask how is derivatives doing?');
    await desk.settled();
    const alone = desk.slack.state.ephemerals.findLast((message) => shown(message).includes('Show all'));
    expect(await press(ALICE, RANDOM, alone?.ts ?? '')).toContain('in our direct messages');
    const [posted] = (desk.slack.state.messages.get(DM) ?? []).filter((one) => one.text.includes('all of the answer'));
    expect(filesIn(DM, posted?.ts ?? '')).toHaveLength(1);
  });

  it('says so where the file cannot be shared', async () => {
    await start(failing(800));
    const { ts } = await answered();
    desk.slack.faults.fail('files.getUploadURLExternal', 'missing_scope');
    expect(await press(ALICE, SUPPORT, ts)).toContain('could not be shared');
  });
});
