import {
  NOTHING_YET,
  type Progress,
  type Step,
  stepTitle,
  stopButton,
  streamedProse,
  streamedVerdict,
} from '../blocks/working.ts';
import { failureKind, slackCode } from '../failures.ts';
import type { PostOnceOptions } from '../post-once.ts';
import type { Chunk, Recipient, Streaming } from '../streaming.ts';
import { editedStream, endStream } from './streamed-message.ts';
import type { Surface } from './surface.ts';
import type { ThreadPlace } from './thread-surface.ts';

export interface StreamOptions extends PostOnceOptions {
  streaming: Streaming;
  /** How long a message is streamed at most; Slack ends it after some five minutes. */
  streamMs: number;
}

/** Of all that is streamed into one message; Slack takes 12,000. */
const MOST_CHARACTERS = 10_000;

/**
 * Begins a message that grows while it is worked on: a plan with its steps, then the verdict, then the sentences below it.
 * When the answer is there, and whenever Slack takes no more, the same message is edited from then on: what it says last is always one edit as a whole, which
 * can be repeated without saying anything twice. Null where this cannot be streamed.
 */
export async function openStream(options: StreamOptions, place: ThreadPlace, to: Recipient): Promise<Surface | null> {
  const { gateway, log } = options;
  const { channel, reference } = place;
  const ts = await options.streaming.start(place, to, [
    { type: 'plan_update', title: `Working on it · ref ${reference}` },
    { type: 'blocks', blocks: [stopButton(reference)] },
  ]);
  if (ts === null) return null;
  const begun = performance.now();
  let shown = NOTHING_YET;
  let characters = 0;
  let open = true;

  const end = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await endStream(options, place, ts);
  };

  const edited = editedStream(options, place, ts);

  /** False: from here on the message has to be edited. */
  async function append(progress: Progress): Promise<boolean> {
    const chunks = newIn(progress, shown);
    if (chunks === null || performance.now() - begun > options.streamMs) return false;
    if (chunks.length === 0) return true;
    const more = chunks.reduce((sum, chunk) => sum + JSON.stringify(chunk).length, 0);
    if (characters + more > MOST_CHARACTERS) return false;
    try {
      await gateway.call('chat.appendStream', { channel, ts, chunks }, { patient: false });
    } catch (error) {
      // Nothing was added: the next call says it with what is new by then.
      if (failureKind(error) === 'rate_limited') throw error;
      log.info({ reference, code: slackCode(error) }, 'A stream takes no more; the message is edited instead');
      return false;
    }
    characters += more;
    shown = progress;
    return true;
  }

  return {
    inThread: true,
    async show(progress) {
      if (open && (await append(progress))) return;
      await end();
      await edited.show(progress);
    },
    async settle(views, metadata) {
      await end();
      await edited.settle(views, metadata);
    },
  };
}

/** What has to be added. Null where something that was streamed is no longer said: a stream takes nothing back. */
function newIn(progress: Progress, shown: Progress): Chunk[] | null {
  if (shown.verdict !== null && progress.verdict !== shown.verdict) return null;
  if (!progress.prose.startsWith(shown.prose)) return null;
  const before = new Map(shown.steps.map((step) => [step.id, step]));
  const chunks = progress.steps.filter((step) => isNews(step, before.get(step.id))).map(taskOf);
  if (progress.verdict !== null && shown.verdict === null)
    chunks.push({ type: 'markdown_text', text: streamedVerdict(progress.verdict) });
  const more = progress.prose.slice(shown.prose.length).trim();
  if (more !== '') chunks.push({ type: 'markdown_text', text: streamedProse(more, shown.prose) });
  return chunks;
}

function isNews(step: Step, before: Step | undefined): boolean {
  return before === undefined || before.status !== step.status || before.title !== step.title;
}

function taskOf(step: Step): Chunk {
  return { type: 'task_update', id: step.id, title: stepTitle(step), status: step.status };
}
