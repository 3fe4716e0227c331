import { ClientCertificateCredential } from '@azure/identity';

export interface ServicePrincipal {
  tenantId: string;
  clientId: string;
  /** PEM with the private key and the certificate. */
  pemPath: string;
  /** https; a private authority is asked directly, without discovery at a public host. */
  authorityHost: string | null;
}

/** A valid access token, or null when there is none to be had. */
export type TokenSource = (signal: AbortSignal) => Promise<string | null>;

const SCOPE = 'https://cognitiveservices.azure.com/.default';

/** The credential is made once and kept: it caches its tokens and renews them before they expire. */
export function createTokenSource(principal: ServicePrincipal): TokenSource {
  let credential: ClientCertificateCredential | null = null;
  return async (signal) => {
    credential ??= new ClientCertificateCredential(
      principal.tenantId,
      principal.clientId,
      principal.pemPath,
      principal.authorityHost === null
        ? {}
        : { authorityHost: principal.authorityHost, disableInstanceDiscovery: true },
    );
    return (await credential.getToken(SCOPE, { abortSignal: signal }))?.token ?? null;
  };
}
