import { UpstreamError } from '../errors.ts';

/** Why the API key authenticates alone. */
export type KeyOnlyReason =
  | 'not-configured'
  | 'certificate-missing'
  | 'certificate-unreadable'
  | 'certificate-expired'
  | 'authority-unreachable'
  | 'authority-refused';

/** How requests to the model authenticate. Times in UTC milliseconds. */
export type Authentication =
  | { kind: 'hybrid'; tokenExpiresAt: number }
  /** `remedy` is null where nothing is wrong: no service principal is configured. */
  | { kind: 'key-only'; reason: KeyOnlyReason; message: string; remedy: string | null };

const WORDS: Record<Exclude<KeyOnlyReason, 'not-configured'>, readonly [message: string, remedy: string]> = {
  'certificate-missing': [
    'There is no file at AZURE_PEM_PATH.',
    'Put the certificate with its private key there; no restart is needed.',
  ],
  'certificate-unreadable': [
    'The file at AZURE_PEM_PATH does not hold a certificate with its RSA private key, unencrypted, in PEM.',
    'Put both into one PEM file that SENTRY may read; no restart is needed.',
  ],
  'certificate-expired': [
    'The certificate at AZURE_PEM_PATH has expired.',
    'Register a new one with the service principal and put it there; no restart is needed.',
  ],
  'authority-unreachable': [
    'Azure AD gave no answer that could be used.',
    'Check the way to the sign-on authority (AZURE_AUTHORITY_HOST, proxy, firewall) and that its certificate is trusted.',
  ],
  'authority-refused': [
    'Azure AD refused the certificate.',
    'Check AZURE_TENANT_ID and AZURE_SPN_CLIENT_ID, and that this certificate is registered with the service principal.',
  ],
};

/** No bearer token is to be had: the API key stands alone. */
export class KeyOnlyError extends UpstreamError {
  readonly reason: Exclude<KeyOnlyReason, 'not-configured'>;

  /** The number is the authority's own: whoever runs it looks it up. */
  constructor(reason: Exclude<KeyOnlyReason, 'not-configured'>, number?: string) {
    const [message, remedy] = WORDS[reason];
    // Without a cause: the client's own error holds the request with its signed assertion.
    super('llm', 'LLM_AUTH', number === undefined ? message : message.replace(/\.$/, ` (${number}).`), { remedy });
    this.reason = reason;
  }
}

export function keyOnly(error: KeyOnlyError | null): Authentication {
  return error === null
    ? { kind: 'key-only', reason: 'not-configured', message: 'No service principal is configured.', remedy: null }
    : { kind: 'key-only', reason: error.reason, message: error.message, remedy: error.remedy };
}
