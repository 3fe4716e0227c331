import { AzureChatOpenAI } from '@langchain/openai';
import { type Authentication, KeyOnlyError, keyOnly } from './authentication.ts';
import { createTokenSource, type TokenSource } from './azure-token.ts';
import type { ModelFactory, ModelLog } from './create-model.ts';
import type { Deployment } from './deployment.ts';
import type { ServicePrincipal } from './service-principal.ts';
import { createTransport } from './transport.ts';

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
 * Azure OpenAI with both authentications on every request: a bearer token of the service principal, asked for anew with each
 * question, and the API key. Without a token the key alone is tried, and the log says so when that begins, when its reason
 * changes, and when it ends.
 */
export function createAzureModels(
  options: AzureOptions,
  log: ModelLog,
  deployment: Deployment,
  onAuthentication: (authentication: Authentication) => void = () => {},
): ModelFactory {
  const tokens = options.tokens ?? (options.servicePrincipal ? createTokenSource(options.servicePrincipal) : null);
  const endpoint = options.endpoint.replace(/\/+$/, '');
  let said: string | null = null;

  async function bearer(how: 'get' | 'renew', signal: AbortSignal): Promise<string | null> {
    if (tokens === null) return tell(keyOnly(null), null);
    try {
      const { value, expiresAt } = await tokens[how](signal);
      return tell({ kind: 'hybrid', tokenExpiresAt: expiresAt }, value);
    } catch (error) {
      // A client's own error may hold the request with its assertion: only ours are put into words.
      return tell(keyOnly(error instanceof KeyOnlyError ? error : new KeyOnlyError('authority-unreachable')), null);
    }
  }

  function tell(authentication: Authentication, token: string | null): string | null {
    const state = authentication.kind === 'hybrid' ? 'hybrid' : authentication.reason;
    if (state !== said) {
      if (authentication.kind === 'hybrid') log.info({}, 'azure: authenticating with bearer token and API key');
      else if (authentication.remedy === null) log.info({}, 'azure: authenticating with the API key only');
      else {
        const { reason, message, remedy } = authentication;
        log.warn({ reason, why: message, remedy }, 'azure: no bearer token, authenticating with the API key only');
      }
    }
    said = state;
    onAuthentication(authentication);
    return token;
  }

  return async ({ signal, patienceS }) => {
    const token = await bearer('get', signal);
    const headers: Record<string, string> = { 'x-ms-useragent': options.userId ?? '' };
    if (token !== null) headers.Authorization = `Bearer ${token}`;
    return new AzureChatOpenAI({
      // Set, or the body names a model that was never asked for.
      model: options.deployment,
      azureOpenAIEndpoint: endpoint,
      // Empty, or a variable of the environment takes the endpoint's place.
      azureOpenAIBasePath: '',
      azureOpenAIApiKey: options.apiKey,
      azureOpenAIApiVersion: options.apiVersion,
      azureOpenAIApiDeploymentName: options.deployment,
      temperature: 0,
      // The transport tries again.
      maxRetries: 0,
      configuration: {
        defaultHeaders: headers,
        fetch: createTransport({
          endpoint,
          deployment,
          renewToken: token === null ? null : (until) => bearer('renew', until),
          patienceS,
        }),
      },
    });
  };
}
