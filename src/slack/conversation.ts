import { LRUCache } from 'lru-cache';
import type { Ask } from '../agent/ask.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import { namesInSight, type Sight } from '../batch/sight.ts';
import { toSentryError } from '../errors.ts';
import { apology } from './blocks/error.ts';
import { helpView } from './blocks/help.ts';
import { cut } from './blocks/pieces/text.ts';
import { questionView } from './blocks/question.ts';
import { NOTHING_YET } from './blocks/working.ts';
import { slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { Self } from './identity.ts';
import { hasWords } from './message-text.ts';
import type { PictureShare, SharePicture } from './pictures.ts';
import { postOnce } from './post-once.ts';
import { type AnswerEvent, present } from './presenter.ts';
import { newReference } from './reference.ts';
import type { SlackLog } from './slack-log.ts';
import type { Stops } from './stops.ts';
import type { Streaming } from './streaming.ts';
import { dressFor, openSurface } from './surfaces/open-surface.ts';
import { openPrivate, type PrivatePlace, tellPrivately } from './surfaces/private-surface.ts';
import type { Surface } from './surfaces/surface.ts';
import { answerMetadata, QUESTION_EVENT, readThread, type ThreadMemory } from './thread-context.ts';
import type { ThreadStatus } from './thread-status.ts';
import type { Timing } from './timing.ts';
import type { TurnTaking } from './turn-taking.ts';
import type { Hints } from './who-and-where.ts';

export interface ConversationOptions {
  ask: Ask;
  gateway: SlackGateway;
  names: EssentialNames;
  /** Of the people who talk here: IANA name. */
  zone: string;
  self: () => Self;
  log: SlackLog;
  timing: Timing;
  turns: TurnTaking;
  status: ThreadStatus;
  /** For links to runs and tasks. */
  airflowBaseUrl?: string | null;
  streaming: Streaming;
  stops: Stops;
  pictures: PictureShare;
}

/** Who asks, and with what right: found at the door. */
interface Put {
  user: string;
  question: string;
  /** What came along with the event about the person and the place. */
  hints?: Hints;
  /** What may be seen of what is asked about; everything when left out. */
  sight?: Sight;
  responseUrl?: string;
}

/** A question in a thread, as it was put. */
export interface PutInThread extends Put {
  channel: string;
  threadTs: string;
  /** The message itself, where there is one: it is no earlier turn of its own conversation. */
  askedTs: string | null;
  /** Known to belong to SENTRY. */
  ours: boolean;
}

/** A question put by a command or a private button: it gets a thread of its own. */
export interface PutInChannel extends Put {
  channel: string;
}

export interface Conversation {
  answerInThread(put: PutInThread, signal: AbortSignal): Promise<void>;
  answerInNewThread(put: PutInChannel, signal: AbortSignal): Promise<void>;
  /** Repeats a pressed button's question in the thread, then answers it. */
  answerPressed(put: PutInThread, signal: AbortSignal): Promise<void>;
  /** Whether a thread belongs to SENTRY. */
  isOurs(channel: string, threadTs: string, parentUserId?: string): Promise<boolean>;
}

const NOTHING: ThreadMemory = { context: null, turns: [], ours: false };

/** From a question in Slack to its one answer. Whatever happens, the asker hears of it, and the log has the same reference. */
export function createConversation(options: ConversationOptions): Conversation {
  const { gateway, log, timing } = options;
  const posting = { gateway, log, retryDelaysMs: timing.retryDelaysMs };
  const { streaming } = options;
  const surfaces = { ...posting, streaming, streamMs: timing.streamMs, botName: () => options.self().name };
  // Whose a thread is stays as it is: a long talk among people is read once, not at every question in it.
  const ownership = new LRUCache<string, boolean>({ max: 2000, ttl: 10 * 60_000 });

  /** The last net: an apology to the asker alone and a line in the log. */
  async function guarded(reference: string, place: PrivatePlace, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      log.error(
        { reference, channel: place.channel, code: slackCode(error), err: toSentryError(error) },
        'An answer could not be shown',
      );
      await tellPrivately(gateway, place, apology(reference)).catch((failure) =>
        log.error({ reference, code: slackCode(failure) }, 'Nor could the apology'),
      );
    }
  }

  async function memoryOf(put: PutInThread, reference: string): Promise<ThreadMemory> {
    if (put.threadTs === put.askedTs) return { ...NOTHING, ours: put.ours };
    try {
      const messages = await gateway.thread(put.channel, put.threadTs);
      const talk = { names: options.names, zone: options.zone };
      return readThread(messages, put.threadTs, options.self(), { until: put.askedTs, ours: put.ours, talk });
    } catch (error) {
      log.warn({ reference, code: slackCode(error) }, 'A thread could not be read; answering without it');
      return { ...NOTHING, ours: put.ours };
    }
  }

  /** Returns what puts the picture of the answer into its thread; null where nothing was answered. */
  async function askAndShow(
    put: PutInThread | PutInChannel,
    memory: ThreadMemory,
    surface: Surface,
    reference: string,
    signal: AbortSignal,
  ): Promise<SharePicture | null> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timing.questionMs)]);
    const { question } = put;
    const events = options.ask(
      { id: reference, text: question, context: memory.context, turns: memory.turns },
      {
        signal: limited,
        sight: put.sight,
        asker: { user: put.user, channel: put.channel, threadTs: 'threadTs' in put ? put.threadTs : null },
      },
    );
    const pictures: SharePicture[] = [];
    const onAnswer = (event: AnswerEvent) => {
      if (surface.inThread) pictures.push(options.pictures.begin(event, reference));
    };
    const presentation = { events, surface, reference, question, ours: memory.ours, signal: limited, onAnswer };
    await present({ log, timing, airflowBaseUrl: options.airflowBaseUrl }, presentation);
    return pictures[0] ?? null;
  }

  async function converse(put: PutInThread, reference: string, signal: AbortSignal): Promise<void> {
    if (!hasWords(put.question)) return explain(put, reference);
    const { channel, threadTs } = put;
    const place = { channel, threadTs, reference };
    await options.stops.during(place, signal, async (mine) => {
      const started = performance.now();
      const to = { user: put.user, team: put.hints?.team ?? options.self().teamId };
      const surface = await openSurface(surfaces, place, to, placeOf(put));
      options.status.set(channel, threadTs, 'is reading the batch runs…');
      const share = await options.turns.take(`${channel}:${threadTs}`, async () =>
        askAndShow(put, await memoryOf(put, reference), surface, reference, mine),
      );
      options.status.set(channel, threadTs, '');
      log.info({ reference, channel, ms: Math.round(performance.now() - started) }, 'Answered');
      if (surface.inThread && !mine.aborted) await share?.({ channel, threadTs });
    });
  }

  /** Nothing was asked: how to ask is the answer. */
  async function explain(put: PutInThread, reference: string): Promise<void> {
    const view = helpView(
      put.sight ? namesInSight(options.names, put.sight) : options.names,
      'I found no question in that.',
    );
    const message = {
      channel: put.channel,
      thread_ts: put.threadTs,
      ...view,
      metadata: answerMetadata(reference, null, put.ours),
    };
    await postOnce(posting, message);
  }

  async function answerPrivately(
    put: PutInChannel,
    reference: string,
    signal: AbortSignal,
    refusal: unknown,
  ): Promise<void> {
    const surface = openPrivate(gateway, put, dressFor(surfaces, refusal, put.channel));
    await surface.show(NOTHING_YET).catch(() => undefined);
    await askAndShow(put, NOTHING, surface, reference, signal);
  }

  return {
    async answerInThread(put, signal) {
      const reference = newReference();
      log.info({ reference, channel: put.channel, user: put.user }, 'Asked');
      await guarded(reference, placeOf(put), () => converse(put, reference, signal));
    },

    async answerPressed(put, signal) {
      const reference = newReference();
      log.info({ reference, channel: put.channel, user: put.user, by: 'button' }, 'Asked');
      await guarded(reference, placeOf(put), async () => {
        const askedTs = await postQuestion(put, reference, put.threadTs).catch((error) => {
          log.warn({ reference, code: slackCode(error) }, 'A pressed question could not be repeated in its thread');
          return null;
        });
        await converse({ ...put, askedTs }, reference, signal);
      });
    },

    async answerInNewThread(put, signal) {
      const reference = newReference();
      log.info({ reference, channel: put.channel, user: put.user, by: 'command' }, 'Asked');
      await guarded(reference, put, async () => {
        let root: string;
        try {
          root = await postQuestion(put, reference);
        } catch (error) {
          log.warn({ reference, code: slackCode(error) }, 'No posting in this channel; answering privately');
          return answerPrivately(put, reference, signal, error);
        }
        await converse({ ...put, threadTs: root, askedTs: root, ours: true }, reference, signal);
      });
    },

    async isOurs(channel, threadTs, parentUserId) {
      if (parentUserId === options.self().userId) return true;
      const key = `${channel}:${threadTs}`;
      try {
        const known =
          ownership.get(key) ?? readThread(await gateway.thread(channel, threadTs), threadTs, options.self()).ours;
        ownership.set(key, known);
        return known;
      } catch (error) {
        log.warn({ channel, code: slackCode(error) }, 'A thread could not be read; its reply is left alone');
        return false;
      }
    },
  };

  function postQuestion(put: PutInChannel, reference: string, threadTs?: string): Promise<string> {
    const metadata = { event_type: QUESTION_EVENT, event_payload: { reference, question: cut(put.question, 2000) } };
    const thread = threadTs ? { thread_ts: threadTs } : {};
    return postOnce(posting, { channel: put.channel, ...thread, ...questionView(put.user, put.question), metadata });
  }
}

function placeOf(put: PutInThread): PrivatePlace {
  return { channel: put.channel, user: put.user, threadTs: put.threadTs, responseUrl: put.responseUrl };
}
