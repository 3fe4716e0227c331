import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { openWorld } from '../../src/playground/open-world.ts';
import { type FakeSlack, startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import { NIGHT } from './world-app.ts';

const TOKENS = { botToken: 'xoxb-planted-4711', appToken: 'xapp-planted-4711', signingSecret: 'planted-signing' };
const ALICE = 'U0ALICE001';
const BOT = 'U0SENTRY01';
const SUPPORT = 'C0BATCHSUP';
const INCIDENT = 'C0INCDERIV';
const root = new URL('../..', import.meta.url).pathname;

let folder: string;
let slack: FakeSlack;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sentry-access-'));
  const file = join(folder, 'sentry.yml');
  await writeFile(
    file,
    `access:\n  contact: the batch desk\n  channels:\n    ${SUPPORT}: { essentials: [TB-Derivatives] }\n    ${INCIDENT}: { features: [digest] }\n`,
  );
  slack = await startFakeSlack({ ...TOKENS, delivery: 'socket', now: () => NIGHT });
  const config = loadConfig({
    SENTRY_FILE: file,
    SENTRY_DATA_DIR: join(folder, 'kept'),
    SENTRY_NOW: new Date(NIGHT).toISOString(),
    SLACK_BOT_TOKEN: TOKENS.botToken,
    SLACK_APP_TOKEN: TOKENS.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  });
  const world = await openWorld(config);
  const app = createApp(config, createLogger({ level: 'silent' }), { ...world.overrides, endpointHost: '127.0.0.1' });
  await app.start();
  stop = async () => {
    await app.stop();
    await slack.stop();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  };
}, 60_000);
afterAll(() => stop());

/** Mentions SENTRY and waits for the answer; empty where there is only a word to the asker. */
async function mention(channel: string, text: string): Promise<{ ts: string; answer: string; told: string }> {
  const before = slack.state.ephemerals.length;
  const { ts } = slack.postAs(ALICE, channel, `@sentry ${text}`);
  const done = () => {
    const answer = slack.state
      .thread(channel, ts)
      .find(({ user, metadata }) => user === BOT && metadata?.event_type === 'sentry_answer');
    const told = slack.state.ephemerals[before];
    return answer !== undefined || told !== undefined ? { answer, told } : null;
  };
  await new Promise<void>((resolve) => {
    const look = () => {
      if (done() === null) return;
      slack.state.changes.off('change', look);
      resolve();
    };
    slack.state.changes.on('change', look);
    look();
  });
  const { answer, told } = done() ?? {};
  return {
    ts: answer?.ts ?? '',
    answer: answer === undefined ? '' : `${answer.text}${JSON.stringify(answer.blocks)}`,
    told: told?.text ?? '',
  };
}

async function replay(reference: string) {
  const env = { ...process.env, SENTRY_DATA_DIR: join(folder, 'kept'), SENTRY_NOW: new Date(NIGHT).toISOString() };
  const args = ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'replay', reference];
  return promisify(execFile)(process.execPath, args, { cwd: root, env });
}

it('answers in a channel what is open there, and denies the rest by name', async () => {
  const open = await mention(SUPPORT, 'how is derivatives doing?');
  expect(open.answer).toContain('TB-Derivatives');
  const closed = await mention(SUPPORT, 'how is SNU doing?');
  expect(closed.answer).toContain('SNU is not open in this channel. To change that, ask the batch desk.');
  const night = await mention(SUPPORT, 'what happened last night?');
  expect(night.answer).toMatch(/\d+ more batches are left out: they are not open here/);
  expect(night.answer).not.toMatch(/TB-(?!Derivatives)/);
});

it('answers nothing in a channel where asking is not open, and says so to the asker alone', async () => {
  const { answer, told } = await mention(INCIDENT, 'how is derivatives doing?');
  expect(answer).toBe('');
  expect(told).toContain('not open in this channel. To change that, ask the batch desk.');
});

it('leaves a line for each, without a token, and replays one of them while SENTRY runs', async () => {
  await mention(SUPPORT, `how is derivatives doing? my token is ${TOKENS.botToken}`);
  const { ts } = await mention(SUPPORT, 'how is derivatives doing?');
  await slack.clickButton(ALICE, SUPPORT, ts, { actionId: 'sentry_feedback', text: 'Right' });
  const audit = join(folder, 'kept', 'audit');
  const text = await vi.waitFor(async () => {
    const days = await readdir(audit);
    const written = (await Promise.all(days.map((day) => readFile(join(audit, day), 'utf8')))).join('');
    expect(written).toContain('my token is');
    expect(written).toContain('feedback');
    return written;
  }, 10_000);
  for (const secret of Object.values(TOKENS)) expect(text).not.toContain(secret);
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(JSON.parse(line)[1]));
  expect(lines.map(({ type }) => type)).toEqual(expect.arrayContaining(['question', 'turned_away', 'feedback']));
  const night = lines.find(({ question }) => question?.includes('last night'));
  const judged = lines.find(({ type }) => type === 'feedback');
  expect(judged).toMatchObject({
    by: { user: ALICE },
    feedback: 'right',
    reference: expect.stringMatching(/^[a-z0-9]{8}$/),
  });
  expect(night).toMatchObject({ open: ['TB-Derivatives'], by: { user: ALICE, channel: SUPPORT } });
  expect(night.queries.length).toBeGreaterThan(0);
  const { stdout } = await replay(night.reference);
  expect(stdout).toContain('Nothing that code computes differs.');
  expect(stdout).toContain('What can no longer be known:');
}, 60_000);
