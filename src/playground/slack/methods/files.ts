import { checkMessageBlocks } from '../blocks-validation.ts';
import type { Methods } from '../context.ts';
import { invalidArguments, SlackFailure } from '../failure.ts';
import { newId } from '../ids.ts';
import type { SlackFile } from '../types.ts';
import { wireFile } from '../wire-forms.ts';
import { botMessage, threadRoot } from './chat.ts';
import { needMembership } from './lookup.ts';

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
};

export const filesMethods: Methods = {
  'files.getUploadURLExternal': (args, { state, url }) => {
    const name = args.need('filename');
    const size = Number(args.need('length'));
    if (!Number.isInteger(size) || size < 1) throw invalidArguments('length must be a positive number');
    const file: SlackFile = {
      id: newId('F'),
      name,
      title: name,
      mimetype: TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
      ...(args.has('alt_text') ? { alt_text: args.need('alt_text') } : {}),
      size,
      created: Math.floor(state.now() / 1000),
      user: state.bot.id,
      content: null,
    };
    state.files.set(file.id, file);
    return { upload_url: `${url()}/upload/v1/${file.id}`, file_id: file.id };
  },

  'files.completeUploadExternal': (args, context) => {
    const { state } = context;
    const given = args.list('files') as { id?: string; title?: string }[] | undefined;
    if (!given?.length) throw invalidArguments('files is required');
    const files = given.map(({ id, title }) => {
      const file = state.files.get(id ?? '');
      if (!file?.content) throw new SlackFailure('file_not_found');
      if (title) file.title = title;
      return file;
    });
    const channelId = args.text('channel_id');
    if (channelId) {
      const channel = needMembership(state, channelId);
      const thread = threadRoot(context, channel, args.text('thread_ts'));
      const text = args.text('initial_comment') ?? '';
      const blocks = args.list('blocks');
      context.conversation.post({
        ...botMessage(context, channel.id, { text, ...(blocks ? { blocks: checkMessageBlocks(blocks) } : {}) }),
        subtype: 'file_share',
        files: files.map((file) => file.id),
        ...(thread ? { thread_ts: thread } : {}),
      });
    }
    return { files: files.map((file) => wireFile(file)) };
  },
};
