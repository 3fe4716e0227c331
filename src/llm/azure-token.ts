import { ClientCertificateCredential } from '@azure/identity';
import { KeyOnlyError } from './authentication.ts';
import { readCertificate, type ServicePrincipal } from './service-principal.ts';

export interface Token {
  value: string;
  /** UTC milliseconds. */
  expiresAt: number;
}

/** Throws KeyOnlyError when there is no token to be had. */
export interface TokenSource {
  /** A valid token, mostly one already at hand. */
  get(signal: AbortSignal): Promise<Token>;
  /** Another token than one that the service refused although it looked valid. */
  renew(signal: AbortSignal): Promise<Token>;
}

interface TokenSourceOptions {
  /** Milliseconds during which an authority that failed is not asked again: it would cost every question its time-out. */
  restMs?: number;
  /** Milliseconds for one request to the authority. */
  timeoutMs?: number;
}

const SCOPE = 'https://cognitiveservices.azure.com/.default';
const PUBLIC_AUTHORITY = 'https://login.microsoftonline.com';
const REFUSAL = /AADSTS|invalid_client|invalid_grant|invalid_request|unauthorized_client|invalid_scope|access_denied/;

/**
 * Tokens of a service principal that signs with its certificate. The credential is made once and kept, and caches its
 * tokens; another one is made when the certificate in the file is another, so that a renewed one needs no restart.
 */
export function createTokenSource(
  principal: ServicePrincipal,
  { restMs = 60_000, timeoutMs = 4000 }: TokenSourceOptions = {},
): TokenSource {
  let kept: { pem: string; credential: ClientCertificateCredential } | null = null;
  let rest: { until: number; pem: string; error: KeyOnlyError } | null = null;

  async function obtain(signal: AbortSignal, anew: boolean): Promise<Token> {
    const { pem, expiresAt } = await readCertificate(principal.pemPath);
    if (expiresAt <= Date.now()) throw new KeyOnlyError('certificate-expired');
    if (rest !== null && rest.pem === pem && performance.now() < rest.until) throw rest.error;
    // A credential offers no way to pass over its cache but to start with an empty one.
    if (kept?.pem !== pem || anew) kept = { pem, credential: createCredential(principal, pem, timeoutMs) };
    try {
      const token = await abortable(kept.credential.getToken(SCOPE, { abortSignal: signal }), signal);
      rest = null;
      return { value: token.token, expiresAt: token.expiresOnTimestamp };
    } catch (error) {
      if (signal.aborted) throw new KeyOnlyError('authority-unreachable');
      const words = error instanceof Error ? error.message : '';
      const known = REFUSAL.test(words)
        ? new KeyOnlyError('authority-refused', /AADSTS\d{1,9}/.exec(words)?.[0])
        : new KeyOnlyError('authority-unreachable');
      rest = { until: performance.now() + restMs, pem, error: known };
      throw known;
    }
  }

  return { get: (signal) => obtain(signal, false), renew: (signal) => obtain(signal, true) };
}

function createCredential({ tenantId, clientId, authorityHost }: ServicePrincipal, pem: string, timeoutMs: number) {
  const authority = new URL(authorityHost ?? PUBLIC_AUTHORITY);
  return new ClientCertificateCredential(
    tenantId,
    clientId,
    { certificate: pem },
    {
      authorityHost: authority.href.replace(/\/$/, ''),
      // Discovery would ask a public host whether the configured one may be trusted.
      disableInstanceDiscovery: true,
      retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 1000 },
      redirectOptions: { maxRetries: 0 },
      additionalPolicies: [
        {
          position: 'perRetry',
          policy: {
            name: 'configuredAuthorityOnly',
            sendRequest(request, next) {
              // Variables of the environment can send the client to regional hosts.
              if (new URL(request.url).origin !== authority.origin) throw new Error('not the configured authority');
              request.timeout = timeoutMs;
              return next(request);
            },
          },
        },
      ],
    },
  );
}

/** The client does not pass its signal on to its own requests. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = Promise.withResolvers<never>();
  const onAbort = () => stop.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, stop.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.promise.catch(() => {});
    work.catch(() => {});
  }
}
