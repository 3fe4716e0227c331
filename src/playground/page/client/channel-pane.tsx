import type { ReactNode } from 'react';
import type { PageChannel, PageMessage, PageStatus } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { type AnyBlock, Blocks } from './blocks.tsx';
import { ClockMenu } from './clock-menu.tsx';
import { Composer } from './composer.tsx';
import { BackIcon, PeopleIcon } from './icons.tsx';
import { OriginContext } from './interactive.tsx';
import { MessageList } from './message-list.tsx';
import { goTo } from './place.ts';
import { act } from './store.ts';
import { useLook } from './text.tsx';

interface ChannelPaneProps {
  channel: PageChannel;
  messages: PageMessage[];
  statuses: PageStatus[];
  tab: 'messages' | 'home';
}

/** A conversation: its name, its messages, and where to write. */
export function ChannelPane({ channel, messages, statuses, tab }: ChannelPaneProps): ReactNode {
  const { snapshot } = useLook();
  const other =
    channel.kind === 'im'
      ? snapshot.users.find((user) => user.id === channel.members.find((one) => one !== snapshot.me))
      : undefined;
  const name = other ? other.realName : channel.name;
  const roots = messages.filter(
    (message) =>
      message.threadTs === undefined || message.threadTs === message.ts || message.subtype === 'thread_broadcast',
  );
  const repliesOf = (ts: string) =>
    messages.filter((message) => message.threadTs === ts && message.ts !== ts && !message.ephemeral);
  const statusOf = (ts: string) => statuses.find((status) => status.channel === channel.id && status.threadTs === ts);
  return (
    <main className="pane channel-pane" aria-label={other ? name : `#${name}`}>
      <header className="pane-header">
        <button type="button" className="back" aria-label="Back to the list" onClick={() => goTo(null)}>
          <BackIcon />
        </button>
        {other ? (
          <Avatar user={other} size={24} isApp={other.id === snapshot.botUserId} />
        ) : (
          <span className="hash">#</span>
        )}
        <h1>{name}</h1>
        {other ? <Tabs channel={channel.id} tab={tab} /> : <span className="topic">{channel.topic}</span>}
        {!other && (
          <span
            className="member-count"
            title={channel.members.map((id) => snapshot.users.find((user) => user.id === id)?.realName).join(', ')}
          >
            <PeopleIcon /> {channel.members.length}
          </span>
        )}
        <ClockMenu />
      </header>
      {tab === 'home' ? (
        <HomeTab />
      ) : (
        <>
          <MessageList
            id={channel.id}
            messages={roots}
            repliesOf={repliesOf}
            statusOf={statusOf}
            start={<Beginning channel={channel} name={name} />}
            end={channel.kind === 'im' && <Prompts channel={channel.id} />}
          />
          <Composer key={channel.id} channel={channel.id} placeholder={`Message ${other ? '' : '#'}${name}`} />
        </>
      )}
    </main>
  );
}

function Tabs({ channel, tab }: { channel: string; tab: 'messages' | 'home' }): ReactNode {
  return (
    <div className="tabs" role="tablist">
      {(['home', 'messages'] as const).map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          aria-selected={tab === one}
          onClick={() => {
            goTo(channel, one === 'home' ? 'home' : null);
            act({ do: 'home', tab: one });
          }}
        >
          {one === 'home' ? 'Home' : 'Messages'}
        </button>
      ))}
    </div>
  );
}

function HomeTab(): ReactNode {
  const { snapshot } = useLook();
  return (
    <div className="home">
      {snapshot.home ? (
        <OriginContext value={{ view: snapshot.home.id }}>
          <Blocks blocks={snapshot.home.view.blocks as AnyBlock[]} />
        </OriginContext>
      ) : (
        <p className="home-empty">This app has not put anything here yet.</p>
      )}
    </div>
  );
}

function Beginning({ channel, name }: { channel: PageChannel; name: string }): ReactNode {
  const { snapshot } = useLook();
  if (channel.kind === 'im') {
    const other = snapshot.users.find((user) => user.id === channel.members.find((one) => one !== snapshot.me));
    return (
      <div className="beginning">
        <Avatar user={other} size={64} isApp={other?.id === snapshot.botUserId} />
        <h2>{name}</h2>
        <p>{other?.title}. What is said here stays between the two of you.</p>
      </div>
    );
  }
  return (
    <div className="beginning">
      <h2># {name}</h2>
      <p>{channel.topic}</p>
    </div>
  );
}

function Prompts({ channel }: { channel: string }): ReactNode {
  const { snapshot } = useLook();
  const offered = snapshot.prompts[channel];
  if (!offered) return null;
  return (
    <div className="prompts">
      {offered.title && <p>{offered.title}</p>}
      <div>
        {offered.prompts.map((prompt) => (
          <button key={prompt.title} type="button" onClick={() => act({ do: 'post', channel, text: prompt.message })}>
            {prompt.title}
          </button>
        ))}
      </div>
    </div>
  );
}
