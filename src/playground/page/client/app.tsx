import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { PageMessage } from '../protocol.ts';
import { ChannelPane } from './channel-pane.tsx';
import { Modal } from './modal.tsx';
import { goTo, usePlace } from './place.ts';
import { Sidebar } from './sidebar.tsx';
import { act, connectAs, look, usePageState } from './store.ts';
import { LookContext } from './text.tsx';
import { useTheme } from './theme.ts';
import { ThreadPane } from './thread-pane.tsx';

const NO_MESSAGES: PageMessage[] = [];
const WHO = 'playground.who';
const NARROW = '(max-width: 760px)';

export function rememberedPerson(): string {
  return new URLSearchParams(location.search).get('as') ?? localStorage.getItem(WHO) ?? '';
}

/** The whole page. */
export function App(): ReactNode {
  const { snapshot, messages, unread, statuses, live, toast } = usePageState();
  const place = usePlace();
  const [theme, toggleTheme] = useTheme();
  const context = useMemo(() => (snapshot ? { snapshot, theme } : null), [snapshot, theme]);
  const channel = snapshot?.channels.find((one) => one.id === place.channel);
  const list = (channel && messages[channel.id]) ?? NO_MESSAGES;

  useEffect(() => {
    if (!snapshot || place.channel || matchMedia(NARROW).matches) return;
    goTo(snapshot.channels[0]?.id ?? null);
  }, [snapshot, place.channel]);

  useEffect(() => look(channel?.id ?? null), [channel?.id]);

  const me = snapshot?.me;
  const isDirect = channel?.kind === 'im';
  useEffect(() => {
    if (me && isDirect) act({ do: 'home', tab: place.tab });
  }, [me, isDirect, place.tab]);

  useAnswerOpensThread(isDirect ? list : NO_MESSAGES, place.thread !== null);

  const become = (user: string) => {
    localStorage.setItem(WHO, user);
    goTo(isDirect ? null : place.channel);
    connectAs(user);
  };

  if (!snapshot || !context) return <div className="loading">Opening the workspace…</div>;
  const thread = channel && place.thread;
  const view = place.channel ? (thread ? 'thread' : 'channel') : 'list';
  return (
    <LookContext value={context}>
      <div className="page" data-view={view}>
        <Sidebar
          snapshot={snapshot}
          current={channel?.id ?? null}
          unread={unread}
          theme={theme}
          toggleTheme={toggleTheme}
          become={become}
        />
        {channel ? (
          <ChannelPane
            channel={channel}
            messages={list}
            statuses={statuses}
            tab={channel.kind === 'im' ? place.tab : 'messages'}
          />
        ) : (
          <main className="pane" />
        )}
        {channel && thread && <ThreadPane channel={channel} rootTs={thread} messages={list} statuses={statuses} />}
        {snapshot.view && <Modal key={snapshot.view.id} view={snapshot.view} />}
        {!live && (
          <div className="notice" role="alert">
            Not connected. Waiting for the playground…
          </div>
        )}
        {toast && (
          <div className="notice" role="alert">
            {toast}
          </div>
        )}
      </div>
    </LookContext>
  );
}

/** In the app's direct conversation an answer opens its thread by itself, as it is what one came for. */
function useAnswerOpensThread(messages: PageMessage[], threadOpen: boolean): void {
  const last = messages.at(-1);
  const seen = useRef(new Set<string>());
  useEffect(() => {
    if (!last || seen.current.has(last.ts)) return;
    const first = seen.current.size === 0;
    for (const message of messages) seen.current.add(message.ts);
    if (first || threadOpen || !last.threadTs || last.threadTs === last.ts) return;
    goTo(last.channel, last.threadTs);
  }, [last, messages, threadOpen]);
}
