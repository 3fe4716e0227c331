import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { EMPTY_SENTRY_FILE, parseSentryFile, type SentryFile } from '../../src/config/sentry-file.ts';
import { watchSentryFile } from '../../src/config/watch-sentry-file.ts';
import { createLogger } from '../../src/observability/logger.ts';

describe('sentry.yml', () => {
  it('adds names and thresholds', () => {
    expect(
      parseSentryFile('names: {Nightly Derivs: TB-Derivatives}\nthresholds: {stuck_minutes: 45}\n', 's.yml'),
    ).toEqual({
      file: {
        ...EMPTY_SENTRY_FILE,
        path: 's.yml',
        names: { 'Nightly Derivs': 'TB-Derivatives' },
        thresholds: { stuckMinutes: 45, queueMinutes: 5, slowFactor: 1.75 },
      },
    });
  });

  it('declares digests, every day of all batches unless said otherwise', () => {
    const text =
      'digests: [{channel: C0BATCHSUP, time: "7:05"}, {channel: C0BATCHSUP, time: "18:45", days: [thu, mon], time_zone: UTC, essentials: [SNU], phase: FINAL}]';
    const every = { timeZone: null, essentials: null, phase: null, days: [0, 1, 2, 3, 4, 5, 6] };
    expect(parseSentryFile(text, 's.yml')).toMatchObject({
      file: {
        digests: [
          { channel: 'C0BATCHSUP', hour: 7, minute: 5, ...every },
          { hour: 18, minute: 45, days: [1, 4], timeZone: 'UTC', essentials: ['SNU'], phase: 'FINAL' },
        ],
      },
    });
  });

  it.each(['', '# nothing yet\n', 'names: {}\n', 'thresholds: {}\n'])('may leave everything out: %j', (text) => {
    expect(parseSentryFile(text, 's.yml')).toEqual({
      file: { ...EMPTY_SENTRY_FILE, path: 's.yml' },
    });
  });

  it.each([
    ['name: {a: b}', 'name is not a key'],
    ['thresholds: {stuck_minuts: 3}', 'thresholds.stuck_minuts is not a key'],
    ['thresholds: {stuck_minutes: 0}', 'thresholds.stuck_minutes is not valid'],
    ['thresholds: {slow_factor: 1}', 'thresholds.slow_factor is not valid'],
    ['thresholds: {queue_minutes: soon}', 'thresholds.queue_minutes is not valid'],
    ['deadlines: {SNU: {PRELIM: {time: "25:00"}}}', 'deadlines.SNU.PRELIM.time is not valid: must be a time'],
    ['deadlines: {SNU: {PRELIM: {time: 7}}}', 'deadlines.SNU.PRELIM.time is not valid'],
    ['deadlines: {SNU: {PRELIM: {time: "7:00", days_after: -1}}}', 'deadlines.SNU.PRELIM.days_after is not valid'],
    [
      'deadlines: {SNU: {PRELIM: {time: "7:00", time_zone: Mars}}}',
      'time_zone is not valid: must be an IANA time zone',
    ],
    ['deadlines: {SNU: {PRELIM: {time: "7:00"}, LATE: {time: "7:00"}}}', 'deadlines.SNU.LATE is not a key'],
    ['deadlines: {SNU: {}}', 'must name PRELIM, FINAL or both'],
    ['owners: [{owner: A}]', 'owners.0 is not valid: must name an essential'],
    ['owners: [{task: a*, owner: "two\\nlines"}]', 'owners.0.owner is not valid: must be one line'],
    ['owners: [{task: a*}]', 'owners.0.owner is not valid'],
    ['owners: [{essential: SNU, tasks: a*, owner: A}]', 'owners.0.tasks is not a key'],
    ['runbooks: [{task: a*, url: "http://wiki/a"}]', 'runbooks.0.url is not valid: must be an https address'],
    ['runbooks: [{task: a*, url: "https://u:p@wiki/a"}]', 'runbooks.0.url is not valid'],
    ['runbooks: [{task: a*, url: "https://wiki/a|b>"}]', 'runbooks.0.url is not valid'],
    ['access: {chanels: {}}', 'access.chanels is not a key'],
    ['access: {channels: {batch-support: {}}}', "access.channels is not valid: every key must be a channel's id"],
    ['access: {channels: {D0ALICE001: {}}}', 'access.channels is not valid'],
    ['access: {users: {C0ABC: {}}}', "access.users is not valid: every key must be a person's id"],
    ['access: {groups: {"*": {}}}', "access.groups is not valid: every key must be a user group's id"],
    ['access: {users: {U0ABC: {features: [asking]}}}', 'features is not valid: must be "*" or a list of ask, sql'],
    ['access: {users: {U0ABC: {essentials: SNU}}}', 'essentials is not valid: must be "*" or a list of Lenz'],
    ['access: {users: {U0ABC: {essential: [SNU]}}}', 'essential is not a key'],
    ['access: {contact: "two\\nlines"}', 'access.contact is not valid: must be one line'],
    ['access: {limits: {person: {questions: 0}}}', 'access.limits.person.questions is not valid'],
    ['digests: [{time: "7:00"}]', 'digests.0.channel is not valid'],
    ['digests: [{channel: batch-support, time: "7:00"}]', "digests.0.channel is not valid: must be Slack's id"],
    ['digests: [{channel: C0BATCHSUP, time: 7am}]', 'digests.0.time is not valid: must be a time'],
    ['digests: [{channel: C0BATCHSUP, time: "7:00", days: [monday]}]', 'digests.0.days is not valid: must be daily'],
    ['digests: [{channel: C0BATCHSUP, time: "7:00", days: []}]', 'digests.0.days is not valid'],
    ['digests: [{channel: C0BATCHSUP, time: "7:00", time_zone: Mars}]', 'digests.0.time_zone is not valid'],
    ['digests: [{channel: C0BATCHSUP, time: "7:00", zone: UTC}]', 'digests.0.zone is not a key'],
    ['audit: {retention_days: 0}', 'audit.retention_days is not valid'],
    ['names: [a]', 'names is not valid'],
    ['names: {a: 1}', 'names.a is not valid'],
    ['- 1', 'the document is not valid'],
    ['a: b: c', 'not valid YAML'],
  ])('is read strictly: %s', (text, problem) => {
    expect(parseSentryFile(text, 's.yml')).toEqual({ problems: [expect.stringContaining(problem)] });
  });

  it('has an example in docs that is valid', () => {
    const example = readFileSync(new URL('../../docs/sentry.example.yml', import.meta.url), 'utf8');
    expect(parseSentryFile(example, 'x')).toHaveProperty('file');
  });

  it('is found beside the process, or where SENTRY_FILE says', () => {
    const read = (path: string) => (path === 'sentry.yml' || path === '/etc/s.yml' ? `names: {x: "${path}"}` : null);
    expect(loadConfig({}, read).file.names).toEqual({ x: 'sentry.yml' });
    expect(loadConfig({ SENTRY_FILE: '/etc/s.yml' }, read).file).toMatchObject({
      path: '/etc/s.yml',
      names: { x: '/etc/s.yml' },
    });
    expect(() => loadConfig({}, () => 'bad: 1')).toThrow('bad is not a key');
  });

  it('is reloaded when it changes, however it is replaced, and a bad edit keeps the last good one', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'sentry-file-')), 'sentry.yml');
    writeFileSync(path, 'names: {}\n');
    const seen: SentryFile[] = [];
    const lines: string[] = [];
    const log = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
    const watching = watchSentryFile({ path, onChange: (file) => seen.push(file), log });

    writeFileSync(path, 'names: {a: SNU}\n');
    await vi.waitFor(() => expect(seen.at(-1)?.names).toEqual({ a: 'SNU' }));
    writeFileSync(path, 'nmaes: {b: SNU}\n');
    await vi.waitFor(() => expect(lines.join('')).toContain('nmaes is not a key'));
    writeFileSync(`${path}.new`, 'names: {c: SNU}\n');
    renameSync(`${path}.new`, path);
    await vi.waitFor(() => expect(seen.at(-1)?.names).toEqual({ c: 'SNU' }));
    expect(seen.map((file) => file.names)).not.toContainEqual({ b: 'SNU' });
    watching.close();
  });
});
