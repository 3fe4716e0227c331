import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { refused } from './no-other-host.ts';

describe('the guard of every test file', () => {
  afterEach(() => {
    refused.length = 0;
  });

  it('refuses to dial another machine, and remembers it', async () => {
    expect(() => connect(443, 'example.com')).toThrow('refused by the tests');
    await expect(fetch('https://example.com')).rejects.toThrow();
    expect(refused).toEqual(['example.com:443', expect.stringContaining('example.com')]);
  });

  it('refuses to look up a name of another machine', () => {
    expect(() => lookup('example.com')).toThrow('refused by the tests');
    expect(refused).toEqual(['lookup example.com']);
  });

  it('lets this machine through', async () => {
    await expect(lookup('127.0.0.1')).resolves.toMatchObject({ address: '127.0.0.1' });
    expect(refused).toEqual([]);
  });
});
