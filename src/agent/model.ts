import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

/**
 * Makes the chat model of one question: tokens expire, so none outlives its question. `patienceS` is how many seconds one of
 * its calls may take. Throws UpstreamError `LLM_*`.
 */
export type CreateModel = (context: {
  signal: AbortSignal;
  patienceS: number;
}) => Promise<BaseChatModel> | BaseChatModel;

/** How an offline model calls itself: its turns cost nothing and are not counted as model calls. */
const OFFLINE = 'offline-planner';

export function isOffline(model: BaseChatModel): boolean {
  return model._llmType() === OFFLINE;
}
