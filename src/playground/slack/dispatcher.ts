import type { Faults } from './faults.ts';
import { newId } from './ids.ts';
import type { SlackState } from './state.ts';
import type { Envelope, Outcome, Transport } from './transport.ts';
import type { Json } from './types.ts';

/** Which events an app gets, as its manifest names them. */
export const DEFAULT_SUBSCRIPTIONS = [
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  'app_home_opened',
  'app_context_changed',
  'agent_session_stopped',
];

const MESSAGE_EVENTS: Record<string, string> = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
};

interface DispatcherOptions {
  state: SlackState;
  faults: Faults;
  transport: Transport;
  subscriptions: readonly string[];
  /** Milliseconds before the first, second and third retry. */
  retryDelaysMs: readonly number[];
}

/** Hands things to the app: events with retries, commands and interactions once. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #timers = new Map<NodeJS.Timeout, () => void>();
  #stopped = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Delivers an event if the app subscribed to it. Returns at once; `settled` waits. */
  event(event: Json): void {
    const { state, subscriptions } = this.#options;
    const type = String(event.type);
    const subscription = type === 'message' ? MESSAGE_EVENTS[String(event.channel_type)] : type;
    if (!subscription || !subscriptions.includes(subscription)) return;
    const payload: Json = {
      token: 'playground',
      team_id: state.team.id,
      context_team_id: state.team.id,
      context_enterprise_id: null,
      api_app_id: state.app.id,
      event,
      type: 'event_callback',
      event_id: newId('Ev'),
      event_time: Math.floor(state.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: state.team.id,
          user_id: state.bot.id,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: state.channels.get(String(event.channel))?.sharedWith !== undefined,
      event_context: newId('4-', 20),
    };
    this.#track(this.#deliverEvent(payload));
  }

  /** Delivers a command or an interaction: one attempt, whose outcome the caller shows. */
  call(kind: 'slash_commands' | 'interactive', payload: Json): Promise<Outcome> {
    return this.#track(this.#options.transport.send({ id: crypto.randomUUID(), kind, payload }, 0, ''));
  }

  /** Resolves when nothing is being delivered and no retry is due. */
  async settled(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.allSettled([...this.#inFlight]);
  }

  stop(): void {
    this.#stopped = true;
    for (const [timer, resume] of this.#timers) {
      clearTimeout(timer);
      resume();
    }
  }

  async #deliverEvent(payload: Json): Promise<void> {
    const { transport, retryDelaysMs, faults } = this.#options;
    const envelope = (): Envelope => ({ id: crypto.randomUUID(), kind: 'events_api', payload });
    const duplicated = faults.takeDuplicate();
    let outcome = await transport.send(envelope(), 0, '');
    if (outcome.ok && duplicated) await transport.send(envelope(), 1, 'http_timeout');
    for (const [index, delay] of retryDelaysMs.entries()) {
      if (outcome.ok || this.#stopped) return;
      await this.#pause(delay);
      if (this.#stopped) return;
      outcome = await transport.send(envelope(), index + 1, outcome.reason);
    }
  }

  async #pause(ms: number): Promise<void> {
    if (ms === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    timer.unref();
    this.#timers.set(timer, resolve);
    await promise;
    this.#timers.delete(timer);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight.add(work);
    const done = () => this.#inFlight.delete(work);
    work.then(done, done);
    return work;
  }
}
