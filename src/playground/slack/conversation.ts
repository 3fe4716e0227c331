import type { Dispatcher } from './dispatcher.ts';
import type { NewMessage, SlackState } from './state.ts';
import type { Json, SlackChannel, SlackMessage } from './types.ts';
import { wireMessage } from './wire-forms.ts';

/** Changes messages and tells the app about it, as far as it is a member of the conversation. */
export class Conversation {
  readonly #state: SlackState;
  readonly #dispatcher: Dispatcher;

  constructor(state: SlackState, dispatcher: Dispatcher) {
    this.#state = state;
    this.#dispatcher = dispatcher;
  }

  post(fields: NewMessage): SlackMessage {
    const message = this.#state.add(fields);
    if (message.onlyFor) return message;
    if (message.thread_ts && message.user === this.#state.bot.id)
      this.#state.setStatus(message.channel, message.thread_ts, '');
    const channel = this.#membership(message.channel);
    if (!channel) return message;
    const event = { ...this.#wire(message), channel: channel.id, channel_type: channel.kind, event_ts: message.ts };
    this.#dispatcher.event(event);
    const mentioned = message.text.includes(`<@${this.#state.bot.id}>`) && message.user !== this.#state.bot.id;
    if (mentioned && channel.kind !== 'im') {
      const { channel_type: _channelType, ...mention } = event;
      this.#dispatcher.event({ ...mention, type: 'app_mention' });
    }
    return message;
  }

  /** Changes a message in place and reports what it was before. */
  change(message: SlackMessage, change: (message: SlackMessage) => void): void {
    const previous = this.#wire(message);
    change(message);
    this.#state.touch(message);
    this.#report(message.channel, {
      subtype: 'message_changed',
      message: this.#wire(message),
      previous_message: previous,
    });
  }

  /** Deletes a message; a root that has replies leaves a tombstone, so that the thread stays. */
  delete(message: SlackMessage): void {
    const previous = this.#wire(message);
    if (!message.onlyFor && this.#state.replies(message).length > 0) {
      message.subtype = 'tombstone';
      message.text = 'This message was deleted.';
      message.user = 'USLACKBOT';
      for (const name of ['blocks', 'metadata', 'attachments', 'files', 'bot_id', 'app_id', 'edited'] as const)
        delete message[name];
      message.reactions = [];
      this.#state.touch(message);
      this.#report(message.channel, {
        subtype: 'message_changed',
        message: { ...this.#wire(message), hidden: true },
        previous_message: previous,
      });
      return;
    }
    this.#state.remove(message);
    if (message.onlyFor) return;
    this.#report(message.channel, { subtype: 'message_deleted', deleted_ts: message.ts, previous_message: previous });
  }

  #report(channelId: string, fields: Json): void {
    const channel = this.#membership(channelId);
    if (!channel) return;
    const ts = this.#state.nextTs();
    this.#dispatcher.event({
      type: 'message',
      hidden: true,
      channel: channelId,
      channel_type: channel.kind,
      ts,
      event_ts: ts,
      ...fields,
    });
  }

  #wire(message: SlackMessage): Json {
    return wireMessage(this.#state, message);
  }

  #membership(id: string): SlackChannel | undefined {
    const channel = this.#state.channels.get(id);
    return channel && this.#state.isMember(channel, this.#state.bot.id) ? channel : undefined;
  }
}
