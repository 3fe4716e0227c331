import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/answer.ts';
import { createFakeAsk, ordinary } from './fake-ask.ts';
import { ALICE, callsOf, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

describe('while an answer is being worked on', () => {
  it('is acknowledged at once, names the step, shows the verdict before the answer, and ends as one message', async () => {
    const seen: string[] = [];
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    desk = await startDesk(
      'socket',
      createFakeAsk(async function* (question, signal): AsyncGenerator<AgentEvent> {
        await gates[0]?.promise;
        yield { type: 'step', id: 'a', title: 'Reading TB-Derivatives runs of 2026-02-13', status: 'in_progress' };
        await gates[1]?.promise;
        yield { type: 'step', id: 'a', title: 'Reading TB-Derivatives runs of 2026-02-13', status: 'complete' };
        yield {
          type: 'verdict',
          verdict: 'TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE: 1 of 6 slices failed.',
        };
        await gates[2]?.promise;
        yield* ordinary({ verdict: 'The final word is PARTIAL_FAILURE.' })(question, signal);
      }),
    );
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    const saying = (text: string) => async () => {
      const message = await desk.slack.waitForMessage(
        (each) => each.thread_ts === asked.ts && shown(each).includes(text),
      );
      seen.push(message.ts);
    };
    await saying('Working on it')();
    gates[0]?.resolve();
    await saying('Reading TB-Derivatives runs')();
    gates[1]?.resolve();
    await saying('1 of 6 slices failed')();
    expect(shown(desk.slack.state.find(SUPPORT, seen[0] ?? ''))).toContain('Working on it');
    gates[2]?.resolve();
    await desk.settled();
    const replies = repliesOf(desk.slack, SUPPORT, asked.ts);
    expect(replies.map((reply) => reply.ts)).toEqual([seen[0]]);
    expect(new Set(seen).size).toBe(1);
    expect(shown(replies[0])).toContain('The final word is PARTIAL_FAILURE.');
    expect(shown(replies[0])).not.toContain('Working on it');
  });

  it('updates no more often than the gap allows, however many steps there are, and the last word wins', async () => {
    desk = await startDesk(
      'socket',
      createFakeAsk(async function* (question, signal): AsyncGenerator<AgentEvent> {
        for (let index = 0; index < 50; index += 1) {
          yield { type: 'step', id: `s${index}`, title: `Step ${index}`, status: 'in_progress' };
          await new Promise((resolve) => setImmediate(resolve));
        }
        yield* ordinary()(question, signal);
      }),
      { app: { timing: { updateGapMs: 60_000 } } },
    );
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    expect(callsOf(desk.slack, 'chat.update')).toHaveLength(1);
    expect(shown(repliesOf(desk.slack, SUPPORT, asked.ts)[0])).toContain('PARTIAL_FAILURE');
  });

  it('keeps the verdict and the checked words of an agent that ends without an answer', async () => {
    desk = await startDesk(
      'socket',
      createFakeAsk(async function* (): AsyncGenerator<AgentEvent> {
        yield { type: 'verdict', verdict: 'TB-Derivatives PRELIM for 2026-02-13 is PARTIAL_FAILURE.' };
        yield { type: 'prose', text: 'Step 3 waits for `EMEA_DERIV_CFG`.' };
        throw new Error('gone');
      }),
    );
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    await desk.settled();
    const said = shown(repliesOf(desk.slack, SUPPORT, asked.ts)[0]);
    for (const part of ['PARTIAL_FAILURE', 'Step 3 waits for `EMEA_DERIV_CFG`', 'Reference: '])
      expect(said).toContain(part);
    expect(said).not.toContain('Working on it');
  });

  it('takes questions of one thread one after the other, so that a quick follow-up has its context', async () => {
    desk = await startDesk();
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
    desk.slack.postAs(ALICE, SUPPORT, 'what about final?', { threadTs: asked.ts });
    await desk.settled();
    expect(desk.agent.questions.map((question) => question.context?.essential ?? null)).toEqual([
      null,
      'TB-Derivatives',
    ]);
  });
});
