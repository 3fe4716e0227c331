import { type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';

/** What a tool's result keeps: what was found, in the sentences of code. */
const KEPT = new Set(['kind', 'verdict', 'sentences', 'error', 'same_as']);

/** The same conversation for a model that can read less: without the thread's earlier turns, and findings without their details. */
export function shorten(messages: readonly BaseMessage[]): BaseMessage[] {
  return messages.map((message) => {
    if (message instanceof ToolMessage) {
      const { tool_call_id, name } = message;
      return new ToolMessage({ content: rewrite(message.text, withoutDetails), tool_call_id, name });
    }
    if (message instanceof HumanMessage) return new HumanMessage(rewrite(message.text, withoutEarlier));
    return message;
  });
}

function rewrite(text: string, change: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text)));
  } catch {
    return text;
  }
}

function withoutDetails(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDetails);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => KEPT.has(name)));
}

function withoutEarlier(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, earlier_turns: [] } : value;
}
