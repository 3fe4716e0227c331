import { type AgentEvent, Answer } from '../../src/agent/answer.ts';
import type { Ask } from '../../src/agent/ask.ts';
import { type AgentOptions, createAgent } from '../../src/agent/create-agent.ts';
import type { ThreadContext } from '../../src/agent/question.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { OfflinePlanner } from '../../src/llm/planner/offline-planner.ts';
import { clock, names, openSmallWorld, ZONE } from './small-world.ts';

export const planner = () => new OfflinePlanner({ names });

export function smallAgent(options: Partial<AgentOptions> = {}): Ask {
  return createAgent({
    openSources: openSmallWorld(),
    createModel: planner,
    names,
    clock,
    zone: ZONE,
    rules: NO_HOUSE_RULES,
    ...options,
  }).ask;
}

export interface Asked {
  answer: Answer;
  context: ThreadContext | null;
  events: AgentEvent[];
}

/** Asks once and holds every answer to the contract. */
export async function askOnce(
  ask: Ask,
  text: string,
  context: ThreadContext | null = null,
  signal = new AbortController().signal,
): Promise<Asked> {
  const events: AgentEvent[] = [];
  for await (const event of ask({ id: 'ref-1', text, context, turns: [] }, { signal })) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'answer') throw new Error('the last event is not an answer');
  return { answer: Answer.parse(last.answer), context: last.context, events };
}
