import type { Snapshot } from '../protocol.ts';

export interface Suggestion {
  /** Shown in bold. */
  label: string;
  detail: string;
  /** What the composer holds after choosing it. */
  text: string;
  user?: string;
}

const MOST = 8;

/** What may be meant by the text before the cursor: commands at the start, people after `@`, channels after `#`. */
export function suggestionsFor(text: string, cursor: number, snapshot: Snapshot, inThread: boolean): Suggestion[] {
  const before = text.slice(0, cursor);
  const after = text.slice(cursor);
  if (!inThread && before.startsWith('/') && !before.includes('\n')) return commandSuggestions(before, snapshot);
  const word = /(^|\s)([@#])([\w.-]*)$/.exec(before);
  if (!word) return [];
  const [, , sign, part = ''] = word;
  const start = before.slice(0, before.length - part.length - 1);
  const starts = (name: string) => name.toLowerCase().startsWith(part.toLowerCase());
  if (sign === '#') {
    return snapshot.channels
      .filter((channel) => channel.kind !== 'im' && starts(channel.name))
      .slice(0, MOST)
      .map((channel) => ({
        label: `#${channel.name}`,
        detail: channel.topic,
        text: `${start}#${channel.name} ${after}`,
      }));
  }
  return snapshot.users
    .filter(
      (user) => user.id !== 'USLACKBOT' && user.id !== snapshot.me && (starts(user.name) || starts(user.realName)),
    )
    .sort((a, b) => Number(b.id === snapshot.botUserId) - Number(a.id === snapshot.botUserId))
    .slice(0, MOST)
    .map((user) => ({
      label: user.realName,
      detail: `@${user.name} · ${user.title}`,
      text: `${start}@${user.name} ${after}`,
      user: user.id,
    }));
}

function commandSuggestions(before: string, snapshot: Snapshot): Suggestion[] {
  const [typed = '', ...rest] = before.split(' ');
  const all = snapshot.commands.flatMap((command) =>
    command.usages.map((usage) => ({
      label: `${command.name} ${usage.text}`,
      detail: usage.description,
      text: `${command.name} ${usage.text} `,
    })),
  );
  if (rest.length === 0) return all.filter((one) => one.label.startsWith(typed));
  if (rest.length === 1) return all.filter((one) => one.label.startsWith(before) && one.text !== `${before} `);
  return [];
}
