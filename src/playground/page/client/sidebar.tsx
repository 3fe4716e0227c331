import type { ReactNode } from 'react';
import type { PageChannel, Snapshot } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { MoonIcon, SunIcon } from './icons.tsx';
import { goTo } from './place.ts';
import type { Theme } from './theme.ts';

interface SidebarProps {
  snapshot: Snapshot;
  current: string | null;
  unread: Record<string, number>;
  theme: Theme;
  toggleTheme(): void;
  become(user: string): void;
}

/** The workspace: channels, the app's direct conversation, and who one is. */
export function Sidebar({ snapshot, current, unread, theme, toggleTheme, become }: SidebarProps): ReactNode {
  const channels = snapshot.channels.filter((channel) => channel.kind !== 'im');
  const direct = snapshot.channels.filter((channel) => channel.kind === 'im');
  const me = snapshot.users.find((user) => user.id === snapshot.me);
  return (
    <nav className="sidebar" aria-label="Workspace">
      <div className="workspace">
        <span className="workspace-name">{snapshot.team.name}</span>
        <button
          type="button"
          className="theme"
          aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
          onClick={toggleTheme}
        >
          {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
        </button>
      </div>
      <div className="sidebar-scroll">
        <h2>Channels</h2>
        {channels.map((channel) => (
          <Place key={channel.id} id={channel.id} current={current} unread={unread[channel.id] ?? 0}>
            <span className="hash">#</span>
            <span className="place-name">{channel.name}</span>
          </Place>
        ))}
        <h2>Apps</h2>
        {direct.map((channel) => (
          <DirectPlace
            key={channel.id}
            channel={channel}
            snapshot={snapshot}
            current={current}
            unread={unread[channel.id] ?? 0}
          />
        ))}
      </div>
      <div className="me">
        <Avatar user={me} size={36} />
        <label>
          <span>You are</span>
          <select value={snapshot.me} onChange={(event) => become(event.target.value)} aria-label="Who you are">
            {snapshot.people.map((id) => (
              <option key={id} value={id}>
                {snapshot.users.find((user) => user.id === id)?.realName}
              </option>
            ))}
          </select>
          <span className="me-title">{me?.title}</span>
        </label>
      </div>
    </nav>
  );
}

function DirectPlace({
  channel,
  snapshot,
  current,
  unread,
}: {
  channel: PageChannel;
  snapshot: Snapshot;
  current: string | null;
  unread: number;
}): ReactNode {
  const other = channel.members.find((member) => member !== snapshot.me);
  const user = snapshot.users.find((one) => one.id === other);
  const isApp = other === snapshot.botUserId;
  return (
    <Place id={channel.id} current={current} unread={unread}>
      <span className="presence-holder">
        <Avatar user={user} size={20} isApp={isApp} />
        {isApp && (
          <i
            className={snapshot.connected ? 'presence on' : 'presence'}
            title={snapshot.connected ? 'connected' : 'not connected'}
          />
        )}
      </span>
      <span className="place-name">{user?.realName}</span>
    </Place>
  );
}

function Place({
  id,
  current,
  unread,
  children,
}: {
  id: string;
  current: string | null;
  unread: number;
  children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      className={unread > 0 ? 'place unread' : 'place'}
      data-channel={id}
      aria-current={id === current ? 'page' : undefined}
      onClick={() => goTo(id)}
    >
      {children}
      {unread > 0 && (
        <span className="unread-count" role="img" aria-label={`${unread} unread`}>
          {unread}
        </span>
      )}
    </button>
  );
}
