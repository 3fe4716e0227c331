import type { Args } from '../args.ts';
import { checkMessageBlocks } from '../blocks-validation.ts';
import type { Context, Methods } from '../context.ts';
import { invalidArguments, SlackFailure } from '../failure.ts';
import type { Json, SlackMessage, SlackStream } from '../types.ts';
import { wireMessage } from '../wire-forms.ts';
import { botMessage, threadRoot } from './chat.ts';
import { readMetadata } from './content.ts';
import { needMembership, needOwnMessage } from './lookup.ts';

const MAX_STREAM_CHARACTERS = 12_000;
const TASK_STATUSES = ['pending', 'in_progress', 'complete', 'error'];

export const streamMethods: Methods = {
  'chat.startStream': (args, context) => {
    const channel = needMembership(context.state, args.need('channel'));
    const thread = threadRoot(context, channel, args.need('thread_ts'));
    if (channel.kind !== 'im') {
      if (!args.has('recipient_user_id')) throw new SlackFailure('missing_recipient_user_id');
      if (!args.has('recipient_team_id')) throw new SlackFailure('missing_recipient_team_id');
    }
    const chunks = readChunks(args);
    const message = context.conversation.post({
      ...botMessage(context, channel.id, {}),
      thread_ts: thread,
      blocks: [],
    });
    const stream: SlackStream = {
      channel: channel.id,
      ts: message.ts,
      startedAt: context.state.now(),
      characters: 0,
      open: true,
    };
    context.state.streams.set(`${channel.id}:${message.ts}`, stream);
    append(context, message, stream, chunks);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.appendStream': (args, context) => {
    const { message, stream } = needStream(args, context);
    const chunks = readChunks(args);
    if (chunks.length === 0) throw invalidArguments('markdown_text or chunks is required');
    append(context, message, stream, chunks);
    return { channel: message.channel, ts: message.ts };
  },

  'chat.stopStream': (args, context) => {
    const { message, stream } = needStream(args, context);
    const blocks = args.list('blocks');
    const checked = blocks ? checkMessageBlocks(blocks) : [];
    const metadata = readMetadata(args);
    append(context, message, stream, readChunks(args));
    stream.open = false;
    context.conversation.change(message, (changed) => {
      changed.blocks = [...(changed.blocks ?? []), ...checked];
      if (metadata) changed.metadata = metadata;
    });
    return {
      channel: message.channel,
      ts: message.ts,
      message: wireMessage(context.state, message, { metadata: true }),
    };
  },
};

function needStream(args: Args, context: Context): { message: SlackMessage; stream: SlackStream } {
  const { state, faults } = context;
  const channel = needMembership(state, args.need('channel'));
  const message = needOwnMessage(state, channel, args.need('ts'), 'message_not_owned_by_app');
  const stream = state.streams.get(`${channel.id}:${message.ts}`);
  if (stream && state.now() - stream.startedAt > faults.streamLifetimeMs) stream.open = false;
  if (!stream?.open) throw new SlackFailure('message_not_in_streaming_state');
  return { message, stream };
}

function readChunks(args: Args): Json[] {
  const chunks = args.list('chunks') ?? [];
  const markdown = args.text('markdown_text');
  return markdown ? [{ type: 'markdown_text', text: markdown }, ...chunks] : chunks;
}

function append(context: Context, message: SlackMessage, stream: SlackStream, chunks: Json[]): void {
  if (chunks.length === 0) return;
  const blocks = structuredClone(message.blocks ?? []);
  let text = message.text;
  let characters = stream.characters;
  for (const chunk of chunks) {
    if (chunk.type === 'markdown_text' && typeof chunk.text === 'string') {
      characters += chunk.text.length;
      text += chunk.text;
      const last = blocks.at(-1);
      if (last?.type === 'markdown') last.text = String(last.text) + chunk.text;
      else blocks.push({ type: 'markdown', text: chunk.text });
    } else if (chunk.type === 'task_update') {
      upsertTask(blocks, chunk);
    } else if (chunk.type === 'plan_update' && typeof chunk.title === 'string') {
      const plan = blocks.find((block) => block.type === 'plan');
      if (plan) plan.title = chunk.title;
      else blocks.unshift({ type: 'plan', title: chunk.title, tasks: [] });
    } else if (chunk.type === 'blocks' && Array.isArray(chunk.blocks)) {
      blocks.push(...checkMessageBlocks(chunk.blocks as Json[]));
    } else {
      throw new SlackFailure('invalid_chunks');
    }
  }
  if (characters > MAX_STREAM_CHARACTERS) throw new SlackFailure('msg_too_long');
  stream.characters = characters;
  message.text = text;
  message.blocks = blocks;
  context.state.touch(message);
}

/** Tasks keep their place: an update with a known id replaces what it names. */
function upsertTask(blocks: Json[], chunk: Json): void {
  if (
    typeof chunk.id !== 'string' ||
    typeof chunk.title !== 'string' ||
    !TASK_STATUSES.includes(String(chunk.status))
  ) {
    throw new SlackFailure('invalid_chunks');
  }
  const plan = blocks.find((block) => block.type === 'plan');
  const holder = plan ? (plan.tasks as Json[]) : blocks;
  const known = holder.find((block) => block.task_id === chunk.id);
  const fields = {
    title: chunk.title,
    status: chunk.status,
    ...asRichText(chunk, 'details'),
    ...asRichText(chunk, 'output'),
  };
  if (known) Object.assign(known, fields);
  else holder.push({ type: 'task_card', task_id: chunk.id, ...fields });
}

function asRichText(chunk: Json, field: 'details' | 'output'): Json {
  const text = chunk[field];
  if (typeof text !== 'string' || text === '') return {};
  return {
    [field]: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
  };
}
