import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import { afterEach, expect, it } from 'vitest';
import type { OpenSources } from '../../src/batch/ports.ts';
import { smallAgent } from '../agent/asking.ts';
import { openSmallWorld } from '../agent/small-world.ts';
import { ALICE, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

/** Calls a tool whenever it is called itself. */
class CallingModel extends BaseChatModel {
  called = 0;

  override _llmType(): string {
    return 'calling';
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(): Promise<ChatResult> {
    this.called += 1;
    const call = { name: 'get_batch_status', args: { batch: 'derivatives' }, id: 'c0', type: 'tool_call' as const };
    return { generations: [{ text: '', message: new AIMessage({ content: '', tool_calls: [call] }) }] };
  }
}

async function stopped(): Promise<string> {
  const root = [...(desk.slack.state.messages.get(SUPPORT) ?? [])].findLast((message) => message.user === ALICE);
  desk.slack.stopSession(ALICE, SUPPORT, root?.ts ?? '');
  await desk.settled();
  return repliesOf(desk.slack, SUPPORT, root?.ts ?? '')
    .map(shown)
    .join('\n');
}

it('Stop while the database reads ends that query, and begins no other and no call to the model', async () => {
  const begun = Promise.withResolvers<void>();
  const reads: string[] = [];
  const hanging = openSmallWorld({ runsHang: true });
  const openSources: OpenSources = (scope) => {
    const sources = hanging(scope);
    const watched = Object.entries(sources.runs).map(([name, read]) => [
      name,
      (...args: unknown[]) => {
        reads.push('begun');
        begun.resolve();
        return (read as (...args: unknown[]) => Promise<unknown>)(...args).finally(() => reads.push('ended'));
      },
    ]);
    return { ...sources, runs: Object.fromEntries(watched) as typeof sources.runs };
  };
  const model = new CallingModel({});
  desk = await startDesk('socket', {
    ask: smallAgent({ openSources, createModel: () => model }),
    questions: [],
    options: [],
  });
  desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await begun.promise;
  expect(await stopped()).toContain('Nothing was found out yet');
  expect(reads).toEqual(['begun', 'ended']);
  expect(model.called).toBe(1);
});
