import type { Ask } from '../agent/ask.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import { namesInSight, type Sight } from '../batch/sight.ts';
import { toSentryError } from '../errors.ts';
import type { Hold } from '../replicas/questions.ts';
import type { Turns } from '../replicas/turns.ts';
import { type Asked, type AskedInThread, keptForm } from './asked.ts';
import { apology } from './blocks/error.ts';
import { helpView } from './blocks/help.ts';
import { cut } from './blocks/pieces/text.ts';
import { questionView } from './blocks/question.ts';
import type { View } from './blocks/view.ts';
import { NOTHING_YET } from './blocks/working.ts';
import { slackCode } from './failures.ts';
import type { SlackGateway, StoredMessage } from './gateway.ts';
import type { Self } from './identity.ts';
import { hasWords } from './message-text.ts';
import type { PictureShare, SharePicture } from './pictures.ts';
import { findPosted, postOnce } from './post-once.ts';
import { type AnswerEvent, present } from './presenter.ts';
import type { SlackLog } from './slack-log.ts';
import type { Stops } from './stops.ts';
import type { Recipient, Streaming } from './streaming.ts';
import { heldSurface } from './surfaces/held-surface.ts';
import { findLeftBehind, NOTHING_LEFT } from './surfaces/left-behind.ts';
import { dressFor, openSurface } from './surfaces/open-surface.ts';
import { openPrivate, type PrivatePlace, tellPrivately } from './surfaces/private-surface.ts';
import { editedStream } from './surfaces/streamed-message.ts';
import type { Surface } from './surfaces/surface.ts';
import { editedMessage, type ThreadPlace } from './surfaces/thread-surface.ts';
import { answerMetadata, isOwn, QUESTION_EVENT, type ThreadMemory } from './thread-context.ts';
import type { ThreadStatus } from './thread-status.ts';
import { NOTHING_SAID, type Threads } from './threads.ts';
import type { Timing } from './timing.ts';

export interface ConversationOptions {
  ask: Ask;
  gateway: SlackGateway;
  names: EssentialNames;
  threads: Pick<Threads, 'memoryOf'>;
  self: () => Self;
  log: SlackLog;
  timing: Timing;
  turns: Turns;
  status: ThreadStatus;
  /** For links to runs and tasks. */
  airflowBaseUrl?: string | null;
  streaming: Streaming;
  stops: Stops;
  pictures: PictureShare;
}

/** What comes with a question that is being answered. */
export interface InHand {
  hold: Hold;
  /** What may be seen of what is asked about; everything when left out. */
  sight?: Sight;
  signal: AbortSignal;
}

/** Never rejects: whatever happens, the asker hears of it, and the log has the same reference. */
export interface Conversation {
  answer(asked: Asked, inHand: InHand): Promise<void>;
  /** Says the last word on a question that is not answered any more. */
  giveUp(asked: Asked, view: View, inHand: InHand): Promise<void>;
}

/** From a question in Slack to its one answer; also from where a process that is gone has left it. */
export function createConversation(options: ConversationOptions): Conversation {
  const { gateway, log, timing } = options;
  const posting = { gateway, log, retryDelaysMs: timing.retryDelaysMs };
  const { streaming } = options;
  const surfaces = { ...posting, streaming, streamMs: timing.streamMs, botName: () => options.self().name };
  const own = (message: StoredMessage) => isOwn(message, options.self());

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

  /** Returns what puts the picture of the answer into its thread; null where nothing was answered. */
  async function askAndShow(
    asked: Asked,
    memory: ThreadMemory,
    surface: Surface,
    { hold, sight, signal }: InHand,
  ): Promise<SharePicture | null> {
    const { reference } = hold;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timing.questionMs)]);
    const { question, user, channel } = asked;
    const threadTs = 'threadTs' in asked ? asked.threadTs : null;
    const events = options.ask(
      { id: reference, text: question, context: memory.context, turns: memory.turns },
      { signal: limited, sight, asker: { user, channel, threadTs } },
    );
    const pictures: SharePicture[] = [];
    const onAnswer = (event: AnswerEvent) => {
      if (surface.inThread) pictures.push(options.pictures.begin(event, reference));
    };
    const presentation = { events, surface, reference, question, ours: memory.ours, signal: limited, onAnswer };
    await present({ log, timing, airflowBaseUrl: options.airflowBaseUrl }, presentation);
    return pictures[0] ?? null;
  }

  async function converse(put: AskedInThread, inHand: InHand): Promise<void> {
    const { hold } = inHand;
    const { channel, threadTs } = put;
    const place = { channel, threadTs, reference: hold.reference };
    const left = hold.again ? await findLeftBehind(gateway, place, own) : NOTHING_LEFT;
    if (left.answered) return;
    const asked = await withWords(put, hold.reference);
    if (asked === null) return explain(put, inHand);

    async function openedSurface(place: ThreadPlace, to: Recipient): Promise<Surface> {
      const { workingTs } = left;
      const surface = heldSurface(
        workingTs === null ? await openSurface(surfaces, place, to, put) : editedStream(posting, place, workingTs),
        hold,
      );
      if (workingTs !== null) await surface.show(NOTHING_YET).catch(() => undefined);
      options.status.set(channel, threadTs, 'is reading the batch runs…');
      return surface;
    }

    await options.stops.during(place, inHand.signal, async (signal) => {
      const started = performance.now();
      const to = { user: asked.user, team: asked.hints?.team ?? options.self().teamId };
      const opening = openedSurface(place, to);
      opening.catch(() => undefined);
      // In line before anything is awaited: a quick follow-up must not overtake while messages are being opened.
      const share = await options.turns.take(`${channel}:${threadTs}`, async () => {
        const surface = await opening;
        const memory = await options.threads.memoryOf(asked, hold.reference);
        const picture = await askAndShow(asked, memory, surface, { ...inHand, signal });
        return surface.inThread ? picture : null;
      });
      if (hold.signal.aborted) return;
      options.status.set(channel, threadTs, '');
      log.info({ ...place, ms: Math.round(performance.now() - started) }, 'Answered');
      if (!signal.aborted) await share?.({ channel, threadTs });
    });
  }

  /** Called without a word under an alert, SENTRY is asked about the alert. Null where nothing says what is meant. */
  async function withWords(put: AskedInThread, reference: string): Promise<AskedInThread | null> {
    if (hasWords(put.question)) return put;
    const { context } = await options.threads.memoryOf(put, reference);
    return context?.fromTalk === true ? { ...put, question: 'Why?' } : null;
  }

  /** Nothing was asked: how to ask is the answer. */
  async function explain({ channel, threadTs, ours }: AskedInThread, { hold, sight }: InHand): Promise<void> {
    const view = helpView(sight ? namesInSight(options.names, sight) : options.names, 'I found no question in that.');
    const metadata = answerMetadata(hold.reference, null, ours);
    await postOnce(posting, { channel, thread_ts: threadTs, ...view, metadata });
  }

  async function answerPrivately(asked: Asked, inHand: InHand, refusal: unknown): Promise<void> {
    const opened = openPrivate(gateway, asked, dressFor(surfaces, refusal, asked.channel));
    const surface = heldSurface(opened, inHand.hold);
    await surface.show(NOTHING_YET).catch(() => undefined);
    await askAndShow(asked, NOTHING_SAID, surface, inHand);
  }

  /** Says in the place where it is answered what was asked, and by whom; from then on it is a question in a thread. */
  async function repeat(asked: Asked, hold: Hold): Promise<AskedInThread> {
    const { user, question, channel } = asked;
    const thread = 'threadTs' in asked ? { thread_ts: asked.threadTs } : {};
    const metadata = {
      event_type: QUESTION_EVENT,
      event_payload: { reference: hold.reference, question: cut(question, 2000) },
    };
    const message = { channel, ...thread, ...questionView(user, question), metadata };
    const there = hold.again ? await findPosted(gateway, message) : null;
    const ts = there ?? (await postOnce(posting, message));
    const inThread: AskedInThread =
      'threadTs' in asked
        ? { ...asked, form: 'in_thread', askedTs: ts, ours: false }
        : { ...asked, form: 'in_thread', threadTs: ts, askedTs: ts, ours: true };
    hold.become(keptForm(inThread));
    return inThread;
  }

  async function pressed(asked: Extract<Asked, { form: 'pressed' }>, inHand: InHand): Promise<void> {
    const { reference } = inHand.hold;
    const inThread = await repeat(asked, inHand.hold).catch((error): AskedInThread => {
      log.warn({ reference, code: slackCode(error) }, 'A pressed question could not be repeated in its thread');
      return { ...asked, form: 'in_thread', askedTs: null, ours: false };
    });
    await converse(inThread, inHand);
  }

  async function inChannel(asked: Asked, inHand: InHand): Promise<void> {
    const { reference } = inHand.hold;
    let inThread: AskedInThread;
    try {
      inThread = await repeat(asked, inHand.hold);
    } catch (error) {
      log.warn({ reference, code: slackCode(error) }, 'No posting in this channel; answering privately');
      return answerPrivately(asked, inHand, error);
    }
    await converse(inThread, inHand);
  }

  return {
    async answer(asked, inHand) {
      const { reference, again } = inHand.hold;
      const { channel, user, form } = asked;
      log.info({ reference, channel, user, form, ...(again ? { again } : {}) }, 'Asked');
      await guarded(reference, asked, () => {
        if (asked.form === 'in_thread') return converse(asked, inHand);
        return asked.form === 'pressed' ? pressed(asked, inHand) : inChannel(asked, inHand);
      });
    },

    async giveUp(asked, view, { hold }) {
      const { reference } = hold;
      await guarded(reference, asked, async () => {
        if (asked.form === 'in_channel') return tellPrivately(gateway, asked, view);
        const { channel, threadTs } = asked;
        const place = { channel, threadTs, reference };
        const left = await findLeftBehind(gateway, place, own);
        if (left.answered) return;
        const surface =
          left.workingTs === null ? editedMessage(posting, place, null) : editedStream(posting, place, left.workingTs);
        await surface.settle([view], answerMetadata(reference, null, asked.form === 'in_thread' && asked.ours));
        options.status.set(channel, threadTs, '');
      });
    },
  };
}
