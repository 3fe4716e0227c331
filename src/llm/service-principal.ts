import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KeyOnlyError } from './authentication.ts';

const DAY_MS = 86_400_000;

export interface ServicePrincipal {
  tenantId: string;
  clientId: string;
  /** PEM with the private key and the certificate. */
  pemPath: string;
  /** https; null for Azure's public one. */
  authorityHost: string | null;
}

export interface Certificate {
  /** The file as it is, key and certificate. */
  pem: string;
  /** UTC milliseconds. */
  expiresAt: number;
}

/** Reads the principal's file. Throws KeyOnlyError when there is none, or nothing in it that can sign. */
export async function readCertificate(path: string): Promise<Certificate> {
  const pem = await readFile(path, 'utf8').catch((error: unknown) => {
    const absent = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    throw new KeyOnlyError(absent ? 'certificate-missing' : 'certificate-unreadable');
  });
  try {
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(pem);
    // Azure takes RSA signatures only.
    if (key.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(key)) throw new Error('not a pair');
    return { pem, expiresAt: Date.parse(certificate.validTo) };
  } catch {
    throw new KeyOnlyError('certificate-unreadable');
  }
}

/** Whole days until a certificate ends; negative when it has. */
export function daysLeft(expiresAt: number): number {
  return Math.floor((expiresAt - Date.now()) / DAY_MS);
}
