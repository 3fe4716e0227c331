import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type AIMessageChunk, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import { type ErrorCode, type SentryError, sentryErrorIn, UpstreamError } from '../errors.ts';
import { withDeadline } from './deadline.ts';
import type { Listener } from './hear-words.ts';
import { heardReply } from './heard-reply.ts';
import { isOffline } from './model.ts';
import { patienceOf } from './patience.ts';
import type { Session } from './session.ts';
import { shorten } from './shorten.ts';
import { toolDefinitions } from './tool-definitions.ts';

/**
 * What a model did in one turn. Text beside tool calls is dropped: what they will find is not known yet. Behind words that are
 * shown already calls are dropped: those words are the answer.
 */
export type Turn = { kind: 'calls' | 'text'; message: AIMessage };

const MALFORMED = 'The arguments of your tool calls were not valid JSON. Call the tools again.';

/**
 * One turn of the model under a deadline of its own, in which two things are mended, each once: a conversation that it cannot
 * read whole, and tool calls that cannot be parsed. Where there is a listener the reply is streamed to it. Throws SentryError
 * `LLM_*` for whatever else goes wrong with it, also in the middle of the words.
 */
export async function modelTurn(
  session: Session,
  messages: BaseMessage[],
  withTools: boolean,
  listener: Listener | null,
): Promise<Turn> {
  const patienceS = patienceOf(session);
  if (patienceS <= 0) throw noAnswer('The language model has no time left for this question.');
  const deadline = AbortSignal.any([session.signal, AbortSignal.timeout(Math.ceil(patienceS * 1000))]);
  const model = await currentModel(session, deadline, patienceS);
  const bound = withTools && model.bindTools ? model.bindTools(toolDefinitions()) : model;

  async function call(more: BaseMessage[] = []): Promise<AIMessageChunk> {
    if (!isOffline(model)) session.usage.llm_calls += 1;
    try {
      const sent = [...(session.brief ? shorten(messages) : messages), ...more];
      const reply = listener
        ? await heardReply(bound, sent, deadline, listener)
        : await withDeadline(bound.invoke(sent, { signal: deadline }), deadline);
      session.usage.input_tokens += reply.usage_metadata?.input_tokens ?? 0;
      session.usage.output_tokens += reply.usage_metadata?.output_tokens ?? 0;
      return reply;
    } catch (error) {
      if (session.signal.aborted) throw session.signal.reason;
      const known = modelError(error, deadline);
      if (known.code !== 'LLM_TOO_LONG' || session.brief) throw known;
      session.brief = true;
      return call(more);
    }
  }

  const mayCall = () => withTools && !listener?.shown;
  let reply = await call();
  if (mayCall() && isMalformed(reply)) reply = await call([new HumanMessage(MALFORMED)]);
  if (mayCall() && isMalformed(reply)) throw invalid('The language model calls tools with arguments that are no JSON.');
  return turnOf(session, reply, mayCall(), listener);
}

function turnOf(session: Session, reply: AIMessageChunk, mayCall: boolean, listener: Listener | null): Turn {
  const ended = reply.response_metadata?.finish_reason;
  if (ended === 'content_filter')
    throw failure('LLM_REFUSED', 'The content filter of the language model withheld the answer.', {
      remedy: 'Word the question differently.',
    });
  const calls = namedCalls(reply);
  if (mayCall && calls.length > 0) {
    const numbered = calls.map((call, index) => ({
      ...call,
      id: call.id || `call_${session.usage.tool_calls}_${index}`,
    }));
    return { kind: 'calls', message: new AIMessage({ content: '', tool_calls: numbered }) };
  }
  // Cut off at its longest: half a sentence may say what the whole one did not.
  if (ended !== 'length') listener?.end();
  return { kind: 'text', message: new AIMessage('') };
}

function namedCalls(reply: AIMessageChunk) {
  return (reply.tool_calls ?? []).filter((call) => typeof call.name === 'string' && call.name !== '');
}

function isMalformed(reply: AIMessageChunk): boolean {
  return namedCalls(reply).length === 0 && (reply.invalid_tool_calls ?? []).length > 0;
}

async function currentModel(session: Session, deadline: AbortSignal, patienceS: number): Promise<BaseChatModel> {
  if (session.model !== null) return session.model;
  const create = session.onFallback && session.createFallbackModel ? session.createFallbackModel : session.createModel;
  try {
    session.model = await withDeadline(Promise.resolve(create({ signal: deadline, patienceS })), deadline);
  } catch (error) {
    if (session.signal.aborted) throw session.signal.reason;
    throw modelError(error, deadline);
  }
  return session.model;
}

function modelError(error: unknown, deadline: AbortSignal): SentryError {
  const known = sentryErrorIn(error);
  if (known !== null) return known;
  return noAnswer(
    deadline.aborted ? 'The language model did not answer in time.' : 'The language model failed.',
    error,
  );
}

function noAnswer(message: string, cause?: unknown): SentryError {
  return failure('LLM_UNREACHABLE', message, {
    remedy: 'Ask again in a minute; until then answers are worded by rules.',
    cause,
  });
}

function invalid(message: string): SentryError {
  return failure('LLM_INVALID', message, {
    remedy: 'Another model or deployment may be needed: this one calls no tools.',
  });
}

function failure(code: ErrorCode, message: string, options: { remedy: string; cause?: unknown }): SentryError {
  return new UpstreamError('llm', code, message, options);
}
