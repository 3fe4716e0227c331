import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import ntlm from 'httpntlm/ntlm.js';

export interface NtlmAccount {
  user: string;
  password: string;
  /** When given, the client must name it, in any case. */
  domain?: string;
}

const NTLM_SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN, TARGET_TYPE_DOMAIN, EXTENDED_SECURITY, TARGET_INFO, VERSION, 128, 56. */
const FLAGS = 0xa2898205;

/** A type 2 message: a challenge of eight bytes with the names that NTLMv2 binds its proof to. */
export function challengeMessage(challenge: Buffer, domain: string): Buffer {
  const name = Buffer.from(domain, 'utf16le');
  const targetInfo = Buffer.concat([
    pair(2, name),
    pair(1, Buffer.from('LENZ01', 'utf16le')),
    pair(0, Buffer.alloc(0)),
  ]);
  const head = Buffer.alloc(56);
  NTLM_SIGNATURE.copy(head);
  head.writeUInt32LE(2, 8);
  writeField(head, 12, name.length, 56);
  head.writeUInt32LE(FLAGS, 20);
  challenge.copy(head, 24);
  writeField(head, 40, targetInfo.length, 56 + name.length);
  return Buffer.concat([head, name, targetInfo]);
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function writeField(message: Buffer, at: number, length: number, offset: number): void {
  message.writeUInt16LE(length, at);
  message.writeUInt16LE(length, at + 2);
  message.writeUInt32LE(offset, at + 4);
}

export function newChallenge(): Buffer {
  return randomBytes(8);
}

/** 1, 2 or 3; null for what is not an NTLM message. */
export function messageType(message: Buffer): number | null {
  if (message.length < 12 || !message.subarray(0, 8).equals(NTLM_SIGNATURE)) return null;
  return message.readUInt32LE(8);
}

/** Whether a type 3 message proves knowledge of the password for this challenge. NTLMv2 only. */
export function provesPassword(message: Buffer, challenge: Buffer, account: NtlmAccount): boolean {
  if (messageType(message) !== 3 || message.length < 64) return false;
  const response = field(message, 20);
  const domain = field(message, 28).toString('utf16le');
  const user = field(message, 36).toString('utf16le');
  // NTLMv1 answers are exactly 24 bytes long.
  if (response.length <= 24 || user.toLowerCase() !== account.user.toLowerCase()) return false;
  if (account.domain !== undefined && domain.toLowerCase() !== account.domain.toLowerCase()) return false;
  const ntHash = ntlm.create_NT_hashed_password(account.password);
  const key = hmac(ntHash, Buffer.from(user.toUpperCase() + domain, 'utf16le'));
  const proof = hmac(key, Buffer.concat([challenge, response.subarray(16)]));
  return timingSafeEqual(proof, response.subarray(0, 16));
}

function field(message: Buffer, at: number): Buffer {
  const offset = message.readUInt32LE(at + 4);
  return message.subarray(offset, offset + message.readUInt16LE(at));
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}
