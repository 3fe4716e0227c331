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

/** One text in Slack's mrkdwn. */
export function Mrkdwn({ text }: { text: string }): ReactNode {
  const blocks = useMemo(() => [{ type: 'section', text: { type: 'mrkdwn', text } }], [text]);
  return text ? <LibraryBlocks blocks={blocks} /> : null;
}
