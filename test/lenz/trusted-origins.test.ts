import { describe, expect, it } from 'vitest';
import { createTrustedOrigins, type Role } from '../../src/lenz/trusted-origins.ts';

const at = (address: string) => new URL(address);

function roleAfter(lenz: string, redirectedTo: string, listed: string[] = []): Role {
  const origins = createTrustedOrigins(listed);
  origins.redirected(at(lenz), at(redirectedTo), at(lenz));
  return origins.roleOf(at(redirectedTo), at(lenz));
}

describe('where a sign-in may go', () => {
  it.each([
    ['https://lenz-app.prod.aws.bank.example.net', 'https://adfs.bank.example.net/adfs', 'sign-in'],
    ['https://lenz.bank.co.uk', 'https://adfs.bank.co.uk:8443/x', 'sign-in'],
    ['https://lenz.bank.test', 'https://lenz.bank.test/login', 'lenz'],
    ['https://lenz.bank.test', 'http://adfs.bank.test/x', 'stranger'],
    ['http://lenz.bank.test', 'https://adfs.bank.test/x', 'stranger'],
    ['https://lenz.bank.test', 'https://adfs.bank.test.evil.test/x', 'stranger'],
    ['https://lenz.bank.test', 'https://evilbank.test/x', 'stranger'],
    ['https://one.co.uk', 'https://two.co.uk', 'stranger'],
    // Anybody may have one of these.
    ['https://lenz.cloudfront.net', 'https://evil.cloudfront.net', 'stranger'],
    ['https://lenz', 'https://adfs', 'stranger'],
    ['https://10.0.0.1', 'https://10.0.0.2', 'stranger'],
    ['https://127.0.0.1:1', 'https://127.0.0.1:2', 'stranger'],
  ])('from %s to %s: %s', (lenz, to, role) => {
    expect(roleAfter(lenz, to)).toBe(role);
  });

  it('is listed, and nothing else then', () => {
    const listed = ['https://sts.example.com'];
    expect(roleAfter('https://lenz.bank.test', 'https://sts.example.com/adfs', listed)).toBe('sign-in');
    expect(roleAfter('https://lenz.bank.test', 'https://sts.example.com:444/adfs', listed)).toBe('stranger');
    expect(roleAfter('https://lenz.bank.test', 'https://adfs.bank.test', listed)).toBe('stranger');
  });

  it('is learnt once, from Lenz alone', () => {
    const origins = createTrustedOrigins([]);
    const lenz = at('https://lenz.bank.test');
    origins.redirected(at('https://other.bank.test'), at('https://first.bank.test'), lenz);
    expect(origins.roleOf(at('https://first.bank.test'), lenz)).toBe('stranger');
    origins.redirected(lenz, at('https://evil.test'), lenz);
    origins.redirected(lenz, at('https://adfs.bank.test'), lenz);
    origins.redirected(lenz, at('https://third.bank.test'), lenz);
    expect(origins.roleOf(at('https://adfs.bank.test'), lenz)).toBe('sign-in');
    for (const address of ['https://evil.test', 'https://third.bank.test']) {
      expect(origins.roleOf(at(address), lenz)).toBe('stranger');
    }
  });
});
