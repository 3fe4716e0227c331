import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { type SentryError, sentryErrorIn, UpstreamError } from '../errors.ts';
import { withDeadline } from './deadline.ts';
import { isOffline } from './model.ts';
import type { Session } from './session.ts';
import { toolDefinitions } from './tool-definitions.ts';

/** What a model did in one turn. Text beside tool calls is dropped: nothing has been found yet that it could be about. */
export type Turn = { kind: 'calls'; message: AIMessage } | { kind: 'text'; text: string; message: AIMessage };

/** One call to the model under a deadline of its own. Throws SentryError `LLM_*` for whatever goes wrong with it. */
export async function modelTurn(session: Session, messages: BaseMessage[], withTools: boolean): Promise<Turn> {
  const deadline = AbortSignal.any([session.signal, AbortSignal.timeout(session.modelTimeoutS * 1000)]);
  const model = await currentModel(session, deadline);
  if (!isOffline(model)) session.usage.llm_calls += 1;
  let reply: AIMessageChunk;
  try {
    const bound = withTools && model.bindTools ? model.bindTools(toolDefinitions()) : model;
    reply = await withDeadline(bound.invoke(messages, { signal: deadline }), deadline);
  } catch (error) {
    if (session.signal.aborted) throw session.signal.reason;
    throw modelError(error, deadline);
  }
  session.usage.input_tokens += reply.usage_metadata?.input_tokens ?? 0;
  session.usage.output_tokens += reply.usage_metadata?.output_tokens ?? 0;
  if (reply.response_metadata?.finish_reason === 'content_filter') {
    throw new UpstreamError('llm', 'LLM_REFUSED', 'The language model withheld its answer.', {
      remedy: 'Word the question differently.',
    });
  }
  const calls = (reply.tool_calls ?? []).filter((call) => typeof call.name === 'string' && call.name !== '');
  if (withTools && calls.length > 0) {
    const numbered = calls.map((call, index) => ({
      ...call,
      id: call.id || `call_${session.usage.tool_calls}_${index}`,
    }));
    return { kind: 'calls', message: new AIMessage({ content: '', tool_calls: numbered }) };
  }
  const text = typeof reply.text === 'string' ? reply.text : '';
  return { kind: 'text', text, message: new AIMessage({ content: text }) };
}

async function currentModel(session: Session, deadline: AbortSignal): Promise<BaseChatModel> {
  if (session.model !== null) return session.model;
  const create = session.onFallback && session.createFallbackModel ? session.createFallbackModel : session.createModel;
  try {
    session.model = await withDeadline(
      Promise.resolve(create({ signal: deadline, patienceS: session.modelTimeoutS })),
      deadline,
    );
  } catch (error) {
    if (session.signal.aborted) throw session.signal.reason;
    throw modelError(error, deadline);
  }
  return session.model;
}

function modelError(error: unknown, deadline: AbortSignal): SentryError {
  return (
    sentryErrorIn(error) ??
    new UpstreamError(
      'llm',
      'LLM_UNREACHABLE',
      deadline.aborted ? 'The language model did not answer in time.' : 'The language model failed.',
      {
        remedy: 'Ask again in a minute; until then answers are worded by rules.',
        cause: error,
      },
    )
  );
}
