import type { ReactNode } from 'react';
import type { PageChannel, PageMessage, PageStatus } from '../protocol.ts';
import { ClockMenu } from './clock-menu.tsx';
import { Composer } from './composer.tsx';
import { CloseIcon, StopIcon } from './icons.tsx';
import { MessageList } from './message-list.tsx';
import { goTo } from './place.ts';
import { StatusLine } from './status-line.tsx';
import { act } from './store.ts';
import { useLook } from './text.tsx';

interface ThreadPaneProps {
  channel: PageChannel;
  rootTs: string;
  messages: PageMessage[];
  statuses: PageStatus[];
}

const NONE: PageMessage[] = [];

/** A thread beside its channel. */
export function ThreadPane({ channel, rootTs, messages, statuses }: ThreadPaneProps): ReactNode {
  const { snapshot } = useLook();
  const thread = messages.filter((message) => message.ts === rootTs || message.threadTs === rootTs);
  const status = statuses.find((one) => one.channel === channel.id && one.threadTs === rootTs);
  const session = snapshot.sessions.find((one) => one.channel === channel.id && one.threadTs === rootTs);
  const working = session?.status === 'processing';
  return (
    <aside className="pane thread-pane" aria-label="Thread">
      <header className="pane-header">
        <h1>Thread</h1>
        <span className="topic">{channel.kind === 'im' ? 'Direct message' : `# ${channel.name}`}</span>
        <ClockMenu />
        <button type="button" className="icon-button" aria-label="Close the thread" onClick={() => goTo(channel.id)}>
          <CloseIcon />
        </button>
      </header>
      <MessageList
        id={`${channel.id}/${rootTs}`}
        messages={thread}
        repliesOf={() => NONE}
        statusOf={() => undefined}
        inThread
        end={
          (status || working) && (
            <div className="thread-status">
              {status && <StatusLine status={status} />}
              {working && (
                <button
                  type="button"
                  className="stop"
                  onClick={() => act({ do: 'stop', channel: channel.id, threadTs: rootTs })}
                >
                  <StopIcon /> Stop
                </button>
              )}
            </div>
          )
        }
      />
      <Composer key={`${channel.id}/${rootTs}`} channel={channel.id} threadTs={rootTs} placeholder="Reply…" />
    </aside>
  );
}
