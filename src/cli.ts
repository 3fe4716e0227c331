import { parseArgs } from 'node:util';
import type { Ask } from './agent/ask.ts';
import { cannotAnswer } from './agent/cannot-answer.ts';
import { createApp, type Overrides } from './app.ts';
import { askLines, askOnce } from './ask-command.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';
import { readEnv } from './config/read-env.ts';
import { toSentryError } from './errors.ts';
import { createLogger } from './observability/logger.ts';

const USAGE = `Usage:
  npm run ask -- "how is derivatives doing?"            a readable answer
  npm run --silent ask -- --json "…"                    the answer as one JSON object
  npm run --silent ask -- --json --stdin                one question a line in, one JSON answer a line out
  --verbose                                             log to standard error
`;

/** Exit codes: 0 answered (a refusal is an answer), 1 could not answer (with `error` set in JSON), 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const request = parse(args);
  if (request === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  let written = false;
  const write = (text: string) => {
    written = true;
    process.stdout.write(text);
  };
  const output = { json: request.json, write };
  const answerWith = (ask: Ask) =>
    request.question === null ? askLines(ask, process.stdin, output) : askOnce(ask, request.question, output);
  try {
    const config = loadConfig(readEnv());
    // A terminal is for the answer; the log is there on request.
    const level = request.verbose ? config.logLevel : 'error';
    const logger = createLogger({ level, secrets: config.secrets });
    for (const warning of config.warnings) process.stderr.write(`WARNING: ${warning}\n`);
    const world = await openEmbeddedWorld(config);
    const app = createApp({ ...config, slack: null }, logger, world?.overrides);
    try {
      return await answerWith(app.ask);
    } finally {
      await app.stop();
      await world?.stop();
    }
  } catch (error) {
    const known = toSentryError(error);
    process.stderr.write(`${known.message}\n${known.remedy}\n`);
    // What goes wrong after an answer, while closing, adds no second one.
    if (request.json && !written) await answerWith(cannotAnswer(known));
    return 1;
  }
}

function parse(args: string[]): { json: boolean; verbose: boolean; question: string | null } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, stdin: { type: 'boolean' }, verbose: { type: 'boolean' } },
    });
    const [command, ...words] = positionals;
    const { json = false, stdin = false, verbose = false } = values;
    if (command !== 'ask' || (stdin ? words.length > 0 : words.length === 0)) return null;
    return { json, verbose, question: stdin ? null : words.join(' ') };
  } catch {
    return null;
  }
}

async function openEmbeddedWorld(config: Config): Promise<{ overrides: Overrides; stop(): Promise<void> } | null> {
  if (config.sources.kind === 'real') return null;
  const { openWorld } = await import('./playground/open-world.ts');
  return openWorld(config);
}

process.exitCode = await main(process.argv.slice(2));
