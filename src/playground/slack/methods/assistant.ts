import type { Methods } from '../context.ts';
import { invalidArguments, SlackFailure } from '../failure.ts';
import { needMembership } from './lookup.ts';

const MAX_PROMPTS = 4;
const MAX_LOADING_MESSAGES = 10;
const SESSION_STATUSES = ['active', 'processing', 'suspended', 'closed'];

export const assistantMethods: Methods = {
  'assistant.threads.setStatus': (args, { state }) => {
    const channel = needMembership(state, args.need('channel_id'));
    const threadTs = args.need('thread_ts');
    const status = args.text('status');
    if (status === undefined) throw invalidArguments('missing required field: status');
    const loading = (args.json('loading_messages') ?? []) as unknown[];
    if (
      !Array.isArray(loading) ||
      loading.length > MAX_LOADING_MESSAGES ||
      loading.some((one) => typeof one !== 'string')
    ) {
      throw invalidArguments(`loading_messages takes up to ${MAX_LOADING_MESSAGES} texts`);
    }
    if (!state.find(channel.id, threadTs)) throw new SlackFailure('thread_not_found');
    state.setStatus(channel.id, threadTs, status, loading as string[]);
    return {};
  },

  'assistant.threads.setSuggestedPrompts': (args, { state }) => {
    const channel = needMembership(state, args.need('channel_id'));
    if (channel.kind !== 'im') throw new SlackFailure('channel_not_supported');
    const prompts = args.list('prompts') as { title: string; message: string }[] | undefined;
    const bad =
      !prompts ||
      prompts.length === 0 ||
      prompts.length > MAX_PROMPTS ||
      prompts.some((one) => !one.title || !one.message);
    if (bad) throw invalidArguments(`prompts takes 1 to ${MAX_PROMPTS} items with title and message`);
    const title = args.text('title') ?? '';
    state.prompts.set(channel.id, { title, prompts });
    state.changes.emit('change', { type: 'prompts', channel: channel.id, title, prompts });
    return {};
  },

  'assistant.threads.setTitle': (args, { state }) => {
    const channel = needMembership(state, args.need('channel_id'));
    state.titles.set(`${channel.id}:${args.need('thread_ts')}`, args.need('title'));
    return {};
  },

  'agents.sessions.setStatus': (args, { state }) => {
    const channel = needMembership(state, args.need('channel_id'));
    const status = args.need('status');
    if (!SESSION_STATUSES.includes(status))
      throw invalidArguments(`status must be one of ${SESSION_STATUSES.join(', ')}`);
    const threadTs = args.need('thread_ts');
    state.sessions.set(`${channel.id}:${threadTs}`, status);
    state.changes.emit('change', { type: 'session', channel: channel.id, threadTs, status });
    return {};
  },
};
