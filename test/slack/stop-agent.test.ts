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

/** Calls a tool, then takes for ever over its words, as a slow model does: `called` tells each call. */
class SlowModel extends BaseChatModel {
  readonly called: (AbortSignal | undefined)[] = [];
  readonly wording = Promise.withResolvers<void>();

  override _llmType(): string {
    return 'slow';
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(_messages: unknown, options: this['ParsedCallOptions']): Promise<ChatResult> {
    this.called.push(options.signal);
    if (this.called.length > 1) {
      this.wording.resolve();
      await new Promise((_resolve, reject) =>
        options.signal?.addEventListener('abort', () => reject(new Error('gone'))),
      );
    }
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

it('Stop while the model words its answer ends that call, begins no other, and keeps the verdict', async () => {
  const model = new SlowModel({});
  desk = await startDesk('socket', { ask: smallAgent({ createModel: () => model }), questions: [], options: [] });
  desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await model.wording.promise;
  const said = await stopped();
  expect(said).toContain('Stopped');
  expect(said).toContain('TB-Derivatives');
  expect(model.called).toHaveLength(2);
  expect(model.called[1]?.aborted).toBe(true);
});

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
  const model = new SlowModel({});
  desk = await startDesk('socket', {
    ask: smallAgent({ openSources, createModel: () => model }),
    questions: [],
    options: [],
  });
  desk.slack.postAs(ALICE, SUPPORT, '@sentry how is derivatives doing?');
  await begun.promise;
  expect(await stopped()).toContain('Nothing was found out yet');
  expect(reads).toEqual(['begun', 'ended']);
  expect(model.called).toHaveLength(1);
});
