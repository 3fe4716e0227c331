import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** An id as Slack writes them: a letter or two that name the kind, then capitals and digits. */
export function newId(prefix: string, length = 10): string {
  const random = randomBytes(length);
  return prefix + Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
