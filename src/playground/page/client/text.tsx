import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { Snapshot } from '../protocol.ts';
import type { Theme } from './theme.ts';

/** What drawing needs everywhere. */
export interface Look {
  snapshot: Snapshot;
  theme: Theme;
}
export const LookContext = createContext<Look | null>(null);

export function useLook(): Look {
  const look = useContext(LookContext);
  if (!look) throw new Error('drawn outside of the page');
  return look;
}

/** Blocks that the library draws: section text, context, rich text, markdown, pictures and the like. */
export function LibraryBlocks({ blocks }: { blocks: Record<string, unknown>[] }): ReactNode {
  const { snapshot, theme } = useLook();
  const data = useMemo(
    () => ({
      users: snapshot.users.map(({ id, name, realName, isBot }) => ({ id, name: isBot ? realName : name })),
      channels: snapshot.channels.map(({ id, name }) => ({ id, name })),
      user_groups: [],
    }),
    [snapshot.users, snapshot.channels],
  );
  const hooks = useMemo(
    () => ({
      user: ({ id, name }: { id: string; name: string }) => (
        <span className={id === snapshot.me ? 'mention mention-me' : 'mention'}>@{name || id}</span>
      ),
      channel: ({ id, name }: { id: string; name: string }) => (
        <a className="mention" href={`#${id}`}>
          #{name || id}
        </a>
      ),
      atHere: () => <span className="mention mention-me">@here</span>,
      atChannel: () => <span className="mention mention-me">@channel</span>,
      atEveryone: () => <span className="mention mention-me">@everyone</span>,
      link: ({ href, children }: { href: string; children: ReactNode }) => (
        <a href={/^(https?:|mailto:|#|\/)/i.test(href) ? href : undefined} target="_blank" rel="noreferrer noopener">
          {children}
        </a>
      ),
    }),
    [snapshot.me],
  );
  return (
    <Message
      blocks={blocks as unknown as Block[]}
      name=""
      logo=""
      theme={theme}
      withoutWrapper
      data={data}
      hooks={hooks}
    />
  );
}

/** Escaped brackets before a sign that would start a mention or a link: kept apart, since the library decodes before it parses. */
const LOOKS_LIKE_A_SEQUENCE = /&lt;(?=[!@#]|https?:|mailto:|tel:)/g;
const WORD_JOINER = '\u2060';
/** The library adds a space after an escaped bracket; where it starts no quote, the bare one is as good. */
const INNER_BRACKET = /(?<!^)&gt;/gm;

/** One text in Slack's mrkdwn. */
export function Mrkdwn({ text }: { text: string }): ReactNode {
  const blocks = useMemo(() => {
    const safe = text.replaceAll(LOOKS_LIKE_A_SEQUENCE, `&lt;${WORD_JOINER}`).replaceAll(INNER_BRACKET, '>');
    return [{ type: 'section', text: { type: 'mrkdwn', text: safe } }];
  }, [text]);
  return text ? <LibraryBlocks blocks={blocks} /> : null;
}

/** Text without markup: what it says is what is shown, but for `:emoji:`. */
function PlainText({ text }: { text: string }): ReactNode {
  const blocks = useMemo(() => {
    const elements = text
      .split(/:([a-z0-9_+-]+):/)
      .map((part, index) =>
        index % 2 === 1 ? { type: 'emoji', name: part } : { type: 'text', text: decodeEntities(part) },
      )
      .filter((element) => element.text !== '');
    return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
  }, [text]);
  return <LibraryBlocks blocks={blocks} />;
}

export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export interface TextObject {
  type: string;
  text: string;
}

/** A text object of either kind. */
export function Text({ of }: { of: TextObject }): ReactNode {
  return of.type === 'mrkdwn' ? <Mrkdwn text={of.text} /> : <PlainText text={of.text} />;
}
