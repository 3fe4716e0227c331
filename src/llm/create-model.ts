import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { ChatOpenAI } from '@langchain/openai';
import type { EssentialNames } from '../batch/essential-names.ts';
import { type AzureOptions, createAzureModels } from './azure-model.ts';
import { OfflinePlanner } from './planner/offline-planner.ts';

/** Makes the chat model of one question. The signal ends a token request that hangs. */
export type ModelFactory = (context: { signal: AbortSignal }) => Promise<BaseChatModel>;

/** What the factory says once, not with every question. */
export interface ModelLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export type ModelOptions =
  | { kind: 'planner' }
  | ({ kind: 'azure' } & AzureOptions)
  /** Any service that speaks OpenAI's chat completions. */
  | { kind: 'openai'; baseUrl: string; apiKey: string; model: string };

export interface ModelSurroundings {
  /** What the offline planner reads names with. */
  planner: { names: EssentialNames };
  logger: ModelLog;
}

/** Attempts beyond the first; the agent has a deadline and a fallback of its own. */
export const MODEL_RETRIES = 1;

/**
 * Tries again only what may be better at once: a broken connection or a server's failure. A busy service that names its own
 * waiting time (429) would keep the question, and the process, for as long as it likes.
 */
export function failFast(error: unknown): void {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (typeof status === 'number' && status < 500) throw error;
}

/** A factory that lives as long as the process; its models live as long as their question. */
export function createModelFactory(options: ModelOptions, { planner, logger }: ModelSurroundings): ModelFactory {
  switch (options.kind) {
    case 'planner':
      return async () => new OfflinePlanner({ names: planner.names });
    case 'azure':
      return createAzureModels(options, logger);
    case 'openai':
      return async () =>
        new ChatOpenAI({
          model: options.model,
          apiKey: options.apiKey,
          temperature: 0,
          streamUsage: false,
          maxRetries: MODEL_RETRIES,
          onFailedAttempt: failFast,
          configuration: { baseURL: options.baseUrl },
        });
  }
}
