import { Args } from './args.ts';
import type { Context } from './context.ts';
import type { ResponseTarget } from './interactions.ts';
import { botMessage } from './methods/chat.ts';
import { needSomething, readContent } from './methods/content.ts';
import type { Json } from './types.ts';

/**
 * Posts what an app answered to a command or an interaction, in its acknowledgement or at its response address:
 * ephemeral unless told otherwise; `replace_original` and `delete_original` act on the message that was acted on.
 * Works where the bot is no member. Throws SlackFailure for content that Slack refuses.
 */
export function respond(context: Context, target: ResponseTarget, body: Json): void {
  const args = new Args(body);
  const { original } = target;
  if (args.flag('delete_original') && original) {
    context.conversation.delete(original);
    return;
  }
  const content = readContent(args);
  needSomething(content);
  if (args.flag('replace_original') && original) {
    context.conversation.change(original, (message) => {
      message.text = content.text ?? '';
      if (content.blocks) message.blocks = content.blocks;
      else delete message.blocks;
    });
    return;
  }
  const thread = args.text('thread_ts') ?? target.threadTs;
  context.conversation.post({
    ...botMessage(context, target.channel, content),
    ...(thread ? { thread_ts: thread } : {}),
    ...(args.text('response_type') === 'in_channel' ? {} : { onlyFor: target.user }),
  });
}

/** Whether an acknowledgement says anything to show. */
export function saysSomething(response: unknown): response is Json {
  if (!response || typeof response !== 'object') return false;
  const { text, blocks, attachments } = response as Json;
  return Boolean(text) || Boolean(blocks) || Boolean(attachments);
}
