import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import type { EssentialNames } from '../../batch/essential-names.ts';
import { openingOf } from './opening.ts';
import { planCalls } from './plan.ts';
import { proseOf } from './prose.ts';
import { understand } from './understand.ts';

/**
 * A chat model without a model: rules read the question and call tools, and the sentences that come with the findings
 * are its prose. Deterministic, contacts nobody; serves where no model is configured and when the real one is down.
 */
export class OfflinePlanner extends BaseChatModel {
  readonly #names: EssentialNames;
  readonly #tools: ReadonlySet<string> | null;

  constructor(fields: { names: EssentialNames; tools?: ReadonlySet<string> }) {
    super({});
    this.#names = fields.names;
    this.#tools = fields.tools ?? null;
  }

  override _llmType(): string {
    return 'offline-planner';
  }

  /** Plans only with the tools that it is given, like any model. */
  override bindTools(tools: readonly unknown[]): OfflinePlanner {
    return new OfflinePlanner({ names: this.#names, tools: new Set(tools.flatMap(nameOf)) });
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const asked = messages.findLastIndex((message) => message.type === 'human');
    const results = messages.slice(asked + 1).filter((message) => message.type === 'tool');
    const worded = results.length > 0 || this.#tools === null;
    const message = worded ? new AIMessage(proseOf(results, openingOf(messages).question)) : this.#plan(messages);
    return { generations: [{ text: message.text, message }] };
  }

  #plan(messages: readonly BaseMessage[]): AIMessage {
    const opening = openingOf(messages);
    const calls = planCalls(understand(opening, this.#names), opening).filter((call) => this.#tools?.has(call.name));
    return new AIMessage({
      content: '',
      tool_calls: calls.map((call, index) => ({ ...call, id: `plan_${index + 1}`, type: 'tool_call' as const })),
    });
  }
}

function nameOf(tool: unknown): string[] {
  if (typeof tool !== 'object' || tool === null) return [];
  if ('function' in tool && typeof tool.function === 'object' && tool.function !== null && 'name' in tool.function)
    return [String(tool.function.name)];
  return 'name' in tool ? [String(tool.name)] : [];
}
