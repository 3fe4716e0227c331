import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { type HealthFinding, runProbes, worstOf } from '../../src/observability/health.ts';
import { conclusion, renderHealth } from '../../src/observability/render-health.ts';

const fine: HealthFinding = { status: 'ok', facts: ['fact'] };

describe('looking at every connection', () => {
  it('takes all looks side by side, and tells them in the order given', async () => {
    const begun: string[] = [];
    let release: () => void = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const look = (name: string) => async () => {
      begun.push(name);
      if (begun.length === 3) release();
      await all;
      return fine;
    };
    const checks = await runProbes(['a', 'b', 'c'].map((name) => ({ name, look: look(name) })));
    expect(checks.map(({ name, status }) => [name, status])).toEqual([
      ['a', 'ok'],
      ['b', 'ok'],
      ['c', 'ok'],
    ]);
  });

  it('ends with its deadline, whatever ignores the signal', async () => {
    const checks = await runProbes(
      [
        { name: 'hangs', look: () => new Promise(() => {}) },
        { name: 'works', look: async () => fine },
      ],
      { deadlineMs: 30 },
    );
    expect(checks[0]).toMatchObject({ status: 'fail', problem: expect.stringContaining('No answer within') });
    expect(checks[1]).toMatchObject({ status: 'ok' });
  });

  it('tells what is thrown with its own remedy, and nothing of a stack', async () => {
    const [known, unknown, late] = await runProbes([
      {
        name: 'known',
        async look() {
          throw new UpstreamError('rds', 'RDS_AUTH', 'Refused.', { remedy: 'Make a new token.' });
        },
      },
      {
        name: 'unknown',
        look() {
          throw new Error('secret inside');
        },
      },
      { name: 'local', local: true, look: async () => fine },
    ]);
    expect(known).toMatchObject({
      status: 'fail',
      facts: ['RDS_AUTH'],
      problem: 'Refused.',
      remedy: 'Make a new token.',
    });
    expect(unknown).toMatchObject({ status: 'fail', facts: ['INTERNAL'] });
    expect(JSON.stringify(unknown)).not.toContain('secret inside');
    expect(late?.ms).toBe(0);
  });

  it('strikes out of every text what must not be seen', async () => {
    const look = async (): Promise<HealthFinding> => ({
      status: 'warn',
      facts: ['a hush b'],
      problem: 'hush',
      remedy: 'say hush',
    });
    const [check] = await runProbes([{ name: 'x', look }], { redact: (text) => text.replaceAll('hush', '…') });
    expect(JSON.stringify(check)).not.toContain('hush');
  });
});

describe('what is shown of it', () => {
  const checks = [
    { name: 'Workflow database', status: 'ok' as const, facts: ['one', 'two'], ms: 12 },
    { name: 'Lenz', status: 'fail' as const, facts: [], problem: 'It is\n  - down', remedy: 'Call them.', ms: 3200 },
    { name: 'Clock', status: 'warn' as const, facts: ['frozen'], problem: 'It stands still.', ms: 0 },
  ];

  it('is aligned, with what is wrong and what to do under what it is about', () => {
    expect(renderHealth(checks)).toBe(
      [
        'ok    Workflow database  one · two · 12 ms',
        'FAIL  Lenz               3.2 s',
        '                         wrong: It is',
        '                                - down',
        '                         do:    Call them.',
        'WARN  Clock              frozen',
        '                         note:  It stands still.',
        '',
        'Failed: Lenz. Worth knowing: Clock.',
        '',
      ].join('\n'),
    );
  });

  it('stays within 110 columns and cuts no word', () => {
    const problem = `${'word '.repeat(60)}${'x'.repeat(150)} end`;
    const lines = renderHealth([{ name: 'Database', status: 'fail', facts: [], problem, ms: 1 }]).split('\n');
    expect(lines.filter((line) => line.length > 110)).toHaveLength(1);
    expect(lines.join('\n')).toContain('x'.repeat(150));
  });

  it('comes to one conclusion', () => {
    expect(worstOf(checks)).toBe('fail');
    expect(worstOf([])).toBe('ok');
    expect(conclusion(checks.slice(0, 1))).toBe('All is well.');
    expect(conclusion(checks.slice(2))).toBe('It works. Worth knowing: Clock.');
  });
});
