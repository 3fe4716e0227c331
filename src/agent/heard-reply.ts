import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import type { Runnable } from '@langchain/core/runnables';
import { concat } from '@langchain/core/utils/stream';
import { withDeadline } from './deadline.ts';
import type { Listener } from './hear-words.ts';

/** The model's reply as a whole, after the listener has heard its text piece by piece. Throws what the model throws in the middle. */
export async function heardReply(
  model: Pick<BaseChatModel | Runnable<BaseMessage[], AIMessageChunk>, 'stream'>,
  messages: BaseMessage[],
  deadline: AbortSignal,
  listener: Listener,
): Promise<AIMessageChunk> {
  listener.begin();
  const stream = await withDeadline(model.stream(messages, { signal: deadline }), deadline);
  const pieces = stream[Symbol.asyncIterator]();
  let whole: AIMessageChunk | null = null;
  try {
    for (;;) {
      const next = await withDeadline(pieces.next(), deadline);
      if (next.done) return whole ?? new AIMessageChunk('');
      whole = whole === null ? next.value : concat(whole, next.value);
      listener.hear(next.value.text);
    }
  } finally {
    // One that ignores its signal would never be done with this either.
    void pieces.return?.().catch(() => {});
  }
}
