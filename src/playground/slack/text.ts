import type { SlackState } from './state.ts';

/** Slack's three entities; everything else travels as it is. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const CONTROL_SEQUENCE = /<(?:[@#][A-Z0-9]+|![a-z^]|https?:|mailto:)[^<>]*>/y;

/** Escapes what an app posted, but for the control sequences (`<@U…>`, `<!channel>`, links) that Slack acts on. */
export function escapeOutsideSequences(text: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    CONTROL_SEQUENCE.lastIndex = at;
    const sequence = CONTROL_SEQUENCE.exec(text)?.[0];
    if (sequence) {
      out += sequence;
      at += sequence.length;
      continue;
    }
    const character = text.charAt(at);
    out += character === '<' ? '&lt;' : character === '>' ? '&gt;' : character;
    at += 1;
  }
  return out;
}

/**
 * Turns what a person types into what Slack stores: entities escaped, `@name` and `#channel` resolved, `@here` and the like
 * made into broadcasts, addresses made into links.
 */
export function composeText(state: SlackState, typed: string): string {
  return typed
    .split(/(https?:\/\/[^\s|<>]+)/)
    .map((part, index) => (index % 2 === 1 ? `<${escapeText(part)}>` : withReferences(state, escapeText(part))))
    .join('');
}

function withReferences(state: SlackState, text: string): string {
  return text
    .replace(/(^|[^\w@])@([\w.-]*\w)/g, (whole, before: string, name: string) => {
      if (['here', 'channel', 'everyone'].includes(name)) return `${before}<!${name}>`;
      const user = [...state.users.values()].find((one) => one.name.toLowerCase() === name.toLowerCase());
      return user ? `${before}<@${user.id}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = [...state.channels.values()].find((one) => one.kind !== 'im' && one.name === name);
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}
