import { describe, expect, it } from 'vitest';
import type { DatabaseCheck } from '../../src/db/check-database.ts';
import { UpstreamError } from '../../src/errors.ts';
import { certificateTrouble, lookAtCache, lookAtClock, spellAge } from '../../src/wiring/checks.ts';
import { frozenClock, runningClock } from '../../src/wiring/clock.ts';
import { describeDatabase } from '../../src/wiring/look-at-database.ts';

const NOW = Date.parse('2026-02-14T08:12:00Z');
const WELL: DatabaseCheck = {
  database: 'FINEGRAINED_WORKFLOW',
  address: 'nlb:6150',
  reachable: true,
  loggedIn: true,
  connectMs: 40.4,
  latencyMs: 2,
  tls: { verified: true, certificateDays: 213 },
  serverVersion: '8.0.36',
  readOnly: true,
  grantsBeyondSelect: [],
  tokenExpiresAt: NOW + 5 * 3_600_000,
  error: null,
};

describe('what is said of a database', () => {
  it('is everything that was seen, where all is well', () => {
    const { status, facts, problem } = describeDatabase(WELL, NOW);
    expect([status, problem]).toEqual(['ok', undefined]);
    expect(facts.join(' · ')).toBe(
      'FINEGRAINED_WORKFLOW at nlb:6150 · 8.0.36 · TLS verified · certificate good for 213 days · connected in 40 ms · a statement takes 2 ms · read-only session · the account may only read · token good for 5 h 0 min',
    );
  });

  it.each<[string, Partial<DatabaseCheck>, string, RegExp]>([
    ['an unverified certificate', { tls: { verified: false, certificateDays: 90 } }, 'warn', /pose as the database/],
    ['a certificate that ends soon', { tls: { verified: true, certificateDays: 3 } }, 'warn', /expires in 3 days/],
    ['one that ends today', { tls: { verified: true, certificateDays: 0 } }, 'warn', /expires today/],
    ['one that has ended', { tls: { verified: false, certificateDays: -1 } }, 'fail', /expired 1 day ago/],
    ['a token that ends soon', { tokenExpiresAt: NOW + 60_000 }, 'warn', /ends in 1 min/],
    ['a token that has ended', { tokenExpiresAt: NOW - 1 }, 'warn', /has ended/],
    ['an account that may write', { grantsBeyondSelect: ['INSERT', 'DROP'] }, 'warn', /INSERT, DROP/],
    ['a session that takes writes', { readOnly: false, grantsBeyondSelect: ['ALL'] }, 'fail', /takes writes/],
  ])('tells %s', (_, seen, status, said) => {
    const finding = describeDatabase({ ...WELL, ...seen }, NOW);
    expect(finding).toMatchObject({ status, problem: expect.stringMatching(said), remedy: expect.any(String) });
  });

  it('puts the failure before every warning, and claims nothing that was not seen', () => {
    const error = new UpstreamError('rds', 'RDS_UNREACHABLE', 'Nobody answers.', { remedy: 'Dial in.' });
    const unseen = { serverVersion: null, readOnly: null, grantsBeyondSelect: null, tokenExpiresAt: null };
    const finding = describeDatabase(
      { ...WELL, ...unseen, error, tls: null, connectMs: null, latencyMs: null, reachable: false, loggedIn: false },
      NOW,
    );
    expect(finding).toEqual({
      status: 'fail',
      facts: ['FINEGRAINED_WORKFLOW at nlb:6150'],
      problem: 'Nobody answers. (RDS_UNREACHABLE)',
      remedy: 'Dial in.',
    });
  });
});

describe('what is said of the rest', () => {
  it('is nothing of a certificate that lasts, or of none', () => {
    expect([certificateTrouble(15, 'Lenz', ''), certificateTrouble(null, 'Lenz', '')]).toEqual([null, null]);
  });

  it('names a clock that stands still, and one that runs', () => {
    expect(lookAtClock(frozenClock(NOW), 'America/New_York', false)).toMatchObject({
      status: 'warn',
      facts: ['2026-02-14 08:12 UTC', 'Sat 03:12 in America/New_York'],
    });
    expect(lookAtClock(runningClock(NOW), 'UTC', true)).toMatchObject({
      status: 'ok',
      facts: expect.arrayContaining(['time of the simulated world']),
    });
  });

  it('calls a Redis that is away worth knowing, not failed', async () => {
    const options = { prefix: 'p', signal: AbortSignal.timeout(5000) };
    expect(await lookAtCache('redis://127.0.0.1:1', options)).toMatchObject({
      status: 'warn',
      problem: 'Redis does not serve (ECONNREFUSED).',
    });
    expect(await lookAtCache(null, options)).toMatchObject({ status: 'ok' });
  });

  it('spells how long something lasts', () => {
    expect([5000, 90_000, 5_400_000, 200_000_000].map(spellAge)).toEqual(['5 s', '2 min', '1 h 30 min', '2 days']);
  });
});
