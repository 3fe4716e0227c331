import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { format } from 'node:util';
import { afterAll, expect } from 'vitest';

/**
 * Runs in every test file: secrets that tests plant carry this mark, and nothing that a file prints or logs to standard
 * output or error may show it.
 */
const MARK = /pl[a4]nted/i;

export const leaked: string[] = [];

function look(text: string): void {
  if (MARK.test(text)) leaked.push(text.slice(0, 500));
}

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = ((chunk: unknown, ...rest: unknown[]) => {
    look(String(chunk));
    return write(chunk, ...rest);
  }) as typeof stream.write;
}

// The logger writes to the descriptor itself.
const { writeSync } = fs;
fs.writeSync = ((fd: number, data: unknown, ...rest: unknown[]) => {
  if (fd === 1 || fd === 2) look(String(data));
  return (writeSync as (...args: unknown[]) => number)(fd, data, ...rest);
}) as typeof fs.writeSync;
syncBuiltinESMExports();

for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  const print = console[level].bind(console);
  console[level] = (...args: unknown[]) => {
    look(format(...args));
    print(...args);
  };
}

afterAll(() => {
  expect(leaked).toEqual([]);
});
