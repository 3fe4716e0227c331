import { randomBytes } from 'node:crypto';

/** Letters and digits that are not mistaken for each other when read out over the telephone. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** A short reference for one question, also in the log. */
export function newReference(): string {
  return Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
