import type { EssentialNames } from '../batch/essential-names.ts';
import type { HouseRules } from '../batch/inquiry/house-rules.ts';
import type { Clock, OpenSources } from '../batch/ports.ts';
import { definitionsInSight, namesInSight } from '../batch/sight.ts';
import { type ErrorCode, type SentryError, toSentryError } from '../errors.ts';
import { type AgentLog, silentLog } from './agent-log.ts';
import type { AgentEvent } from './answer.ts';
import type { Ask, AskOptions } from './ask.ts';
import { compose, primaryOf } from './compose/compose.ts';
import { sentencesOf } from './compose/sentences.ts';
import { contextAfter } from './compose/thread-context.ts';
import { abortError } from './deadline.ts';
import { createGraph } from './graph.ts';
import { MAX_QUESTION_CHARS, readQuestion } from './input.ts';
import type { CreateModel } from './model.ts';
import { openingMessages } from './prompt.ts';
import type { Question } from './question.ts';
import { bounded, stripControls } from './safe-text.ts';
import type { Session } from './session.ts';
import { isWordable } from './wordable.ts';

export interface AgentOptions {
  openSources: OpenSources;
  createModel: CreateModel;
  /** Reads the question when the model fails before any tool ran: the offline planner. */
  createFallbackModel?: CreateModel;
  names: EssentialNames;
  clock: Clock;
  /** IANA name. */
  zone: string;
  /** What `sentry.yml` says now; read anew for each question. */
  rules: HouseRules;
  /** Seconds for the whole answer. */
  budgetS?: number;
  /** Seconds for one call to the model. */
  modelTimeoutS?: number;
  maxQuestionChars?: number;
  /** Told of every turn that the model did not give: for metrics, since its answer may hide it. */
  onModelFailure?: (code: ErrorCode) => void;
  logger?: AgentLog;
}

const CODE_SENTENCES = 2;

/** An agent that makes everything anew for each question: model, sources, graph. */
export function createAgent(options: AgentOptions): { ask: Ask } {
  const budgetS = options.budgetS ?? 60;
  const log = options.logger ?? silentLog;

  async function* ask(question: Question, { signal, sight }: AskOptions): AsyncGenerator<AgentEvent> {
    const begun = performance.now();
    const left = new AbortController();
    const stop = AbortSignal.any([signal, left.signal, AbortSignal.timeout(budgetS * 1000)]);
    const clock: Clock = question.now === undefined ? options.clock : { now: () => question.now ?? 0, frozen: true };
    const records: Session['records'] = [];
    const sources = options.openSources({ record: (query) => records.push(query), signal: stop });
    const session: Session = {
      question,
      text: '',
      desk: {
        sources: sight ? { ...sources, definitions: definitionsInSight(sources.definitions, sight) } : sources,
        clock,
        zone: options.zone,
        ...options.rules,
      },
      names: sight ? namesInSight(options.names, sight) : options.names,
      sight: sight ?? null,
      signal: stop,
      log,
      createModel: options.createModel,
      createFallbackModel: options.createFallbackModel ?? null,
      modelTimeoutS: options.modelTimeoutS ?? 20,
      budgetS,
      endsAt: begun + budgetS * 1000,
      brief: false,
      onModelFailure: options.onModelFailure ?? (() => {}),
      model: null,
      onFallback: false,
      findings: [],
      failures: [],
      records,
      notes: [],
      phaseSaid: false,
      prose: '',
      lastVerdict: null,
      usage: { llm_calls: 0, input_tokens: 0, output_tokens: 0, tool_calls: 0 },
    };
    const answered = (error: SentryError | null) => answerEvent(session, error, Math.round(performance.now() - begun));

    const read = readQuestion(question.text, options.maxQuestionChars ?? MAX_QUESTION_CHARS);
    if ('refusal' in read) {
      session.text = bounded(stripControls(question.text).trim(), 200);
      session.findings.push(read.refusal);
      yield answered(null);
      return;
    }
    session.text = read.text;
    let answer: AgentEvent | null = null;
    try {
      const opening = openingMessages(question, read.text, {
        now: clock.now(),
        zone: options.zone,
        names: session.names,
      });
      const graph = createGraph(session, opening, () => answered(null));
      const events = await graph.stream({ messages: opening }, { streamMode: 'custom', signal: stop });
      for await (const event of events as AsyncIterable<AgentEvent>) {
        if (event.type === 'answer') answer = event;
        else yield event;
      }
    } catch (error) {
      const known = stop.aborted ? abortError(stop, budgetS) : toSentryError(error);
      log.warn({ reference: question.id, code: known.code, err: error }, 'a question could not be answered in full');
      if (session.findings.length > 0) session.notes.push(known.message);
      answer ??= answered(session.findings.length > 0 ? null : known);
    } finally {
      left.abort(new DOMException('the answer is finished', 'AbortError'));
    }
    yield answer ?? answered(null);
  }

  function answerEvent(session: Session, thrown: SentryError | null, ms: number): AgentEvent {
    const { findings, question } = session;
    const error = thrown ?? (findings.length === 0 ? (session.failures[0] ?? toSentryError(null)) : null);
    const answer = compose({
      question: session.text,
      reference: question.id,
      findings,
      prose: proseFor(session),
      notes: session.notes,
      gaps: findings.length === 0 ? [] : session.failures.map((failure) => failure.message),
      asksWhen: /\b(etas?|when (will|does|should|would|can)|(will|can) (it|this|that) (make|finish|be))\b/i.test(
        session.text,
      ),
      asksWhy: /\b(why|cause|causes|caused|reason|root)\b/i.test(session.text),
      records: session.records,
      usage: { ...session.usage, ms },
      error,
      clock: session.desk.clock,
      zone: session.desk.zone,
      names: session.names,
      adviceFor: session.desk.adviceFor,
      threadEssential: question.context?.essential ?? null,
    });
    const primary = primaryOf(findings);
    const context =
      (primary === null ? null : contextAfter(primary, session.phaseSaid || (question.context?.phaseSaid ?? false))) ??
      question.context;
    log.info(
      { reference: question.id, kind: answer.kind, status: answer.status, code: error?.code, usage: answer.usage },
      'answered',
    );
    return { type: 'answer', answer, context, finding: primary };
  }

  return { ask };
}

/** The model's words that have passed the check; where there are none, sentences that code wrote. */
function proseFor(session: Session): string {
  if (session.prose !== '') return session.prose;
  const worded = session.findings.filter(isWordable);
  return worded
    .flatMap((finding) => sentencesOf(finding, session.desk.zone).slice(0, worded.length > 1 ? 1 : CODE_SENTENCES))
    .slice(0, 3)
    .join(' ');
}
