import { useSyncExternalStore } from 'react';

/** Where the viewer is: kept in the address, so that back, forward and reload work. */
export interface Place {
  channel: string | null;
  thread: string | null;
  tab: 'messages' | 'home';
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [channel, rest] = hash.replace(/^#/, '').split('/');
  return {
    channel: channel || null,
    thread: rest && rest !== 'home' ? rest : null,
    tab: rest === 'home' ? 'home' : 'messages',
  };
}

export function goTo(channel: string | null, rest?: string | null): void {
  location.hash = channel ? `#${channel}${rest ? `/${rest}` : ''}` : '#';
}
