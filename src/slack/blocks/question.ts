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

/** Said beside an answer that only the asker can see. */
export function inviteView(view: View, botName: string | null): View {
  const command = botName === null ? '`/invite` and my name' : `\`/invite @${plain(botName, 60)}\``;
  const hint = `Only you can see this: I am not in this channel. To have answers in a thread here, invite me with ${command}.`;
  return { text: `${view.text}\n${hint}`, blocks: [...view.blocks.slice(0, 48), context(`🔒 ${hint}`)] };
}
