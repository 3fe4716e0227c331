import { setTimeout as pause } from 'node:timers/promises';
import type { AgentEvent, Answer } from '../agent/answer.ts';
import type { ThreadContext } from '../agent/question.ts';
import { toSentryError } from '../errors.ts';
import { apology } from './blocks/error.ts';
import { renderLayouts, renderPlainly } from './blocks/render-answer.ts';
import type { View } from './blocks/view.ts';
import { type Known, knownHead, type Progress, type Step, stoppedView, workingView } from './blocks/working.ts';
import { slackCode } from './failures.ts';
import type { SlackLog } from './slack-log.ts';
import { StoppedByPerson } from './stops.ts';
import type { Surface } from './surfaces/surface.ts';
import { answerMetadata } from './thread-context.ts';
import type { Timing } from './timing.ts';
import { createUpdateQueue } from './update-queue.ts';

export interface Presentation {
  events: AsyncIterable<AgentEvent>;
  surface: Surface;
  reference: string;
  /** As it was put: what "Ask again" asks. */
  question: string;
  /** Whether the thread belongs to SENTRY; noted beside the answer. */
  ours: boolean;
  signal: AbortSignal;
  /** Told of the answer as soon as it is there, before it is shown. */
  onAnswer?: (event: AnswerEvent) => void;
}

export interface PresentOptions {
  log: SlackLog;
  timing: Timing;
  /** For links to runs and tasks; null: none. */
  airflowBaseUrl?: string | null;
}

export type AnswerEvent = Extract<AgentEvent, { type: 'answer' }>;

/**
 * Shows one answer as it comes about: the steps, the verdict and the sentences below it in the working message, then the answer
 * in its place. Where a person stopped it, that is said at once instead. Throws only when the final message could not be shown.
 */
export async function present(options: PresentOptions, presentation: Presentation): Promise<void> {
  const { log, timing } = options;
  const { surface, reference, signal } = presentation;
  const steps = new Map<string, Step>();
  const known: Known = { verdict: null, prose: '' };
  const updates = createUpdateQueue<Progress>(
    (progress) => surface.show(progress),
    timing.updateGapMs,
    (error) => log.warn({ reference, code: slackCode(error) }, 'A working message could not be updated'),
  );

  let outcome: { views: View[]; context: ThreadContext | null } | null = null;
  try {
    for await (const event of untilStopped(presentation.events, signal, timing.graceMs)) {
      if (event.type === 'answer') {
        presentation.onAnswer?.(event);
        outcome = { views: viewsOf(event.answer, reference, options), context: event.context };
        break;
      }
      if (event.type === 'verdict') known.verdict = event.verdict;
      else if (event.type === 'prose') known.prose = event.text;
      else steps.set(event.id, { id: event.id, title: event.title, status: event.status });
      updates.push({ steps: [...steps.values()], ...known });
    }
    if (outcome === null) throw new Error('no answer at the end');
  } catch (error) {
    if (error instanceof StoppedByPerson) {
      log.info({ reference, by: error.by }, 'Stopped');
      outcome = { views: [stoppedView(error.by, presentation.question, known)], context: null };
    } else log.error({ reference, err: toSentryError(error) }, 'A question ended without an answer');
  }
  await updates.close();
  const { views, context } = outcome ?? { views: [unanswered(reference, known)], context: null };
  await surface.settle(views, answerMetadata(reference, context, presentation.ours));
}

/** The best layout, then plainer ones. A layout that breaks on an odd answer must not cost the answer. */
function viewsOf(answer: Answer, reference: string, { log, airflowBaseUrl }: PresentOptions): View[] {
  try {
    return renderLayouts(answer, airflowBaseUrl);
  } catch (error) {
    log.error({ reference, err: toSentryError(error) }, 'An answer could not be laid out');
    return [renderPlainly(answer)];
  }
}

/** What was computed by code or checked stays true, also when nothing came after it. */
function unanswered(reference: string, known: Known): View {
  const sorry = apology(reference);
  if (known.verdict === null) return sorry;
  const { text } = workingView({ steps: [], ...known });
  return { text: `${text} ${sorry.text}`, blocks: [...knownHead(known), ...sorry.blocks] };
}

/** The events, until there are no more or, once told to end, the grace is over. A person's Stop has no grace. */
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
      if (signal.reason instanceof StoppedByPerson) throw signal.reason;
      const next = await Promise.race([iterator.next(), given]);
      if (next === null)
        throw signal.reason instanceof StoppedByPerson ? signal.reason : new Error('no answer in time');
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
  if (ended.aborted || signal.reason instanceof StoppedByPerson) return null;
  await pause(graceMs, undefined, { signal: ended }).catch(() => undefined);
  return null;
}
