import { AzureChatOpenAI } from '@langchain/openai';
import { createTokenSource, type ServicePrincipal, type TokenSource } from './azure-token.ts';
import { failFast, MODEL_RETRIES, type ModelFactory, type ModelLog } from './create-model.ts';

export interface AzureOptions {
  endpoint: string;
  apiKey: string;
  /** e.g. `2024-02-01`. */
  apiVersion: string;
  deployment: string;
  /** Sent as `x-ms-useragent`. */
  userId: string | null;
  /** Null: only the API key authenticates. */
  servicePrincipal: ServicePrincipal | null;
  /** Where tokens come from, instead of the certificate. */
  tokens?: TokenSource;
}

/**
 * Azure OpenAI with both authentications on every request: a bearer token of the service principal, fresh for each question,
 * and the API key. Without a token the key alone is tried, and the log says so when that begins and when it ends.
 */
export function createAzureModels(options: AzureOptions, log: ModelLog): ModelFactory {
  const tokens = options.tokens ?? (options.servicePrincipal ? createTokenSource(options.servicePrincipal) : null);
  let degraded: boolean | null = null;

  async function bearer(signal: AbortSignal): Promise<string | null> {
    if (tokens === null) return say(null, undefined);
    try {
      return say(await tokens(signal), undefined);
    } catch (error) {
      return say(null, error);
    }
  }

  function say(token: string | null, error: unknown): string | null {
    const now = token === null;
    if (now !== degraded) {
      // The error's own words may hold the request with its assertion: only its name is logged.
      const fields = error instanceof Error ? { error: error.name } : {};
      if (now) log.warn(fields, 'azure: no bearer token, authenticating with the API key only');
      else log.info({}, 'azure: authenticating with bearer token and API key');
    }
    degraded = now;
    return token;
  }

  return async ({ signal }) => {
    const token = await bearer(signal);
    const headers: Record<string, string> = { 'x-ms-useragent': options.userId ?? '' };
    if (token !== null) headers.Authorization = `Bearer ${token}`;
    return new AzureChatOpenAI({
      // Set, or the body names a model that was never asked for.
      model: options.deployment,
      azureOpenAIEndpoint: options.endpoint,
      azureOpenAIApiKey: options.apiKey,
      azureOpenAIApiVersion: options.apiVersion,
      azureOpenAIApiDeploymentName: options.deployment,
      temperature: 0,
      streamUsage: false,
      maxRetries: MODEL_RETRIES,
      onFailedAttempt: failFast,
      configuration: { defaultHeaders: headers },
    });
  };
}
