import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { number, type Part } from '../part.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Draw pictures in a process of their own, or keep to a wall clock: longer would say nothing more of them. */
const LEFT_OUT = /^test\/(charts\/|soak\/|observability\/logger)/;

/** Ask about a part of what there is, and about all of it in a soak. */
const SAMPLED = ['test/e2e/ground-truth.test.ts'];

/** Test files that hold a property. */
export function propertyFiles(): string[] {
  return globSync('test/**/*.test.ts', { cwd: root })
    .filter((path) => !LEFT_OUT.test(path))
    .filter((path) => /\bfc\.assert\(/.test(readFileSync(join(root, path), 'utf8')))
    .sort();
}

interface Outcome {
  numTotalTests: number;
  numPassedTests: number;
  testResults: {
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** The properties of the tests, each tried many more times. */
export const properties: Part = async ({ seed, times }) => {
  const files = [...propertyFiles(), ...SAMPLED];
  const folder = mkdtempSync(join(tmpdir(), 'sentry-soak-'));
  const output = join(folder, 'outcome.json');
  try {
    await run(files, output, { SENTRY_SOAK_TIMES: String(times), SENTRY_SOAK_SEED: String(seed) });
    const outcome = JSON.parse(readFileSync(output, 'utf8')) as Outcome;
    return {
      title: 'Properties',
      what: 'The property tests of `npm test` (what is understood of dates, names, commands and questions, what the query guards let through, what is struck out of logs, what fits into Slack, and more) as they are, each tried so many times as often; and the answers over SQLite and MariaDB, held to the simulation’s own truth for every batch, phase and date.',
      figures: [
        ['files', number(files.length)],
        ['times as often', number(times)],
        ['tests passed', `${number(outcome.numPassedTests)} of ${number(outcome.numTotalTests)}`],
      ],
      failures: failuresOf(outcome),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function failuresOf({ testResults }: Outcome): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const file = name.replace(root, '');
    // A file that could not be loaded has no tests, and a message.
    if (assertionResults.length === 0) return [`${file}: ${message}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file}: ${fullName}: ${failureMessages.join('\n').slice(0, 2000)}`,
    );
  });
}

function run(files: readonly string[], output: string, more: Record<string, string>): Promise<void> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['--config', 'test/soak/properties/vitest.config.ts', '--reporter=json', `--outputFile=${output}`];
  const child = spawn(process.execPath, [vitest, 'run', ...options, ...files], {
    cwd: root,
    env: { ...process.env, ...more },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // Whether tests failed is read from what it wrote.
    child.on('exit', () => resolve());
  });
}
