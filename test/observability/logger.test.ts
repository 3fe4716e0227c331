import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/observability/logger.ts';
import { createRedactor } from '../../src/observability/redact.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void, secrets: string[] = []): string {
  const lines: string[] = [];
  write(createLogger({ level: 'TRACE', secrets, destination: { write: (line) => lines.push(line) } }));
  for (const line of lines) JSON.parse(line);
  return lines.join('');
}

/** Each with what must not be seen; the rest of the line is free. */
const PLANTED: [string, string][] = [
  ['a bot token', 'xoxb-123456789012-abcDEF'],
  ['an app-level token', 'xapp-1-A012-345-deadbeef'],
  ['a rotated token', 'xoxe.xoxb-1-abcDEF'],
  [
    'an IAM token',
    'fgw-node.rds.amazonaws.com:6150/?Action=connect&DBUser=AuroraReadWrite&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA0000%2F20260214&X-Amz-Signature=0a1b2c3d',
  ],
  ['a bearer token', 'Bearer abc.def-ghi_jkl~mno'],
  ['a signed token', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ['an NTLM message', 'NTLM TlRMTVNTUAADAAAAGAAYAHgAAAA='],
  ['an API key of a model', 'sk-abcdefgh12345678'],
  ['a response address', 'https://hooks.slack.com/commands/T1/2/abcdef'],
];
const hidden = (secret: string) => secret.replace(/^(Bearer|NTLM) |^https:\/\/hooks\.slack\.com\//, '');

describe('the log', () => {
  it.each(PLANTED)('never shows %s, wherever it stands', (_what, secret) => {
    const lines = logged((log) => {
      log.info(`sent ${secret} to the server`);
      log.warn({ request: { headers: { authorization: secret } }, list: [secret] }, 'refused');
      log.error({ err: new Error(`refused: ${secret}`, { cause: new Error(secret) }) }, 'failed');
      log.error({ body: JSON.stringify({ text: secret }) }, 'failed');
    });
    expect(lines).not.toContain(hidden(secret));
    expect(lines.split('\n').filter(Boolean)).toHaveLength(4);
    expect(lines).toContain('[redacted]');
  });

  it('never shows the user or password of an address', () => {
    const lines = logged((log) => log.info('redis://default:hunter22@cache:6379/0 and https://me:pw@host/x'));
    expect(lines).toContain('redis://[redacted]@cache:6379/0 and https://[redacted]@host/x');
  });

  it.each([
    'password',
    'RDS_PASSWORD',
    'client_secret',
    'apiKey',
    'api-key',
    'azureOpenAIApiKey',
    'Authorization',
    'set-cookie',
  ])('never shows what is called %s', (name) => {
    const lines = logged((log) => {
      log.info({ [name]: 'a "quoted" \\ value', deep: { [name]: 'value two' } });
      log.info({ body: JSON.stringify({ [name]: 'value three' }) });
      log.info(`${name}=value-four&x=1`);
    });
    expect(lines).not.toMatch(/quoted|value/);
    expect(lines).toContain('x=1');
  });

  it('never shows a secret that it was given, as it is, as JSON or as part of a URL', () => {
    const secret = fc.string({ minLength: 6, maxLength: 40 }).map((text) => `S3${text}`);
    fc.assert(
      fc.property(secret, fc.string(), (value, around) => {
        const lines = logged(
          (log) => {
            log.info(`${around} ${value}`);
            log.info({ a: { b: value }, url: `http://h/?q=${encodeURIComponent(value)}` });
          },
          [value],
        );
        const shown = lines
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line));
        expect(shown[0].msg).not.toContain(`${around} ${value}`);
        expect(shown[1].a.b).toBe('[redacted]');
        expect(shown[1].url).not.toContain(encodeURIComponent(value));
      }),
    );
  });

  it('strikes out a secret that became known later', () => {
    const secrets: string[] = [];
    const redact = createRedactor(secrets);
    expect(redact('renewed-pass')).toBe('renewed-pass');
    secrets.push('renewed-pass');
    expect(redact('it is renewed-pass now')).toBe('it is [redacted] now');
  });

  it('shows what is no secret', () => {
    const text =
      'TB-Derivatives PRELIM 2026-02-13: FGW_slsline_calculator_e15_V2_2026-02-13_DERIV-NA-SLICE-1_1771103209811 FAILED';
    expect(logged((log) => log.info({ input_tokens: 12, essential: 'SNU' }, text))).toMatch(
      /"input_tokens":12.*"essential":"SNU".*FAILED/,
    );
    expect(createRedactor()(text)).toBe(text);
  });

  it('stays whole and quick whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => void logged((log) => log.info({ value }, text))),
    );
    for (const hostile of ['a.', '?', '"password":"', '-----BEGIN PRIVATE KEY-----\n', 'x:', '\\"token\\":\\"']) {
      const before = performance.now();
      logged((log) => log.info(hostile.repeat(20_000)));
      expect(performance.now() - before).toBeLessThan(2000);
    }
  });

  it('keeps to its level, named in any case', () => {
    const lines: string[] = [];
    const log = createLogger({ level: 'Warn', destination: { write: (line) => lines.push(line) } });
    log.info('no');
    log.warn('yes');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'warn', time: expect.stringMatching(/Z$/), msg: 'yes' },
    ]);
  });
});
