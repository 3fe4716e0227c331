import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSentryFile } from '../../src/config/sentry-file.ts';
import { houseRules } from '../../src/wiring/house-rules.ts';

/** The house rules of a text, deadlines without a zone in New York. */
function rulesOf(text: string) {
  const parsed = parseSentryFile(text, 's.yml');
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  return houseRules(parsed.file, 'America/New_York');
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('a deadline', () => {
  const rules = rulesOf(`
deadlines:
  SNU:
    PRELIM: { time: 07:00 }
    FINAL: { time: "18:30", days_after: 0, time_zone: Europe/London }
`);

  it('is a time on the wall, the morning after unless said otherwise', () => {
    expect(iso(rules.deadlineOf('SNU', 'PRELIM', '2026-11-20'))).toBe('2026-11-21T12:00:00.000Z');
    expect(iso(rules.deadlineOf('SNU', 'FINAL', '2026-11-20'))).toBe('2026-11-20T18:30:00.000Z');
  });

  it('stays at its hour when the clocks change', () => {
    expect(iso(rules.deadlineOf('SNU', 'PRELIM', '2026-03-06'))).toBe('2026-03-07T12:00:00.000Z');
    expect(iso(rules.deadlineOf('SNU', 'PRELIM', '2026-03-07'))).toBe('2026-03-08T11:00:00.000Z');
    expect(iso(rules.deadlineOf('SNU', 'FINAL', '2026-07-01'))).toBe('2026-07-01T17:30:00.000Z');
  });

  it('is of one essential and phase', () => {
    expect(rules.deadlineOf('SNU-Strategic', 'PRELIM', '2026-11-20')).toBeNull();
    expect(rulesOf('deadlines: {SNU: {FINAL: {time: "7:00"}}}').deadlineOf('SNU', 'PRELIM', '2026-11-20')).toBeNull();
  });
});

it('thresholds are seconds, and a factor', () => {
  expect(rulesOf('thresholds: {stuck_minutes: 45, queue_minutes: 2.5, slow_factor: 3}').thresholds).toEqual({
    stuckAfterS: 2700,
    queueAfterS: 150,
    slowFactor: 3,
  });
});

describe('advice', () => {
  const rules = rulesOf(`
owners:
  - { essential: SNU, owner: Everybody }
  - { essential: SNU, dataset: "*.cfg-*", owner: Cash flows of SNU }
  - { dataset: "*.cfg-*", owner: Cash flows }
  - { task: snowflake-export-*, owner: Snowflake }
  - { task: snowflake-export-*, owner: Too late }
  - { essential: TB-*, owner: Tables }
runbooks:
  - { dataset: com.x-exact, url: https://wiki.example.com/exact }
`);
  const ownerOf = (essential: string, datasetId: string | null = null, taskId: string | null = null) =>
    rules.adviceFor({ essential, datasetId, taskId }).owner;

  it.each([
    ['SNU', null, null, 'Everybody'],
    ['snu', 'com.x-other', null, 'Everybody'],
    ['SNU', 'com.x.cfg-flows', null, 'Cash flows of SNU'],
    ['TB-CFG', 'com.x.cfg-flows', null, 'Cash flows'],
    ['SNU', 'com.x.cfg-flows', 'snowflake-export-flows', 'Snowflake'],
    ['TB-CFG', null, 'enrich_flows', 'Tables'],
    ['SNU-Strategic', null, null, null],
  ])('of %s, %s, %s comes from the narrowest entry: %s', (essential, datasetId, taskId, owner) => {
    expect(ownerOf(essential, datasetId, taskId)).toBe(owner);
  });

  it('names the runbook of the dataset it is about, whole names only', () => {
    const about = { essential: 'E', taskId: null };
    expect(rules.adviceFor({ ...about, datasetId: 'com.x-exact' })).toEqual({
      owner: null,
      runbook: 'https://wiki.example.com/exact',
    });
    expect(rules.adviceFor({ ...about, datasetId: 'com.x-exact_v2' }).runbook).toBeNull();
    expect(rules.adviceFor({ ...about, datasetId: null }).runbook).toBeNull();
  });

  it('matches as a pattern of its letters and stars would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), minLength: 1, maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    fc.assert(
      fc.property(text, name, (pattern, taskId) => {
        const { adviceFor } = rulesOf(`owners: [{task: "${pattern}", owner: found}]`);
        const same = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(taskId);
        expect(adviceFor({ essential: 'E', datasetId: null, taskId }).owner).toBe(same ? 'found' : null);
      }),
    );
  });

  it('is quick with a pattern of nothing but stars', () => {
    const { adviceFor } = rulesOf(`owners: [{task: "${'*a'.repeat(120)}b", owner: x}]`);
    const begun = performance.now();
    expect(adviceFor({ essential: 'E', datasetId: null, taskId: 'a'.repeat(250) }).owner).toBeNull();
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
