import { setTimeout as pause } from 'node:timers/promises';
import type { AgentEvent, Answer } from '../agent/answer.ts';
import type { ThreadContext } from '../agent/question.ts';
import { toSentryError } from '../errors.ts';
import { apology } from './blocks/error.ts';
import { renderAnswer, renderPlainly } from './blocks/render-answer.ts';
import type { View } from './blocks/view.ts';
import { type Step, workingView } from './blocks/working.ts';
import { slackCode } from './failures.ts';
import type { SlackLog } from './slack-log.ts';
import type { Surface } from './surfaces/surface.ts';
import { answerMetadata } from './thread-context.ts';
import type { Timing } from './timing.ts';
import { createUpdateQueue } from './update-queue.ts';

export interface Presentation {
  events: AsyncIterable<AgentEvent>;
  surface: Surface;
  reference: string;
  /** Whether the thread belongs to SENTRY; noted beside the answer. */
  ours: boolean;
  signal: AbortSignal;
}

/**
 * Shows one answer as it comes about: the steps and the verdict in the working message, then the answer in its place.
 * Throws only when the final message could not be shown.
 */
export async function present(options: { log: SlackLog; timing: Timing }, presentation: Presentation): Promise<void> {
  const { log, timing } = options;
  const { surface, reference } = presentation;
  const steps = new Map<string, Step>();
  let verdict: string | null = null;
  const updates = createUpdateQueue<View>(
    (view) => surface.show(view),
    timing.updateGapMs,
    (error) => log.warn({ reference, code: slackCode(error) }, 'A working message could not be updated'),
  );

  let outcome: { views: View[]; context: ThreadContext | null } | null = null;
  try {
    for await (const event of untilStopped(presentation.events, presentation.signal, timing.graceMs)) {
      if (event.type === 'answer') {
        outcome = { views: viewsOf(event.answer, reference, log), context: event.context };
        break;
      }
      if (event.type === 'verdict') verdict = event.verdict;
      else steps.set(event.id, event);
      updates.push(workingView([...steps.values()], verdict));
    }
    if (outcome === null) throw new Error('no answer at the end');
  } catch (error) {
    log.error({ reference, err: toSentryError(error) }, 'A question ended without an answer');
  }
  await updates.close();
  const { views, context } = outcome ?? { views: [unanswered(reference, verdict)], context: null };
  await surface.settle(views, answerMetadata(reference, context, presentation.ours));
}

/** The full layout, then the plainest. A layout that breaks on an odd answer must not cost the answer. */
function viewsOf(answer: Answer, reference: string, log: SlackLog): View[] {
  try {
    return [renderAnswer(answer), renderPlainly(answer)];
  } catch (error) {
    log.error({ reference, err: toSentryError(error) }, 'An answer could not be laid out');
    return [renderPlainly(answer)];
  }
}

/** What was computed by code stays true, also when nothing came after it. */
function unanswered(reference: string, verdict: string | null): View {
  const sorry = apology(reference);
  if (verdict === null) return sorry;
  const known = workingView([], verdict);
  return { text: `${known.text} ${sorry.text}`, blocks: [...known.blocks.slice(0, 1), ...sorry.blocks] };
}

/** The events, until there are no more or, once told to stop, the grace is over. */
async function* untilStopped(
  events: AsyncIterable<AgentEvent>,
  signal: AbortSignal,
  graceMs: number,
): AsyncGenerator<AgentEvent> {
  const iterator = events[Symbol.asyncIterator]();
  const ended = new AbortController();
  const given = stopped(signal, graceMs, ended.signal);
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), given]);
      if (next === null) throw new Error('no answer in time');
      if (next.done) return;
      yield next.value;
    }
  } finally {
    ended.abort();
    // An agent that hangs would hang its own return as well.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function stopped(signal: AbortSignal, graceMs: number, ended: AbortSignal): Promise<null> {
  if (!signal.aborted) {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      ended.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  if (!ended.aborted) await pause(graceMs, undefined, { signal: ended }).catch(() => undefined);
  return null;
}
