import { elementsOf } from './blocks-validation.ts';
import type { Context } from './context.ts';
import { SlackFailure } from './failure.ts';
import { newView, wireView } from './methods/views.ts';
import { respond, saysSomething } from './responses.ts';
import { composeText } from './text.ts';
import type { Outcome } from './transport.ts';
import type { Json, SlackMessage, SlackView } from './types.ts';
import { wireMessage } from './wire-forms.ts';

export interface PostOptions {
  threadTs?: string;
  /** Set: the text is stored as given, entities and sequences included. */
  raw?: boolean;
}

export interface ButtonChoice {
  actionId?: string;
  blockId?: string;
  /** The text on the button. */
  text?: string;
  /** For feedback buttons: which of the two. */
  value?: string;
}

/** What people do in the workspace; used by the page and by tests. Users and channels are given by id. */
export class Drive {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Posts as a person, or as another bot, in a conversation that they are in. Throws SlackFailure. */
  postAs(userId: string, channelId: string, typed: string, options: PostOptions = {}): SlackMessage {
    const { state, conversation } = this.#context;
    const user = state.users.get(userId);
    const channel = state.channels.get(channelId);
    if (!user || !channel) throw new SlackFailure('channel_not_found');
    if (!state.isMember(channel, userId)) throw new SlackFailure('not_in_channel');
    const root = options.threadTs ? state.find(channelId, options.threadTs) : undefined;
    if (options.threadTs && !root) throw new SlackFailure('thread_not_found');
    const text = options.raw ? typed : composeText(state, typed);
    const message = conversation.post({
      channel: channelId,
      user: userId,
      text,
      ...(user.botId
        ? { subtype: 'bot_message', bot_id: user.botId, username: user.name }
        : { client_msg_id: crypto.randomUUID() }),
      ...(root ? { thread_ts: root.thread_ts ?? root.ts } : {}),
    });
    if (text.includes(`<@${state.bot.id}>`) && !state.isMember(channel, state.bot.id)) {
      conversation.post({
        channel: channelId,
        user: 'USLACKBOT',
        text: `You mentioned <@${state.bot.id}>, but it is not in this channel, so it was not told.`,
        onlyFor: userId,
        inviteTo: channelId,
        ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
      });
    }
    return message;
  }

  editMessage(userId: string, channelId: string, ts: string, typed: string): SlackMessage {
    const { state, conversation } = this.#context;
    const message = this.#own(userId, channelId, ts, 'cant_update_message');
    conversation.change(message, (changed) => {
      changed.text = composeText(state, typed);
      changed.edited = { user: userId, ts: state.nextTs() };
    });
    return message;
  }

  deleteMessage(userId: string, channelId: string, ts: string): void {
    this.#context.conversation.delete(this.#own(userId, channelId, ts, 'cant_delete_message'));
  }

  /** Runs a slash command: `line` is what was typed, `/sentry ask …`. Resolves when the app acknowledged or failed to. */
  async command(userId: string, channelId: string, line: string): Promise<Outcome> {
    const { state, interactions, dispatcher, url } = this.#context;
    const channel = state.channels.get(channelId);
    const user = state.users.get(userId);
    if (!channel || !user || !state.isMember(channel, userId)) throw new SlackFailure('channel_not_found');
    const [, command = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
    const slackbot = (says: string) => this.sayAsSlackbot(userId, channelId, says);
    if (command === '/invite') {
      const invited = text.replace(/^@/, '').trim().toLowerCase() === state.bot.name;
      if (invited) this.invite(channelId);
      slackbot(
        invited
          ? `<@${state.bot.id}> is in this channel now.`
          : `Only the app can be invited here: \`/invite @${state.bot.name}\`.`,
      );
      return { ok: true, response: {} };
    }
    if (!state.app.commands.some((one) => one.name === command)) {
      slackbot(`\`${command.replaceAll('`', '')}\` is not a valid command.`);
      return { ok: false, reason: 'http_error' };
    }
    const target = { channel: channelId, user: userId };
    const outcome = await dispatcher.call('slash_commands', {
      token: 'playground',
      team_id: state.team.id,
      team_domain: state.team.domain,
      channel_id: channelId,
      channel_name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'group' ? 'privategroup' : channel.name,
      user_id: userId,
      user_name: user.name,
      command,
      text: text.trim(),
      api_app_id: state.app.id,
      is_enterprise_install: 'false',
      response_url: url() + interactions.newResponsePath(target),
      trigger_id: interactions.newTrigger(userId),
    });
    if (!outcome.ok) slackbot(`${command} failed because the app did not respond.`);
    else if (saysSomething(outcome.response))
      this.#show(() => respond(this.#context, target, outcome.response as Json), slackbot);
    return outcome;
  }

  /** Presses a button (or another element) of a message, ephemeral ones included. Throws when there is no such element. */
  async clickButton(userId: string, channelId: string, ts: string, choice: ButtonChoice): Promise<Outcome> {
    const { state } = this.#context;
    const message = state.find(channelId, ts) ?? state.findEphemeral(channelId, ts);
    if (!message) throw new SlackFailure('message_not_found');
    const action = findAction(message.blocks ?? [], choice);
    if (!action) throw new SlackFailure('action_not_found');
    return this.act(userId, channelId, ts, action);
  }

  /** Sends an action as the client does: `action` as it goes into `actions`. */
  async act(userId: string, channelId: string, ts: string, action: Json): Promise<Outcome> {
    const { state, interactions, dispatcher, url } = this.#context;
    const message = state.find(channelId, ts) ?? state.findEphemeral(channelId, ts);
    const channel = state.channels.get(channelId);
    if (!message || !channel) throw new SlackFailure('message_not_found');
    const ephemeral = message.onlyFor !== undefined;
    const target = {
      channel: channelId,
      user: userId,
      original: message,
      ...(message.thread_ts ? { threadTs: message.thread_ts } : {}),
    };
    return dispatcher.call('interactive', {
      ...this.#interaction(userId, 'block_actions'),
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channelId,
        is_ephemeral: ephemeral,
        ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
      },
      channel: { id: channelId, name: channel.kind === 'im' ? 'directmessage' : channel.name },
      ...(ephemeral ? {} : { message: wireMessage(state, message) }),
      state: { values: {} },
      trigger_id: interactions.newTrigger(userId),
      response_url: url() + interactions.newResponsePath(target),
      actions: [{ ...action, action_ts: state.nextTs() }],
    });
  }

  /** Sends an action of the home tab or of an open modal, as the client does. */
  async actInView(userId: string, viewId: string, action: Json): Promise<Outcome> {
    const { state, interactions, dispatcher } = this.#context;
    const home = state.homes.get(userId);
    const view = home?.id === viewId ? home : this.#view(userId, viewId);
    return dispatcher.call('interactive', {
      ...this.#interaction(userId, 'block_actions'),
      container: { type: 'view', view_id: view.id },
      view: wireView(this.#context, view),
      trigger_id: interactions.newTrigger(userId),
      actions: [{ ...action, action_ts: state.nextTs() }],
    });
  }

  /** Chooses a shortcut of the app on a message. */
  async messageShortcut(userId: string, channelId: string, ts: string, callbackId: string): Promise<Outcome> {
    const { state, interactions, dispatcher, url } = this.#context;
    const message = state.find(channelId, ts);
    const channel = state.channels.get(channelId);
    if (!message || !channel) throw new SlackFailure('message_not_found');
    const target = { channel: channelId, user: userId, original: message };
    return dispatcher.call('interactive', {
      ...this.#interaction(userId, 'message_action'),
      callback_id: callbackId,
      channel: { id: channelId, name: channel.kind === 'im' ? 'directmessage' : channel.name },
      message: wireMessage(state, message),
      message_ts: ts,
      action_ts: state.nextTs(),
      trigger_id: interactions.newTrigger(userId),
      response_url: url() + interactions.newResponsePath(target),
    });
  }

  /** Submits an open modal with what was entered, by block and action id. Resolves with the errors that the app found. */
  async submitView(
    userId: string,
    viewId: string,
    values: Json,
  ): Promise<{ ok: boolean; errors: Record<string, string> }> {
    const { state, dispatcher, interactions } = this.#context;
    const view = this.#view(userId, viewId);
    const outcome = await dispatcher.call('interactive', {
      ...this.#interaction(userId, 'view_submission'),
      trigger_id: interactions.newTrigger(userId),
      view: wireView(this.#context, view, values),
      response_urls: [],
    });
    if (!outcome.ok) return { ok: false, errors: {} };
    const answer = (outcome.response ?? {}) as {
      response_action?: string;
      errors?: Record<string, string>;
      view?: Json;
    };
    if (answer.response_action === 'errors') return { ok: false, errors: answer.errors ?? {} };
    state.views.delete(viewId);
    const next =
      answer.view && ['update', 'push'].includes(answer.response_action ?? '')
        ? newView(this.#context, userId, answer.view, view)
        : null;
    if (next) state.views.set(next.id, next);
    state.changes.emit('change', { type: 'view', user: userId, view: next });
    return { ok: true, errors: {} };
  }

  async closeView(userId: string, viewId: string): Promise<void> {
    const { state, dispatcher } = this.#context;
    const view = this.#view(userId, viewId);
    state.views.delete(viewId);
    state.changes.emit('change', { type: 'view', user: userId, view: null });
    if (view.view.notify_on_close !== true) return;
    await dispatcher.call('interactive', {
      ...this.#interaction(userId, 'view_closed'),
      view: wireView(this.#context, view),
      is_cleared: false,
    });
  }

  /** Opens the app's direct conversation or its home tab. */
  openHome(userId: string, tab: 'home' | 'messages' = 'messages'): void {
    const { state, dispatcher } = this.#context;
    const channel = state.directChannel(userId, state.bot.id);
    const home = tab === 'home' ? state.homes.get(userId) : undefined;
    dispatcher.event({
      type: 'app_home_opened',
      user: userId,
      channel: channel.id,
      tab,
      ...(home ? { view: wireView(this.#context, home) } : {}),
      event_ts: state.nextTs(),
    });
  }

  /** Presses Stop on a session that is working. */
  stopSession(userId: string, channelId: string, threadTs: string): void {
    const { state, dispatcher } = this.#context;
    const streaming = [...state.streams.values()].filter(
      (stream) =>
        stream.open && stream.channel === channelId && state.find(channelId, stream.ts)?.thread_ts === threadTs,
    );
    dispatcher.event({
      type: 'agent_session_stopped',
      channel: channelId,
      user: userId,
      thread_ts: threadTs,
      streaming_message_ts: streaming.map((stream) => stream.ts),
      event_ts: state.nextTs(),
    });
  }

  /** Adds or takes back a reaction. */
  react(userId: string, channelId: string, ts: string, name: string): void {
    const { state } = this.#context;
    const message = state.find(channelId, ts);
    if (!message) throw new SlackFailure('message_not_found');
    const reaction = message.reactions.find((one) => one.name === name);
    if (!reaction) message.reactions.push({ name, users: [userId] });
    else if (reaction.users.includes(userId)) reaction.users = reaction.users.filter((user) => user !== userId);
    else reaction.users.push(userId);
    message.reactions = message.reactions.filter((one) => one.users.length > 0);
    state.touch(message);
  }

  /** A note of Slack's own that only `userId` sees. */
  sayAsSlackbot(userId: string, channelId: string, text: string, threadTs?: string): void {
    this.#context.conversation.post({
      channel: channelId,
      user: 'USLACKBOT',
      text,
      onlyFor: userId,
      ...(threadTs ? { thread_ts: threadTs } : {}),
    });
  }

  /** The path of an address to which an answer for `user` may be posted, as commands carry it. */
  newResponsePath(target: { channel: string; user: string }): string {
    return this.#context.interactions.newResponsePath(target);
  }

  /** Invites the bot to a channel. */
  invite(channelId: string): void {
    const { state } = this.#context;
    const channel = state.channels.get(channelId);
    if (!channel) throw new SlackFailure('channel_not_found');
    state.join(channel, state.bot.id);
    for (const prompt of state.ephemerals.filter((message) => message.inviteTo === channelId)) state.remove(prompt);
  }

  #interaction(userId: string, type: string): Json {
    const { state } = this.#context;
    const user = state.users.get(userId);
    if (!user) throw new SlackFailure('user_not_found');
    return {
      type,
      user: { id: userId, username: user.name, name: user.name, team_id: user.homeTeam ?? state.team.id },
      api_app_id: state.app.id,
      token: 'playground',
      team: { id: state.team.id, domain: state.team.domain },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  #own(userId: string, channelId: string, ts: string, refusal: string): SlackMessage {
    const message = this.#context.state.find(channelId, ts);
    if (!message) throw new SlackFailure('message_not_found');
    if (message.user !== userId) throw new SlackFailure(refusal);
    return message;
  }

  #view(userId: string, viewId: string): SlackView {
    const view = this.#context.state.views.get(viewId);
    if (!view || view.user !== userId) throw new SlackFailure('not_found');
    return view;
  }

  #show(show: () => void, slackbot: (says: string) => void): void {
    try {
      show();
    } catch (error) {
      slackbot(
        `The app answered with something that cannot be shown: ${error instanceof SlackFailure ? error.code : 'internal_error'}`,
      );
    }
  }
}

function findAction(blocks: readonly Json[], choice: ButtonChoice): Json | undefined {
  for (const block of blocks) {
    if (choice.blockId !== undefined && block.block_id !== choice.blockId) continue;
    for (const element of elementsOf(block)) {
      const action = actionOf(block, element, choice);
      if (action) return action;
    }
  }
  return undefined;
}

function actionOf(block: Json, element: Json, choice: ButtonChoice): Json | undefined {
  if (typeof element.action_id !== 'string') return undefined;
  if (choice.actionId !== undefined && element.action_id !== choice.actionId) return undefined;
  const common = { action_id: element.action_id, block_id: block.block_id, type: element.type };
  if (element.type === 'feedback_buttons') {
    const chosen = [element.positive_button, element.negative_button].find((one) => {
      const { value, text } = one as { value: string; text: { text: string } };
      return (choice.value ?? value) === value && (choice.text ?? text.text) === text.text;
    });
    return chosen ? { ...common, value: (chosen as Json).value, text: (chosen as Json).text } : undefined;
  }
  if (choice.text !== undefined && (element.text as { text?: string } | undefined)?.text !== choice.text)
    return undefined;
  if (choice.value !== undefined && element.value !== choice.value) return undefined;
  return {
    ...common,
    text: element.text,
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(element.style ? { style: element.style } : {}),
  };
}
