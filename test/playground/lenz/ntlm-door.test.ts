import ntlm from 'httpntlm/ntlm.js';
import { describe, expect, it } from 'vitest';
import { challengeMessage, messageType, newChallenge, provesPassword } from '../../../src/playground/lenz/ntlm-door.ts';

const account = { user: 'User', password: 'Password', domain: 'Domain' };

/** A type 3 message with nothing in it but what NTLMv2 is judged by. */
function type3(response: Buffer, user: string, domain: string): Buffer {
  const head = Buffer.alloc(72);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(3, 8);
  const parts = [
    { at: 20, bytes: response },
    { at: 28, bytes: Buffer.from(domain, 'utf16le') },
    { at: 36, bytes: Buffer.from(user, 'utf16le') },
  ];
  let offset = head.length;
  for (const { at, bytes } of parts) {
    head.writeUInt16LE(bytes.length, at);
    head.writeUInt16LE(bytes.length, at + 2);
    head.writeUInt32LE(offset, at + 4);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...parts.map((part) => part.bytes)]);
}

describe('the door of the fake Lenz', () => {
  it('hashes passwords as Windows does', () => {
    expect(ntlm.create_NT_hashed_password('Password').toString('hex')).toBe('a4f49c406510bdcab6824ee7c30fd852');
  });

  // The worked example of [MS-NLMP] 4.2.4.
  const challenge = Buffer.from('0123456789abcdef', 'hex');
  const blob = Buffer.from(
    '01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000' +
      '02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000',
    'hex',
  );
  const response = Buffer.concat([Buffer.from('68cd0ab851e51c96aabc927bebef6a1c', 'hex'), blob]);

  it('accepts the published example of an NTLMv2 proof', () => {
    expect(provesPassword(type3(response, 'User', 'Domain'), challenge, account)).toBe(true);
  });

  it('refuses it for another challenge, password, user or domain, and when a bit of it is changed', () => {
    const message = type3(response, 'User', 'Domain');
    expect(provesPassword(message, newChallenge(), account)).toBe(false);
    expect(provesPassword(message, challenge, { ...account, password: 'password' })).toBe(false);
    expect(provesPassword(message, challenge, { ...account, user: 'Other' })).toBe(false);
    expect(provesPassword(message, challenge, { ...account, domain: 'Other' })).toBe(false);
    const changed = Buffer.from(response);
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    expect(provesPassword(type3(changed, 'User', 'Domain'), challenge, account)).toBe(false);
  });

  it('refuses NTLMv1 and what is no type 3 message', () => {
    expect(provesPassword(type3(response.subarray(0, 24), 'User', 'Domain'), challenge, account)).toBe(false);
    expect(provesPassword(Buffer.from('junk'), challenge, account)).toBe(false);
    expect(messageType(Buffer.from('NTLMSSP\0'))).toBeNull();
  });

  it('makes challenges that the client library reads', () => {
    const message = challengeMessage(challenge, 'Domäne');
    const read = ntlm.parseType2Message(`NTLM ${message.toString('base64')}`, () => {});
    expect(read?.serverChallenge.equals(challenge)).toBe(true);
    expect(read?.targetInfo?.toString('utf16le')).toContain('Domäne');
  });
});
