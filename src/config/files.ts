import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Reads the text of a file; null when there is none. Throws when it is there and cannot be read. */
export type ReadFile = (path: string) => string | null;

export const readFromDisk: ReadFile = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
};

/** Reads a file that a variable names; reports it when it is there and cannot be read. */
export function readNamed(
  name: string,
  path: string,
  read: ReadFile,
  report: (problem: string) => void,
): { text: string | null; absent: boolean } {
  try {
    const text = read(path);
    return { text, absent: text === null };
  } catch {
    report(`${name} names a file that is there but cannot be read.`);
    return { text: null, absent: false };
  }
}

/** Whether a text holds PEM certificates, all of which can be parsed. */
export function holdsCertificates(pem: string): boolean {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?(-----END CERTIFICATE-----|$)/g) ?? [];
  return certificates.length > 0 && certificates.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return Boolean(new X509Certificate(pem));
  } catch {
    return false;
  }
}
