import { useSyncExternalStore } from 'react';
import type { ActionResult, PageAction, PageEvent, PageMessage, PageStatus, Snapshot } from '../protocol.ts';
import { setClock } from './time.ts';

export interface PageState {
  /** Null until the first snapshot has come. */
  snapshot: Snapshot | null;
  /** Whether the server is there. */
  live: boolean;
  /** By channel, oldest first. */
  messages: Record<string, PageMessage[]>;
  /** Messages not seen yet, by channel; threads count where the viewer takes part. */
  unread: Record<string, number>;
  statuses: PageStatus[];
  toast: string | null;
}

let state: PageState = { snapshot: null, live: false, messages: {}, unread: {}, statuses: [], toast: null };
const listeners = new Set<() => void>();
let source: EventSource | undefined;
let looking: { channel: string | null } = { channel: null };

function set(change: Partial<PageState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export function usePageState(): PageState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Connects as a person; an earlier connection ends. */
export function connectAs(user: string): void {
  source?.close();
  set({ unread: {} });
  source = new EventSource(`/playground/events?as=${encodeURIComponent(user)}`);
  source.addEventListener('message', (event) => apply(JSON.parse(event.data) as PageEvent));
  source.addEventListener('open', () => set({ live: true }));
  source.addEventListener('error', () => set({ live: false }));
}

/** Tells which channel is on screen, so that its messages count as seen. */
export function look(channel: string | null): void {
  looking = { channel };
  if (channel && state.unread[channel]) set({ unread: { ...state.unread, [channel]: 0 } });
}

type ActionWithoutAs = PageAction extends infer One ? (One extends PageAction ? Omit<One, 'as'> : never) : never;

/** Does something as the viewer. A refusal is shown and returned. */
export async function act(action: ActionWithoutAs): Promise<ActionResult> {
  const as = state.snapshot?.me ?? '';
  try {
    const response = await fetch('/playground/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as, ...action }),
    });
    const result = (await response.json()) as ActionResult;
    if (!result.ok && result.error) toast(result.error.replaceAll('_', ' '));
    return result;
  } catch {
    toast('the playground is not reachable');
    return { ok: false, error: 'unreachable' };
  }
}

let toastTimer: ReturnType<typeof setTimeout> | undefined;

export function toast(text: string): void {
  clearTimeout(toastTimer);
  set({ toast: text });
  toastTimer = setTimeout(() => set({ toast: null }), 5000);
}

function apply(event: PageEvent): void {
  const { snapshot } = state;
  if (event.type === 'snapshot') {
    setClock(event.snapshot.now, event.snapshot.timeZone, event.snapshot.clock?.ticks !== false);
    const messages: Record<string, PageMessage[]> = {};
    for (const message of event.snapshot.messages)
      messages[message.channel] = insert(messages[message.channel] ?? [], message);
    set({ snapshot: event.snapshot, messages, statuses: event.snapshot.statuses, live: true });
    return;
  }
  if (!snapshot) return;
  switch (event.type) {
    case 'message':
      takeMessage(snapshot, event.message);
      return;
    case 'message_deleted': {
      const kept = (state.messages[event.channel] ?? []).filter((message) => message.ts !== event.ts);
      set({ messages: { ...state.messages, [event.channel]: kept } });
      return;
    }
    case 'status': {
      const others = state.statuses.filter(
        (one) => one.channel !== event.status.channel || one.threadTs !== event.status.threadTs,
      );
      set({ statuses: event.status.status ? [...others, event.status] : others });
      return;
    }
    case 'session': {
      const others = snapshot.sessions.filter(
        (one) => one.channel !== event.channel || one.threadTs !== event.threadTs,
      );
      const { channel, threadTs, status } = event;
      set({ snapshot: { ...snapshot, sessions: [...others, { channel, threadTs, status }] } });
      return;
    }
    case 'prompts': {
      const { channel, title, prompts } = event;
      set({ snapshot: { ...snapshot, prompts: { ...snapshot.prompts, [channel]: { title, prompts } } } });
      return;
    }
    case 'home':
      set({ snapshot: { ...snapshot, home: event.view } });
      return;
    case 'view':
      set({ snapshot: { ...snapshot, view: event.view } });
      return;
    case 'members':
      set({
        snapshot: {
          ...snapshot,
          channels: snapshot.channels.map((one) =>
            one.id === event.channel ? { ...one, members: event.members } : one,
          ),
        },
      });
      return;
    case 'clock':
      setClock(event.now, snapshot.timeZone, snapshot.clock?.ticks !== false);
      set({ snapshot: { ...snapshot, now: event.now } });
      return;
    case 'connection':
      set({ snapshot: { ...snapshot, connected: event.connected } });
  }
}

function takeMessage(snapshot: Snapshot, message: PageMessage): void {
  const known = (state.messages[message.channel] ?? []).some((one) => one.ts === message.ts);
  const list = insert(state.messages[message.channel] ?? [], message);
  const messages = { ...state.messages, [message.channel]: list };
  const inThread = message.threadTs !== undefined && message.threadTs !== message.ts;
  const concerns =
    !inThread || list.some((one) => (one.threadTs ?? one.ts) === message.threadTs && one.user === snapshot.me);
  const seen = message.channel === looking.channel && document.visibilityState === 'visible';
  const isNew = !known && message.user !== snapshot.me && !seen && concerns;
  const unread = isNew
    ? { ...state.unread, [message.channel]: (state.unread[message.channel] ?? 0) + 1 }
    : state.unread;
  set({ messages, unread });
}

function insert(list: readonly PageMessage[], message: PageMessage): PageMessage[] {
  const at = list.findIndex((one) => one.ts === message.ts);
  if (at >= 0) return list.with(at, message);
  const last = list.at(-1);
  if (!last || Number(last.ts) < Number(message.ts)) return [...list, message];
  return [...list, message].sort((a, b) => Number(a.ts) - Number(b.ts));
}
