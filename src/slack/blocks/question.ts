import { context, section } from './pieces/elements.ts';
import { oneLine, plain, quote } from './pieces/text.ts';
import type { View } from './view.ts';

/** The root of a command's thread, or the line before the answer to a pressed button: who asked what. */
export function questionView(user: string, question: string): View {
  const who = /^[UW][A-Z0-9]{2,}$/.test(user) ? `<@${user}>` : 'Someone';
  return {
    text: `${who} asked: ${plain(oneLine(question), 400)}`,
    blocks: [section(`${who} asked:`, quote(question, 700))],
  };
}

/** Why only the asker sees an answer, and what changes that. `code` is Slack's own. */
export interface Privacy {
  code: string;
  channel: string;
  botName: string | null;
}

/** An answer that only the asker can see, with why and how to have it in a thread. */
export function privateView(view: View, privacy: Privacy): View {
  const hint = `Only you can see this: ${reasonOf(privacy)}`;
  return { text: `${view.text}\n${hint}`, blocks: [...view.blocks.slice(0, 48), context(`🔒 ${hint}`)] };
}

function reasonOf({ code, channel, botName }: Privacy): string {
  const outside = code === 'not_in_channel' || code === 'channel_not_found';
  if (outside && channel.startsWith('D'))
    return 'I cannot write into your conversations with others. Ask me directly, or in a channel I am in.';
  if (!outside) return 'I may not write here. Ask me directly, or in a channel I am in.';
  const command = botName === null ? '`/invite` and my name' : `\`/invite @${plain(botName, 60)}\``;
  return `I am not in this channel. To have answers in a thread here, invite me with ${command}.`;
}
