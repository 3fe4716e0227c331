import { SlackFailure } from '../slack/failure.ts';
import type { FakeSlack } from '../slack/start-fake-slack.ts';
import { afterMove } from './clock-move.ts';
import type { ActionResult, PageAction } from './protocol.ts';

/** Does what a person did on the page. Refusals come back as `error`, in Slack's words. */
export async function perform(slack: FakeSlack, action: PageAction): Promise<ActionResult> {
  if (!slack.state.users.has(action.as)) return { ok: false, error: 'user_not_found' };
  try {
    return await dispatch(slack, action);
  } catch (error) {
    if (error instanceof SlackFailure) return { ok: false, error: error.code };
    throw error;
  }
}

async function dispatch(slack: FakeSlack, action: PageAction): Promise<ActionResult> {
  const { as } = action;
  switch (action.do) {
    case 'post':
      return post(slack, as, action.channel, action.text, action.threadTs);
    case 'edit':
      slack.editMessage(as, action.channel, action.ts, action.text);
      return { ok: true };
    case 'delete':
      slack.deleteMessage(as, action.channel, action.ts);
      return { ok: true };
    case 'react':
      slack.react(as, action.channel, action.ts, action.name);
      return { ok: true };
    case 'act': {
      const outcome = await slack.act(as, action.channel, action.ts, action.action);
      return outcome.ok ? { ok: true } : { ok: false, error: 'the app did not respond' };
    }
    case 'actInView': {
      const outcome = await slack.actInView(as, action.view, action.action);
      return outcome.ok ? { ok: true } : { ok: false, error: 'the app did not respond' };
    }
    case 'shortcut': {
      const outcome = await slack.messageShortcut(as, action.channel, action.ts, action.callbackId);
      return outcome.ok ? { ok: true } : { ok: false, error: 'the app did not respond' };
    }
    case 'submit':
      return slack.submitView(as, action.view, action.values);
    case 'close':
      await slack.closeView(as, action.view);
      return { ok: true };
    case 'home':
      slack.openHome(as, action.tab);
      return { ok: true };
    case 'stop':
      slack.stopSession(as, action.channel, action.threadTs);
      return { ok: true };
    case 'invite':
      slack.invite(action.channel);
      return { ok: true };
    case 'clock': {
      const now = slack.state.now();
      const moved = slack.moveClock(afterMove(action.move, now, slack.state.users.get(as)?.timeZone ?? 'UTC'));
      return moved ? { ok: true } : { ok: false, error: 'this_clock_cannot_be_moved' };
    }
    default:
      return { ok: false, error: 'unknown_action' };
  }
}

function post(slack: FakeSlack, as: string, channel: string, text: string, threadTs?: string): ActionResult {
  if (!/^\/[a-z]/i.test(text.trim())) {
    slack.postAs(as, channel, text, threadTs ? { threadTs } : {});
    return { ok: true };
  }
  if (threadTs) {
    slack.sayAsSlackbot(
      as,
      channel,
      `\`${text.trim().split(/\s/)[0]}\` does not work in threads. Use it in the channel.`,
      threadTs,
    );
    return { ok: true };
  }
  // A command is acknowledged later than the composer should wait; its failure is told in the channel.
  slack.command(as, channel, text).catch((error: unknown) => {
    slack.sayAsSlackbot(
      as,
      channel,
      `That did not work: ${error instanceof SlackFailure ? error.code : 'internal error'}`,
    );
  });
  return { ok: true };
}
