import fs from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/observability/logger.ts';
import { leaked } from './no-secret.ts';

const SECRET = 'a-planted-secret-0815';

describe('the guard against secrets in the output of tests', () => {
  afterEach(() => {
    leaked.length = 0;
  });

  it.each<[string, (text: string) => void]>([
    ['the console', (text) => console.warn('password:', text)],
    ['standard output', (text) => process.stdout.write(`${text}\n`)],
    ['standard error', (text) => process.stderr.write(`${text}\n`)],
    ['the descriptor of standard error', (text) => fs.writeSync(2, `${text}\n`)],
    ['a log that does not know the secret', (text) => createLogger({ level: 'info' }).info({ note: text }, 'hello')],
  ])('sees one in %s', (_, print) => {
    print(SECRET);
    expect(leaked).toHaveLength(1);
  });

  it('sees none in a log that knows it', () => {
    createLogger({ level: 'info', secrets: [SECRET] }).info({ note: SECRET }, 'hello');
    expect(leaked).toEqual([]);
  });
});
