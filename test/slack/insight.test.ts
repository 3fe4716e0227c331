import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFeedbackBook } from '../../src/slack/feedback/feedback.ts';
import { feedbackCases } from '../../src/slack/feedback/feedback-cases.ts';
import { feedbackView } from '../../src/slack/feedback/feedback-view.ts';
import type { NightLook } from '../../src/slack/views/nights.ts';
import type { State } from '../../src/state/state.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import {
  ALERTBOT,
  ALICE,
  BOB,
  callsOf,
  type Desk,
  DM,
  INCIDENT,
  repliesOf,
  SUPPORT,
  shown,
  startDesk,
} from './harness.ts';
import { insightFor, memoryState } from './insight-desk.ts';

let desk: Desk;
afterEach(() => desk.stop());

const SOURCES = [
  {
    id: 's1',
    tool: 'get_batch_progress',
    sql: 'select `a`, `b`, `c`, `d`, `a_long_column_of_a_table`, `another_long_column_of_a_table`, `e` from `FGW`.`WORKFLOW_RUN_INSTANCE` where `DATASET_ID` in (?, ?, ?, ?) and `BUSINESS_DATE` = ?',
    parameters: ['com.x.y.z-<!channel>', '2026-02-13'],
    rows: 312,
    ms: 41,
  },
];
const CAUSES = [
  {
    rank: 1,
    family: 'task_failure' as const,
    confidence: 'high' as const,
    dataset_id: 'com.x.y.z',
    slice: 'EMEA_DERIV_CFG',
    slices: ['EMEA_DERIV_CFG'],
    dag_id: 'slsline_V2',
    dag_run_id: 'FGW_slsline_V2_2026-02-13_EMEA_DERIV_CFG_1771031820000',
    task_id: 'load',
    try_number: 1,
    operator: null,
    host: null,
    window: null,
    at: '2026-02-14T02:27:00.000Z',
    recurring: null,
    affects: { datasets: [], essentials: [] },
    evidence: ['s1'],
    minutes: null,
    summary: 'load failed',
    facts: [],
    last_remedy: null,
    owner: null,
    runbook: null,
  },
];
const RULED_OUT = [{ family: 'bad_host' as const, why: 'no host has more than one bad task' }];
const ANSWER = ordinary({ sources: SOURCES, root_causes: CAUSES, ruled_out: RULED_OUT, gaps: ['Logs are not kept.'] });

async function start(state: State = memoryState(), night?: NightLook): Promise<State> {
  desk = await startDesk('socket', createFakeAsk(ANSWER), { app: { insight: insightFor(state, night) } });
  return state;
}

async function answered() {
  const message = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await desk.settled();
  const answer = repliesOf(desk.slack, SUPPORT, message.ts)[0];
  return { root: message.ts, ts: answer?.ts ?? '', answer };
}

const modal = () => [...desk.slack.state.views.values()].at(-1);
const modalText = () => JSON.stringify(modal()?.view ?? {});
const alone = () => desk.slack.state.ephemerals.at(-1);

describe('how do you know', () => {
  it('shows what was read, how old the definition is, what was ruled out, and where it is in Airflow', async () => {
    await start();
    const { ts } = await answered();
    await desk.slack.clickButton(BOB, SUPPORT, ts, { text: 'How do you know?' });
    await desk.settled();
    const text = modalText();
    for (const part of [
      'get_batch_progress',
      '312 rows',
      '41 ms',
      '… 5 more from',
      '(? × 4)',
      'bad host',
      'no host has',
    ])
      expect(text).toContain(part);
    for (const part of [
      'Logs are not kept',
      '2 h ago',
      'https://airflow.example/dags/slsline_V2/grid?dag_run_id=FGW_slsline',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('<!channel>');
  });

  it('is linked beside the cause as well, and not where Airflow has no address', async () => {
    const why = ordinary({ kind: 'causes', root_causes: CAUSES, sources: SOURCES });
    const app = (airflowBaseUrl: string | null) => ({
      app: { insight: { ...insightFor(memoryState()), airflowBaseUrl } },
    });
    desk = await startDesk('socket', createFakeAsk(why), app('https://airflow.example'));
    const link =
      '<https://airflow.example/dags/slsline_V2/grid?dag_run_id=FGW_slsline_V2_2026-02-13_EMEA_DERIV_CFG_1771031820000&amp;task_id=load|Task in Airflow>';
    expect(shown((await answered()).answer)).toContain(link);
    await desk.stop();
    desk = await startDesk('socket', createFakeAsk(why), app(null));
    expect(shown((await answered()).answer)).not.toContain('Airflow>');
  });

  it('is still known to another replica after a restart of this one', async () => {
    const state = await start();
    const { answer } = await answered();
    const reference = /"value":"([a-z0-9]{8})"/.exec(shown(answer))?.[1] ?? '';
    await desk.stop();
    await start(state);
    const { ts } = await answered();
    await desk.slack.act(ALICE, SUPPORT, ts, {
      type: 'button',
      action_id: 'sentry_evidence',
      block_id: 'x',
      value: reference,
    });
    await desk.settled();
    expect(modalText()).toContain(reference);
    expect(modalText()).toContain('312 rows');
  });

  it('says that it is kept no longer, and asks again', async () => {
    const state = await start();
    const { root, ts } = await answered();
    for (const { id } of await state.collection('answers', z.unknown()).list())
      await state.collection('answers', z.unknown()).remove(id);
    await desk.slack.clickButton(ALICE, SUPPORT, ts, { text: 'How do you know?' });
    await desk.settled();
    expect(modalText()).toContain('no longer kept');
    expect(modalText()).toContain('how is derivatives doing?');
    const field = { question: { text: { type: 'plain_text_input', value: 'how is derivatives doing?' } } };
    await desk.slack.submitView(ALICE, modal()?.id ?? '', field);
    await desk.settled();
    expect(repliesOf(desk.slack, SUPPORT, root)).toHaveLength(3);
  });
});

describe('feedback', () => {
  it('is kept with what it was given on, acknowledged, listed and exported', async () => {
    const state = await start();
    const { ts } = await answered();
    await desk.slack.clickButton(BOB, SUPPORT, ts, { actionId: 'sentry_feedback', text: 'Right' });
    await desk.settled();
    expect(alone()?.onlyFor).toBe(BOB);
    expect(shown(alone())).toContain('this answer was right');
    await desk.slack.clickButton(ALICE, SUPPORT, ts, { actionId: 'sentry_feedback', text: 'Wrong' });
    await desk.settled();
    const entered = {
      cause: { family: { type: 'static_select', selected_option: { value: 'slow_run' } } },
      words: { text: { type: 'plain_text_input', value: 'the *feed* was late <!here>' } },
    };
    expect(await desk.slack.submitView(ALICE, modal()?.id ?? '', entered)).toMatchObject({ ok: true });
    await desk.settled();
    expect(alone()?.onlyFor).toBe(ALICE);
    const all = await createFeedbackBook(state).list();
    expect(all.map(({ user, right, cause }) => ({ user, right, cause }))).toEqual([
      { user: ALICE, right: false, cause: 'slow_run' },
      { user: BOB, right: true, cause: null },
    ]);
    const [first, second] = feedbackCases(all);
    expect(first).toMatchObject({ right: true, actual: 'task_failure', question: 'how is derivatives doing?' });
    expect(second).toMatchObject({ right: false, actual: 'slow_run', business_date: '2026-02-13' });
    const view = await feedbackView(state);
    expect(view.text).toContain('1 of 2');
    expect(JSON.stringify(view.blocks)).not.toContain('<!here>');
  });

  it('has plain buttons where Slack refuses the others', async () => {
    await start();
    for (const method of ['chat.stopStream', 'chat.update']) desk.slack.faults.fail(method, 'invalid_blocks');
    const { ts, answer } = await answered();
    expect(ts).not.toBe('');
    expect(shown(answer)).toContain('How do you know?');
    expect(shown(answer)).not.toContain('context_actions');
    await desk.slack.clickButton(ALICE, SUPPORT, ts, { text: '👍 Right' });
    await desk.settled();
    expect(shown(alone())).toContain('this answer was right');
  });
});

describe('the home tab', () => {
  it('paints at once, then shows the night, and follows its pickers', async () => {
    const asked: { date: string | null; phase: string | null }[] = [];
    await start(memoryState(), async ({ date, phase }) => {
      asked.push({ date, phase });
      return { kind: 'refusal', reason: 'no_data', text: `Nothing on ${date ?? 'the last night'}.`, offers: [] };
    });
    desk.slack.openHome(ALICE, 'home');
    await desk.settled();
    const home = () => desk.slack.state.homes.get(ALICE);
    expect(callsOf(desk.slack, 'views.publish')).toHaveLength(2);
    expect(JSON.stringify(callsOf(desk.slack, 'views.publish')[0]?.args)).toContain('Reading the night');
    expect(JSON.stringify(home()?.view)).toContain('Nothing on the last night.');
    // Who opens it again, or somebody else who may see the same, has it in one paint, without a look at the night.
    for (const person of [ALICE, BOB]) {
      desk.slack.openHome(person, 'home');
      await desk.settled();
      expect(JSON.stringify(desk.slack.state.homes.get(person)?.view)).toContain('Nothing on the last night.');
    }
    expect(asked).toHaveLength(1);
    expect(callsOf(desk.slack, 'views.publish')).toHaveLength(4);
    await desk.slack.actInView(ALICE, home()?.id ?? '', {
      block_id: 'b',
      type: 'button',
      action_id: 'sentry_home_refresh',
    });
    await desk.settled();
    expect(asked).toHaveLength(2);
    expect(JSON.stringify(callsOf(desk.slack, 'views.publish')[4]?.args)).toContain('reading it anew');
    const act = (action: object) => desk.slack.actInView(ALICE, home()?.id ?? '', { block_id: 'b', ...action });
    await act({ type: 'datepicker', action_id: 'sentry_home_date', selected_date: '2026-02-10' });
    await desk.settled();
    await act({ type: 'static_select', action_id: 'sentry_home_phase', selected_option: { value: 'FINAL' } });
    await desk.settled();
    expect(asked.at(-1)).toEqual({ date: '2026-02-10', phase: 'FINAL' });
    expect(JSON.stringify(home()?.view)).toContain('Nothing on 2026-02-10.');
  });

  it('asks its questions in the conversation with SENTRY', async () => {
    await start();
    desk.slack.openHome(ALICE, 'home');
    await desk.settled();
    const id = desk.slack.state.homes.get(ALICE)?.id ?? '';
    const action = { type: 'button', action_id: 'sentry_home_ask', block_id: 'b', value: 'why is SNU stuck?' };
    await Promise.all([desk.slack.actInView(ALICE, id, action), desk.slack.actInView(ALICE, id, action)]);
    await desk.settled();
    expect(desk.agent.questions.map(({ text }) => text)).toEqual(['why is SNU stuck?']);
    const root = (desk.slack.state.messages.get(DM) ?? []).find((message) =>
      shown(message).includes('why is SNU stuck?'),
    );
    expect(repliesOf(desk.slack, DM, root?.ts ?? '')).toHaveLength(1);
  });

  it('says so when the night cannot be read', async () => {
    await start(memoryState(), async () => {
      throw new Error('no database');
    });
    desk.slack.openHome(ALICE, 'home');
    await desk.settled();
    expect(JSON.stringify(desk.slack.state.homes.get(ALICE)?.view)).toContain('could not be read');
  });
});

describe('investigate with SENTRY', () => {
  it('answers in the thread of the alert', async () => {
    await start();
    const alert = desk.slack.postAs(ALERTBOT, INCIDENT, 'Derivatives prelim failed for COB 2026-02-13');
    await desk.settled();
    await desk.slack.messageShortcut(ALICE, INCIDENT, alert.ts, 'sentry_investigate');
    await desk.settled();
    expect(desk.agent.questions.map(({ text }) => text)).toEqual(['why did Derivatives prelim fail on 2026-02-13?']);
    expect(repliesOf(desk.slack, INCIDENT, alert.ts)).toHaveLength(2);
  });

  it('asks what it is about where nothing is recognised', async () => {
    await start();
    const alert = desk.slack.postAs(ALERTBOT, INCIDENT, 'Something is on fire');
    await desk.settled();
    await desk.slack.messageShortcut(ALICE, INCIDENT, alert.ts, 'sentry_investigate');
    await desk.settled();
    expect(desk.agent.questions).toEqual([]);
    const field = { question: { text: { type: 'plain_text_input', value: 'what failed last night?' } } };
    await desk.slack.submitView(ALICE, modal()?.id ?? '', field);
    await desk.settled();
    expect(repliesOf(desk.slack, INCIDENT, alert.ts)).toHaveLength(2);
    expect(desk.agent.questions[0]?.text).toBe('what failed last night?');
  });
});

describe('the prompts of a direct message', () => {
  it('are offered also when the night calls for nothing', async () => {
    await start();
    desk.slack.openHome(ALICE, 'messages');
    await desk.settled();
    expect(desk.slack.state.prompts.get(DM)?.prompts.length).toBeGreaterThan(0);
  });
});
