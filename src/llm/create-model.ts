import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { ChatOpenAI } from '@langchain/openai';
import type { EssentialNames } from '../batch/essential-names.ts';
import type { Authentication } from './authentication.ts';
import { type AzureOptions, createAzureModels } from './azure-model.ts';
import { learningDeployment } from './deployment.ts';
import { OfflinePlanner } from './planner/offline-planner.ts';
import { createTransport } from './transport.ts';

/**
 * Makes the chat model of one question. The signal ends a token request that hangs; `patienceS` is how many seconds one call
 * to the model may take, with all its attempts. Failed calls carry an UpstreamError `LLM_*` among their causes.
 */
export type ModelFactory = (context: { signal: AbortSignal; patienceS: number }) => Promise<BaseChatModel>;

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
  /** Told with each question how its model authenticates; only Azure's differ. */
  onAuthentication?: (authentication: Authentication) => void;
}

/** A factory that lives as long as the process; its models live as long as their question. */
export function createModelFactory(options: ModelOptions, surroundings: ModelSurroundings): ModelFactory {
  const { planner, logger, onAuthentication } = surroundings;
  const deployment = learningDeployment(logger);
  switch (options.kind) {
    case 'planner':
      return async () => new OfflinePlanner({ names: planner.names });
    case 'azure':
      return createAzureModels(options, logger, deployment, onAuthentication);
    case 'openai':
      return async ({ patienceS }) =>
        new ChatOpenAI({
          model: options.model,
          apiKey: options.apiKey,
          temperature: 0,
          // The transport tries again.
          maxRetries: 0,
          configuration: {
            baseURL: options.baseUrl,
            fetch: createTransport({ endpoint: options.baseUrl, deployment, renewToken: null, patienceS }),
          },
        });
  }
}
