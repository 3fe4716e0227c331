import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';

/** Calls the tool that answers, then says its words piece by piece; a piece that is an error ends them. */
export class StreamingModel extends BaseChatModel {
  readonly #pieces: () => AsyncIterable<string | Error>;

  constructor(pieces: () => AsyncIterable<string | Error>) {
    super({});
    this.#pieces = pieces;
  }

  override _llmType(): string {
    return 'streaming';
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(): Promise<ChatResult> {
    const call = { name: 'get_batch_status', args: { batch: 'derivatives' }, id: 'c0', type: 'tool_call' as const };
    return { generations: [{ text: '', message: new AIMessage({ content: '', tool_calls: [call] }) }] };
  }

  override async *_streamResponseChunks(): AsyncGenerator<ChatGenerationChunk> {
    for await (const piece of this.#pieces()) {
      if (piece instanceof Error) throw piece;
      yield new ChatGenerationChunk({ text: piece, message: new AIMessageChunk(piece) });
    }
  }
}
