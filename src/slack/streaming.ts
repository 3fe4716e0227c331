import { setTimeout as pause } from 'node:timers/promises';
import { failureKind, slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { SlackLog } from './slack-log.ts';
import type { ThreadPlace } from './surfaces/thread-surface.ts';

/** What a stream takes, as far as it is used. */
export type Chunk =
  | { type: 'markdown_text'; text: string }
  | { type: 'plan_update'; title: string }
  | { type: 'task_update'; id: string; title: string; status: 'in_progress' | 'complete' | 'error' }
  | { type: 'blocks'; blocks: readonly object[] };

/** Whoever the message is for: channels want to know. */
export interface Recipient {
  user: string;
  team: string | null;
}

/** Messages that Slack lets grow while they are being written, where the workspace has them. */
export interface Streaming {
  /** Begins a message. Null where Slack does not: then it is posted and edited as ever. */
  start(place: ThreadPlace, to: Recipient, chunks: readonly Chunk[]): Promise<string | null>;
}

/** Slack says with these that it will not be otherwise the next time. */
const NEVER = new Set([
  'unknown_method',
  'method_deprecated',
  'method_not_supported_for_channel_type',
  'missing_scope',
  'not_allowed',
  'not_allowed_token_type',
  'feature_not_enabled',
  'team_access_not_granted',
]);

/** So many refusals in a row mean the same. */
const MOST_REFUSALS = 3;

export function createStreaming(options: {
  gateway: SlackGateway;
  log: SlackLog;
  retryDelaysMs: readonly number[];
}): Streaming {
  const { gateway, log } = options;
  let available = true;
  let refusals = 0;

  function refused(error: unknown, reference: string): void {
    const code = slackCode(error);
    refusals += 1;
    if (!available) return;
    if (NEVER.has(code) || refusals >= MOST_REFUSALS) {
      available = false;
      log.info({ code }, 'Slack streams no messages here; they are edited instead');
    } else log.warn({ reference, code }, 'A message could not be streamed; it is edited instead');
  }

  /** Where Slack fails after the message may have come about, the thread is read before another is begun. */
  async function begin(place: ThreadPlace, args: Record<string, unknown>): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      try {
        return String((await gateway.call('chat.startStream', args)).ts);
      } catch (error) {
        const delay = options.retryDelaysMs[tries];
        if (failureKind(error) !== 'unsure' || delay === undefined) throw error;
        log.warn({ code: slackCode(error), tries: tries + 1 }, 'A stream may have failed; looking before trying again');
        await pause(delay);
        const there = await findStarted(gateway, place);
        if (there !== null) return there;
      }
    }
  }

  return {
    async start(place, to, chunks) {
      if (!available) return null;
      const recipient = to.team === null ? {} : { recipient_user_id: to.user, recipient_team_id: to.team };
      const args = {
        channel: place.channel,
        thread_ts: place.threadTs,
        ...recipient,
        task_display_mode: 'plan',
        chunks,
      };
      try {
        const ts = await begin(place, args);
        refusals = 0;
        return ts;
      } catch (error) {
        refused(error, place.reference);
        return null;
      }
    },
  };
}

/** A stream carries no metadata until it ends: it is known by the reference that is written in it. */
async function findStarted(gateway: SlackGateway, place: ThreadPlace): Promise<string | null> {
  try {
    const stored = await gateway.thread(place.channel, place.threadTs);
    const unmarked = stored.filter((message) => message.bot_id !== undefined && !message.metadata?.event_type);
    return unmarked.find((message) => JSON.stringify(message).includes(place.reference))?.ts ?? null;
  } catch {
    return null;
  }
}
