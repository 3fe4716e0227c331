import { parseArgs } from 'node:util';
import type { Ask } from './agent/ask.ts';
import { cannotAnswer } from './agent/cannot-answer.ts';
import { type App, createApp, type Overrides } from './app.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';
import { readEnv } from './config/read-env.ts';
import { toSentryError } from './errors.ts';
import { createLogger } from './observability/logger.ts';
import { askLines, askOnce } from './terminal/ask-command.ts';
import { showDigest } from './terminal/digest-command.ts';
import { showFailedStart, showHealth } from './terminal/doctor-command.ts';
import { writeFeedbackCases } from './terminal/feedback-command.ts';
import { replayOnce } from './terminal/replay-command.ts';
import { REDIS_PREFIX } from './wiring/connections.ts';
import { openKeptTrail } from './wiring/kept-trail.ts';

const USAGE = `Usage:
  npm run ask -- "how is derivatives doing?"            a readable answer
  npm run --silent ask -- --json "…"                    the answer as one JSON object
  npm run --silent ask -- --json --stdin                one question a line in, one JSON answer a line out
  npm run digest                                        the digest that would be posted now (--json, too)
  npm run doctor                                        every connection: what was tried, what is wrong, how to mend it
  npm run --silent doctor -- --json                     the same as one JSON object
  npm run --silent feedback-cases                       what people said of answers, as cases: one JSON object a line
  npm run replay -- <reference>                         a question answered again as of then, and what differs
  --verbose                                             log to standard error
`;

type Request = { json: boolean; verbose: boolean } & (
  | { command: 'doctor' | 'digest' | 'feedback-cases' }
  | { command: 'replay'; reference: string }
  /** Null: questions come from standard input, one a line. */
  | { command: 'ask'; question: string | null }
);

async function main(args: string[]): Promise<number> {
  const request = parse(args);
  if (request === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (request.command === 'ask') return answer(request);
  if (request.command === 'replay') return replayed(request);
  if (request.command === 'feedback-cases') return feedback(request);
  return request.command === 'doctor' ? doctor(request) : digest(request);
}

/** Exit codes: 0 answered (a refusal is an answer), 1 could not answer (with `error` set in JSON), 2 wrong usage. */
async function answer(request: Extract<Request, { command: 'ask' }>): Promise<number> {
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
    for (const warning of config.warnings) process.stderr.write(`WARNING: ${warning}\n`);
    return await withApp({ ...config, slack: null }, request, (app) => answerWith(app.ask));
  } catch (error) {
    const known = toSentryError(error);
    process.stderr.write(`${known.message}\n${known.remedy}\n`);
    // What goes wrong after an answer, while closing, adds no second one.
    if (request.json && !written) await answerWith(cannotAnswer(known));
    return 1;
  }
}

/** Exit codes: 0 works (perhaps with warnings), 1 something failed, 2 wrong settings or usage. */
async function doctor(request: Request): Promise<number> {
  const output = { json: request.json, write: (text: string) => process.stdout.write(text) };
  try {
    return await withApp(loadConfig(readEnv()), request, async (app) => showHealth(await app.health(), output));
  } catch (error) {
    return showFailedStart(error, output);
  }
}

/** Exit codes: 0 printed, 1 it could not be made. */
async function digest(request: Request): Promise<number> {
  const output = { json: request.json, write: (text: string) => process.stdout.write(text) };
  try {
    const config = { ...loadConfig(readEnv()), slack: null };
    return await withApp(config, request, async (app) => showDigest(await app.digest(), output));
  } catch (error) {
    const known = toSentryError(error);
    process.stderr.write(`${known.message}\n${known.remedy}\n`);
    return 1;
  }
}

/** Exit codes: 0 written, 1 what is kept could not be read. */
async function feedback({ verbose }: Request): Promise<number> {
  try {
    const config = loadConfig(readEnv());
    const logger = createLogger({ level: verbose ? config.logLevel : 'error', secrets: config.secrets });
    await writeFeedbackCases(config, { prefix: REDIS_PREFIX, logger, write: (text) => process.stdout.write(text) });
    return 0;
  } catch (error) {
    const known = toSentryError(error);
    process.stderr.write(`${known.message}\n${known.remedy}\n`);
    return 1;
  }
}

/** Exit codes: 0 says the same, 1 could not be answered, 2 wrong usage, 3 differs. */
async function replayed(request: Extract<Request, { command: 'replay' }>): Promise<number> {
  const output = { json: request.json, write: (text: string) => process.stdout.write(text) };
  try {
    const config = { ...loadConfig(readEnv()), slack: null };
    const { trail, close } = await openKeptTrail(config);
    const again = (app: App) => replayOnce(app.ask, trail, request.reference, output);
    return await withApp(config, request, again).finally(close);
  } catch (error) {
    const known = toSentryError(error);
    process.stderr.write(`${known.message}\n${known.remedy}\n`);
    return 1;
  }
}

/** The app for one command, never connected to Slack; the simulated world where the real one is not configured. */
async function withApp(config: Config, { verbose }: Request, use: (app: App) => Promise<number>): Promise<number> {
  // A terminal is for the answer; the log is there on request.
  const logger = createLogger({ level: verbose ? config.logLevel : 'error', secrets: config.secrets });
  const world = await openEmbeddedWorld(config);
  const app = createApp(config, logger, world?.overrides);
  try {
    return await use(app);
  } finally {
    await app.stop();
    await world?.stop();
  }
}

function parse(args: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, stdin: { type: 'boolean' }, verbose: { type: 'boolean' } },
    });
    const [command, ...words] = positionals;
    const [reference, ...further] = words;
    const { json = false, stdin = false, verbose = false } = values;
    if ((command === 'doctor' || command === 'digest' || command === 'feedback-cases') && words.length === 0 && !stdin)
      return { command, json, verbose };
    if (command === 'replay' && reference !== undefined && further.length === 0 && !stdin)
      return { command, json, verbose, reference };
    if (command !== 'ask' || (stdin ? words.length > 0 : words.length === 0)) return null;
    return { command, json, verbose, question: stdin ? null : words.join(' ') };
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
