import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkLenz } from '../../src/lenz/check-lenz.ts';
import type { FederationWays } from '../../src/playground/lenz/federation.ts';
import { ACCOUNT, carried, NAMES, setUpBanks } from './bank.ts';
import { simpleDocument } from './documents.ts';
import { failureOf } from './failure-of.ts';

const START = Date.UTC(2026, 1, 14, 3);
const MINUTE = 60_000;
const { open, client, lookedUp } = setUpBanks();

const BY_NTLM = ['adfs.bank.test type1', 'adfs.bank.test type3', 'lenz-app.bank.test token'];
const BY_FORM = ['adfs.bank.test password', 'lenz-app.bank.test token'];
const AGAIN = ['lenz-app.bank.test token'];

/** A clock for the guards: a minute is over when the test says so. */
let time: number;
beforeEach(() => {
  time = START;
});
const now = () => time;

describe('Lenz behind ADFS', () => {
  it.each(['code', 'redirect', 'wresult', 'SAMLResponse'] as const)(
    'lets SENTRY in by NTLM and %s',
    async (handBack) => {
      const bank = await open();
      bank.ways.handBack = handBack;
      const lenz = client(bank);
      expect(await lenz.fetchDefinition('A')).toEqual(simpleDocument('A'));
      expect(carried(bank)).toEqual(handBack === 'redirect' ? BY_NTLM.slice(0, 2) : BY_NTLM);
      expect(lenz.door().signedInBy).toBe('adfs-ntlm');
    },
  );

  it.each(['code', 'redirect', 'wresult', 'SAMLResponse'] as const)(
    'lets SENTRY in by its form and %s',
    async (handBack) => {
      const bank = await open();
      Object.assign(bank.ways, { handBack, asks: 'form' } satisfies Partial<FederationWays>);
      const lenz = client(bank);
      expect(await lenz.fetchDefinition('A')).toEqual(simpleDocument('A'));
      expect(carried(bank)).toEqual(handBack === 'redirect' ? BY_FORM.slice(0, 1) : BY_FORM);
      expect(lenz.door().signedInBy).toBe('adfs-form');
    },
  );

  it('is one request a definition after that, however many ask at once', async () => {
    const bank = await open();
    const lenz = client(bank);
    const documents = await Promise.all(NAMES.map((name) => lenz.fetchDefinition(name)));
    expect(documents).toEqual(NAMES.map((name) => simpleDocument(name)));
    expect(carried(bank)).toEqual(BY_NTLM);
    const before = bank.requests.length;
    for (const name of NAMES) await lenz.fetchDefinition(name);
    expect(bank.requests).toHaveLength(before + NAMES.length);
  });

  it('does the handshake on one connection, and says the same name everywhere', async () => {
    const bank = await open();
    await client(bank).fetchDefinition('A');
    expect(new Set(bank.requests.map((request) => request.userAgent))).toEqual(
      new Set([expect.stringContaining('Trident/7.0')]),
    );
    const own = await open();
    await client(own, { userAgent: 'Someone/1.0' }).fetchDefinition('A');
    expect(new Set(own.requests.map((request) => request.userAgent))).toEqual(new Set(['Someone/1.0']));
    // ADFS takes this one for no Windows, and shows its form.
    expect(carried(own)).toEqual(BY_FORM);
  });

  it.each([{ user: 'naeast\\I000001', domain: 'OTHER' }, { password: ACCOUNT.password.normalize('NFD') }])(
    'takes %j as well, by NTLM and by form',
    async (account) => {
      for (const asks of ['by-user-agent', 'form'] as const) {
        const bank = await open();
        bank.ways.asks = asks;
        expect(await client(bank, account).fetchDefinition('A')).toEqual(simpleDocument('A'));
      }
    },
  );

  it('keeps to NTLM, or to the form, where the setting says so', async () => {
    const bank = await open();
    expect(await client(bank, { ntlm: 'never' }).fetchDefinition('A')).toEqual(simpleDocument('A'));
    expect(carried(bank)).toEqual(BY_FORM);
    const second = await open();
    expect(await client(second, { ntlm: 'unasked', form: false }).fetchDefinition('A')).toEqual(simpleDocument('A'));
    expect(carried(second)).toEqual(['lenz-app.bank.test type1', ...BY_NTLM]);
  });

  it('is refused with words for it where the setting does not fit the server', async () => {
    const bank = await open();
    const windows = 'Trident/7.0';
    const noNtlm = await failureOf(
      client(bank, { ntlm: 'never', userAgent: windows }).fetchDefinition('A'),
      'LENZ_AUTH',
    );
    expect(noNtlm.remedy).toContain('LENZ_AUTH to auto or ntlm');
    bank.ways.asks = 'form';
    const noForm = await failureOf(client(bank, { form: false }).fetchDefinition('A'), 'LENZ_AUTH');
    expect(noForm.remedy).toContain('LENZ_AUTH to auto or adfs-form');
    expect(carried(bank)).toEqual([]);
  });

  it('tells the doctor how it got in, and how long the certificate lasts', async () => {
    const bank = await open();
    const definitions = { names: () => ['A'], states: () => [] };
    expect(await checkLenz({ client: client(bank), definitions })).toMatchObject({
      reachable: true,
      signedInBy: 'adfs-ntlm',
      certificateDays: 0,
      error: null,
    });
  });
});

describe('a session', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(['redirect', '401-when-ended', 'html-when-ended'] as const)(
    'that Lenz ends with %s is renewed without credentials, as long as ADFS remembers',
    async (withoutSession) => {
      const bank = await open();
      bank.ways.withoutSession = withoutSession;
      const lenz = client(bank);
      await lenz.fetchDefinition('A');
      bank.end('lenz');
      expect(await Promise.all(NAMES.map((name) => lenz.fetchDefinition(name)))).toHaveLength(NAMES.length);
      expect(carried(bank)).toEqual([...BY_NTLM, ...AGAIN]);
    },
  );

  it('is not taken for ended because Lenz calls its definitions a web page', async () => {
    const bank = await open();
    bank.ways.contentType = 'text/html';
    const lenz = client(bank);
    for (const name of NAMES) expect(await lenz.fetchDefinition(name)).toEqual(simpleDocument(name));
    expect(carried(bank)).toEqual(BY_NTLM);
  });

  it('that ADFS has forgotten too is renewed with credentials, once', async () => {
    for (const [asks, expected] of [
      ['by-user-agent', BY_NTLM],
      ['form', BY_FORM],
    ] as const) {
      const bank = await open();
      bank.ways.asks = asks;
      const lenz = client(bank);
      await lenz.fetchDefinition('A');
      bank.end('lenz');
      bank.end('adfs');
      await Promise.all(NAMES.map((name) => lenz.fetchDefinition(name)));
      expect(carried(bank)).toEqual([...expected, ...expected]);
    }
  });

  it('whose cookie has expired is renewed', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const bank = await open();
    bank.cookieAge(600);
    const lenz = client(bank);
    await lenz.fetchDefinition('A');
    vi.setSystemTime(Date.now() + 599_000);
    await lenz.fetchDefinition('B');
    expect(carried(bank)).toEqual(BY_NTLM);
    vi.setSystemTime(Date.now() + 2000);
    expect(await lenz.fetchDefinition('C')).toEqual(simpleDocument('C'));
    expect(carried(bank)).toEqual([...BY_NTLM, ...AGAIN]);
  });

  it('that does not hold is not asked for again and again', async () => {
    const bank = await open();
    bank.ways.fault = 'session-not-kept';
    const lenz = client(bank, { now });
    const failure = await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    expect(failure.message).toContain('sign in again at once');
    for (const name of NAMES) await failureOf(lenz.fetchDefinition(name), 'LENZ_AUTH');
    expect((await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH')).message).toContain('too often');
    // Four in a minute, and the credentials only for the first.
    expect(carried(bank)).toEqual([...BY_NTLM, ...AGAIN, ...AGAIN, ...AGAIN]);
    bank.ways.fault = null;
    time += MINUTE;
    expect(await lenz.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });
});

describe('a wrong password', () => {
  it.each(['by-user-agent', 'form'] as const)('is tried once (%s), however many ask, and held back', async (asks) => {
    const bank = await open();
    bank.ways.asks = asks;
    const lenz = client(bank, { password: 'wrong', now });
    const failures = await Promise.all(NAMES.map((name) => failureOf(lenz.fetchDefinition(name), 'LENZ_AUTH')));
    expect(failures[0]?.message).toContain(`${new URL(bank.origins.adfs).host}) refused`);
    for (const failure of failures.slice(1)) expect(failure.message).toContain('not tried again');
    expect(bank.refusals()).toBe(1);
    time += 29 * MINUTE;
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    expect(bank.refusals()).toBe(1);
    time += MINUTE;
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    expect(bank.refusals()).toBe(2);
  });

  it('refused in one way is not tried in the other', async () => {
    const bank = await open();
    const lenz = client(bank, { password: 'wrong', now });
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    bank.ways.asks = 'form';
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    expect(bank.refusals()).toBe(1);
  });

  it('is told from a connection that closes after the challenge', async () => {
    const bank = await open();
    bank.ways.fault = 'close-after-type-2';
    const lenz = client(bank, { now });
    expect((await failureOf(lenz.fetchDefinition('A'), 'LENZ_UNREACHABLE')).message).toContain('not even looked at');
    expect(bank.refusals()).toBe(0);
    bank.ways.fault = null;
    expect(await lenz.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });
});

describe('credentials and tokens', () => {
  const secrets = [ACCOUNT.password, encodeURIComponent(ACCOUNT.password), 'TlRMTVNTUAAD', ACCOUNT.user, 'token'];

  it('do not go to a sign-in service elsewhere, unless it is listed', async () => {
    const bank = await open();
    bank.ways.signInAt = bank.origins.other;
    const failure = await failureOf(client(bank).fetchDefinition('A'), 'LENZ_AUTH');
    expect(failure.remedy).toContain(`${bank.origins.other} into LENZ_ADFS_ORIGINS`);
    expect(carried(bank)).toEqual([]);
    const listed = client(bank, { adfsOrigins: [bank.origins.other] });
    expect(await listed.fetchDefinition('A')).toEqual(simpleDocument('A'));
    expect(carried(bank)).toEqual(BY_NTLM.map((line) => line.replace('adfs.bank', 'adfs.other')));
  });

  it('do not go to the ADFS next door once others are listed', async () => {
    const bank = await open();
    await failureOf(client(bank, { adfsOrigins: [bank.origins.other] }).fetchDefinition('A'), 'LENZ_AUTH');
    expect(carried(bank)).toEqual([]);
  });

  it('do not go to a second service, after the first was learnt', async () => {
    const bank = await open();
    const lenz = client(bank);
    await lenz.fetchDefinition('A');
    bank.end('lenz');
    bank.ways.signInAt = `https://lenz2.bank.test`;
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_UNREACHABLE');
    expect(carried(bank)).toEqual(BY_NTLM);
  });

  it.each(['loginFormAt', 'handBackAt'] as const)('are not posted to a stranger (%s)', async (where) => {
    const bank = await open();
    bank.ways.asks = 'form';
    bank.ways[where] = bank.origins.evil;
    const failure = await failureOf(client(bank).fetchDefinition('A'), 'LENZ_AUTH');
    expect(failure.message).toContain(bank.origins.evil);
    expect(bank.requests.filter((request) => request.host === 'evil.test')).toEqual([]);
  });

  it('are not carried by a redirect from ADFS to a stranger', async () => {
    const bank = await open();
    Object.assign(bank.ways, { handBack: 'redirect', handBackAt: bank.origins.evil });
    const failure = await failureOf(client(bank).fetchDefinition('A'), 'LENZ_AUTH');
    expect(`${failure.message} ${failure.remedy}`).not.toContain('token');
    expect(bank.requests.filter((request) => request.host === 'evil.test')).toEqual([]);
  });

  it('do not go to a stranger that Lenz itself redirects to', async () => {
    const bank = await open();
    const lenz = client(bank);
    await lenz.fetchDefinition('A');
    bank.end('lenz');
    bank.ways.signInAt = bank.origins.evil;
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    const seen = bank.requests.filter((request) => request.host === 'evil.test').map((request) => request.raw);
    expect(seen).toHaveLength(1);
    for (const secret of [...secrets, 'MSISAuth', 'LenzSession']) expect(seen.join()).not.toContain(secret);
  });

  it('do not go over plain http', async () => {
    const bank = await open();
    bank.ways.signInAt = 'http://adfs.bank.test';
    await failureOf(client(bank).fetchDefinition('A'), 'LENZ_UNREACHABLE');
    expect(carried(bank)).toEqual([]);
  });
});

describe('what is told', () => {
  const user = 'I7PLANTEDUSER';
  const password = 'planted-password-Ω';
  const forms = [user, password, encodeURIComponent(password), 'token+', 'MSISAuth', 'LenzSession', 'TlRMTVNTUAAD'];
  const faults = [
    'session-not-kept',
    'second-factor',
    'close-after-type-2',
    'msis-7042',
    'unavailable',
    'circle',
  ] as const;

  it.each([null, ...faults])('of a failure holds no secret: %s', async (fault) => {
    for (const asks of ['by-user-agent', 'form'] as const) {
      const bank = await open();
      Object.assign(bank.ways, { asks, fault });
      const lenz = client(bank, { user, password });
      const told = inspect([await lenz.fetchDefinition('A').catch((error: unknown) => error), lenz, lenz.door()], {
        depth: 20,
        showHidden: true,
      });
      if (fault !== 'close-after-type-2' || asks !== 'form') expect(told).toContain('LENZ_');
      for (const secret of forms) expect(told).not.toContain(secret);
    }
  });

  it('looks hosts of the bank up, and no others', () => {
    expect([...lookedUp].sort()).toEqual([
      'adfs.bank.test',
      'adfs.other.test',
      'evil.test',
      'lenz-app.bank.test',
      'lenz2.bank.test',
    ]);
  });
});

describe('an ADFS in trouble', () => {
  it('that has had enough (MSIS7042) is left alone for minutes', async () => {
    const bank = await open();
    bank.ways.fault = 'msis-7042';
    const lenz = client(bank, { now });
    expect((await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH')).message).toContain('too often');
    const before = bank.requests.filter((request) => request.host === 'adfs.bank.test').length;
    time += 4 * MINUTE;
    await failureOf(lenz.fetchDefinition('A'), 'LENZ_AUTH');
    expect(bank.requests.filter((request) => request.host === 'adfs.bank.test')).toHaveLength(before);
    bank.ways.fault = null;
    time += MINUTE;
    expect(await lenz.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });

  it('names its error', async () => {
    const bank = await open();
    bank.ways.fault = 'no-way-in';
    expect((await failureOf(client(bank).fetchDefinition('A'), 'LENZ_AUTH')).message).toContain('MSIS9605');
  });

  it('that wants a second factor cannot be helped, and gets one password', async () => {
    for (const asks of ['by-user-agent', 'form'] as const) {
      const bank = await open();
      Object.assign(bank.ways, { asks, fault: 'second-factor' });
      const failure = await failureOf(client(bank).fetchDefinition('A'), 'LENZ_AUTH');
      expect(failure.remedy).toContain('second factor');
      expect(carried(bank)).toEqual((asks === 'form' ? BY_FORM : BY_NTLM).slice(0, -1));
    }
  });

  it('that is down is unreachable, not a wrong password', async () => {
    const bank = await open();
    bank.ways.fault = 'unavailable';
    const lenz = client(bank, { now });
    expect((await failureOf(lenz.fetchDefinition('A'), 'LENZ_UNREACHABLE')).message).toContain('503');
    bank.ways.fault = null;
    expect(await lenz.fetchDefinition('A')).toEqual(simpleDocument('A'));
  });

  it('that redirects in a circle is left after ten hops', async () => {
    const bank = await open();
    bank.ways.fault = 'circle';
    const failure = await failureOf(client(bank).fetchDefinition('A'), 'LENZ_UNREACHABLE');
    expect(failure.message).toContain('more than 10 times');
    expect(bank.requests).toHaveLength(11);
  });
});
