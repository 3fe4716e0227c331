import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { SentryError } from '../errors.ts';
import type { AgentEvent } from './answer.ts';
import { hearWords, type Listener } from './hear-words.ts';
import { modelNote } from './model-note.ts';
import { modelTurn } from './model-turn.ts';
import type { Emit, Session } from './session.ts';
import { toolRound } from './tool-round.ts';
import { isWordable } from './wordable.ts';

/** Two turns answer an ordinary question: one to choose tools, one for the words. A model that keeps calling is cut off here. */
export const MAX_MODEL_TURNS = 4;

const State = Annotation.Root({
  messages: Annotation<BaseMessage[]>({ reducer: (_before, after) => after, default: () => [] }),
  turns: Annotation<number>({ reducer: (_before, after) => after, default: () => 0 }),
});
type AgentState = typeof State.State;

/** The graph of one question: model → tools → model → answer. Compiling costs a few milliseconds, so none is shared. */
export function createGraph(session: Session, opening: readonly BaseMessage[], answer: () => AgentEvent) {
  const done = new Map<string, string>();

  async function model(state: AgentState, emit: Emit): Promise<Partial<AgentState>> {
    const found = session.findings.length > 0;
    const step = { id: found ? 'words' : 'plan', title: found ? 'Wording the answer' : 'Reading the question' };
    emit({ type: 'step', ...step, status: 'in_progress' });
    const next = await turnOrFallback(state, found ? hearWords(session, emit) : null);
    emit({ type: 'step', ...step, status: 'complete' });
    return next;
  }

  async function turnOrFallback(state: AgentState, listener: Listener | null): Promise<Partial<AgentState>> {
    const found = session.findings.length > 0;
    const exhausted = state.turns >= MAX_MODEL_TURNS;
    try {
      if (exhausted && !found) throw new Error('the model called no tool that works');
      const turn = await modelTurn(session, state.messages, state.turns < MAX_MODEL_TURNS - 1, listener);
      if (turn.kind === 'text' && !found) throw new Error('the model spoke without looking');
      return { messages: [...state.messages, turn.message], turns: state.turns + 1 };
    } catch (error) {
      if (session.signal.aborted) throw error;
      session.log.warn(
        { reference: session.question.id, fallback: !session.onFallback, err: error },
        'the model gave no usable turn',
      );
      session.onModelFailure(error instanceof SentryError ? error.code : 'LLM_INVALID');
      if (found) {
        session.notes.push(modelNote(error, listener?.shown ? 'half-worded' : 'found'));
        return { messages: [...state.messages, new AIMessage('')], turns: state.turns + 1 };
      }
      if (session.onFallback || session.createFallbackModel === null) throw error;
      session.onFallback = true;
      session.model = null;
      session.notes.push(modelNote(error, 'nothing'));
      return turnOrFallback({ messages: [...opening], turns: 0 }, null);
    }
  }

  const afterModel = (state: AgentState) =>
    (state.messages.at(-1) as AIMessage).tool_calls?.length ? 'tools' : 'answer';

  /** Words are only needed where there is something to word. */
  const afterTools = () => {
    if (session.findings.length > 0) return session.findings.some(isWordable) ? 'model' : 'answer';
    return session.failures.length > 0 ? 'answer' : 'model';
  };

  return new StateGraph(State)
    .addNode('model', (state, config) => model(state, (event) => config.writer?.(event)))
    .addNode('tools', async (state, config) => {
      const replies = await toolRound(session, state.messages.at(-1) as AIMessage, done, (event) =>
        config.writer?.(event),
      );
      return { messages: [...state.messages, ...replies] };
    })
    .addNode('answer', (_state, config) => {
      config.writer?.(answer());
      return {};
    })
    .addEdge(START, 'model')
    .addConditionalEdges('model', afterModel, ['tools', 'answer'])
    .addConditionalEdges('tools', afterTools, ['model', 'answer'])
    .addEdge('answer', END)
    .compile();
}
