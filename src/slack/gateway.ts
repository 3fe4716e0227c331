import { setTimeout as pause } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { failureKind, slackCode } from './failures.ts';
import { createRefusedBlocks, type RefusedBlocks } from './refused-blocks.ts';
import type { Method } from './requirements.ts';
import type { SlackLog } from './slack-log.ts';
import type { Timing } from './timing.ts';

export interface GatewayOptions {
  botToken: string;
  /** Base of the Web API; Slack's own where absent. */
  apiUrl?: string;
  log: SlackLog;
  /** For the client's own lines. */
  boltLog: NonNullable<webApi.WebClientOptions['logger']>;
  timing: Timing;
}

export interface Metadata {
  event_type: string;
  event_payload: Record<string, string | number | boolean>;
}

/** What is written into a channel. `text` is always sent: it stands for the blocks in notifications. */
export interface Outgoing {
  channel: string;
  text: string;
  blocks?: KnownBlock[];
  thread_ts?: string;
  metadata?: Metadata;
}

/** A file for a thread. */
export interface Upload {
  channel: string;
  threadTs: string;
  filename: string;
  title: string;
  /** Of a picture, for who does not see it. */
  alt?: string;
  bytes: Uint8Array;
}

/** A message as `conversations.replies` gives it; only what is used, all of it untrusted. */
export interface StoredMessage {
  ts?: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  subtype?: string;
  text?: string;
  metadata?: { event_type?: string; event_payload?: unknown };
}

type Result = webApi.WebAPICallResult & Record<string, unknown>;

export interface SlackGateway {
  /** What this workspace does not take. */
  readonly refusedBlocks: RefusedBlocks;
  /** Waits out rate limits unless told not to. */
  call(method: Method, args: Record<string, unknown>, options?: { patient?: boolean }): Promise<Result>;
  /** For calls whose repetition changes nothing: waits out rate limits and tries again where Slack gave no answer. */
  repeatable(method: Method, args: Record<string, unknown>): Promise<Result>;
  post(message: Outgoing): Promise<string>;
  /** `patient: false` for an update that the next one replaces anyway: it is tried once. */
  update(message: Outgoing & { ts: string }, options?: { patient?: boolean }): Promise<void>;
  ephemeral(message: Outgoing & { user: string }): Promise<void>;
  thread(channel: string, ts: string): Promise<StoredMessage[]>;
  recent(channel: string, limit: number): Promise<StoredMessage[]>;
  /** Puts a file into a thread. The last step is tried once: a second try could be a second picture. */
  upload(file: Upload): Promise<void>;
  /** Answers a command or a press through the address that came with it. */
  respond(url: string, message: { text: string; blocks?: KnownBlock[] }): Promise<void>;
}

/** Nothing in a message of ours is parsed for names, and no link unfolds. */
const QUIET = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** Pages of a long thread that are read, 200 messages each. */
const MAX_PAGES = 5;

/**
 * The only way to Slack's Web API. The client itself repeats nothing: a repeated post is a second message, so that who posts
 * decides (see `post-once.ts`); what can be repeated safely is repeated here. Rate limits hold up one call, not the queue.
 */
export function createSlackGateway(options: GatewayOptions): SlackGateway {
  const { timing } = options;
  const client = new webApi.WebClient(options.botToken, {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    logger: options.boltLog,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timing.requestMs,
  });

  async function call(method: Method, args: Record<string, unknown>, { patient = true } = {}): Promise<Result> {
    let waitedMs = 0;
    for (;;) {
      try {
        return (await client.apiCall(method, args)) as Result;
      } catch (error) {
        if (!patient || failureKind(error) !== 'rate_limited') throw error;
        const waitMs = Math.max(100, error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : 1000);
        if (waitedMs + waitMs > timing.rateLimitMs) throw error;
        waitedMs += waitMs;
        options.log.warn({ method, waitMs }, 'Slack asks to slow down');
        await pause(waitMs);
      }
    }
  }

  async function repeatable(method: Method, args: Record<string, unknown>): Promise<Result> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await call(method, args);
      } catch (error) {
        const delay = timing.retryDelaysMs[tries];
        if (failureKind(error) !== 'unsure' || delay === undefined) throw error;
        options.log.warn({ method, code: slackCode(error), tries: tries + 1 }, 'Slack did not answer; trying again');
        await pause(delay);
      }
    }
  }

  async function thread(channel: string, ts: string): Promise<StoredMessage[]> {
    const messages: StoredMessage[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const args = { channel, ts, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
      const result = await repeatable('conversations.replies', args);
      messages.push(...messagesOf(result));
      cursor = result.response_metadata?.next_cursor || undefined;
      if (!cursor) break;
    }
    return messages;
  }

  return {
    refusedBlocks: createRefusedBlocks(options.log),
    call,
    repeatable,
    thread,
    async post(message) {
      const result = await call('chat.postMessage', { ...message, ...QUIET });
      return String(result.ts);
    },
    async update(message, { patient = true } = {}) {
      // Without blocks Slack keeps the ones that were there.
      const args = { blocks: [], ...message, parse: 'none', link_names: false };
      await (patient ? repeatable('chat.update', args) : call('chat.update', args, { patient: false }));
    },
    async ephemeral(message) {
      await repeatable('chat.postEphemeral', { ...message, parse: 'none', link_names: false });
    },
    async recent(channel, limit) {
      return messagesOf(await repeatable('conversations.history', { channel, limit, include_all_metadata: true }));
    },
    async upload({ channel, threadTs, filename, title, alt, bytes }) {
      const wanted = { filename, length: bytes.byteLength, ...(alt === undefined ? {} : { alt_text: alt }) };
      const { upload_url: url, file_id: id } = await repeatable('files.getUploadURLExternal', wanted);
      const signal = AbortSignal.timeout(timing.requestMs);
      const sent = await fetch(String(url), { method: 'POST', body: Uint8Array.from(bytes), signal });
      await sent.arrayBuffer();
      if (!sent.ok) throw new Error(`the upload was answered ${sent.status}`);
      await call('files.completeUploadExternal', { files: [{ id, title }], channel_id: channel, thread_ts: threadTs });
    },
    async respond(url, message) {
      const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...message });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(timing.requestMs),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`response_url answered ${response.status}`);
    },
  };
}

function messagesOf(result: Record<string, unknown>): StoredMessage[] {
  return Array.isArray(result.messages)
    ? result.messages.filter((each) => typeof each === 'object' && each !== null)
    : [];
}
