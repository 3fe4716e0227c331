import { expect, it } from 'vitest';
import type { AuditLine, QuestionLine } from '../../src/access/audit-line.ts';
import { openAuditTrail } from '../../src/access/audit-trail.ts';
import type { AskOptions } from '../../src/agent/ask.ts';
import { createAgent } from '../../src/agent/create-agent.ts';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import type { RunRow } from '../../src/batch/run.ts';
import { OfflinePlanner } from '../../src/llm/planner/offline-planner.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { createMemoryStore } from '../../src/state/memory-store.ts';
import { createState } from '../../src/state/state.ts';
import { replayOnce } from '../../src/terminal/replay-command.ts';
import { auditedAsk } from '../../src/wiring/audited.ts';
import { deskOver } from '../batch/inquiry/desk-builder.ts';
import { define, MORNING, manual, run } from '../batch/night-builder.ts';

const names = createEssentialNames();
const HOUR = 3_600_000;
const definitions = [
  define([{ datasetId: 'ds', slices: ['A', 'B'] }], 'SNU'),
  define([{ datasetId: 'other', slices: ['C'] }], 'UPC'),
];

/** SENTRY over tables that change between two questions. */
function openTables(rows: RunRow[]) {
  let now = MORNING;
  const clock = { now: () => now, frozen: true };
  const agent = createAgent({
    openSources: () => deskOver({ definitions, rows }).desk.sources,
    createModel: () => new OfflinePlanner({ names }),
    names,
    clock,
    zone: 'America/New_York',
    rules: NO_HOUSE_RULES,
  });
  const logger = createLogger({ level: 'silent' });
  const state = createState(createMemoryStore(), { logger });
  const trail = openAuditTrail({ state, keepDays: 90, redact: (text) => text, logger });
  const ask = auditedAsk(agent.ask, { trail, clock, names });
  return {
    trail,
    passTo: (later: number) => {
      now = later;
    },
    async ask(text: string, options: Partial<AskOptions> = {}): Promise<QuestionLine> {
      const question = { id: 'abc23456', text, context: null, turns: [] };
      const signal = new AbortController().signal;
      const asker = { user: 'U1', channel: 'C1', threadTs: '5.6' };
      for await (const event of ask(question, { signal, asker, ...options })) if (event.type === 'answer') break;
      await trail.settled();
      const found = await trail.find('abc23456');
      if (found === null) throw new Error('nothing was recorded');
      return found.line;
    },
    async replay(): Promise<{ code: number; text: string }> {
      let text = '';
      const output = { json: false, write: (part: string) => (text += part) };
      const code = await replayOnce(agent.ask, trail, 'abc23456', output);
      return { code, text };
    },
  };
}

const failed = () => run({ slice: 'A', status: 'FAILED', ended: 60 });

it('records who asked what, by which clock, what was read and what was said', async () => {
  const tables = openTables([failed(), run({ slice: 'B' })]);
  const line = await tables.ask('how is snu doing?');
  expect(line).toMatchObject({
    by: { user: 'U1', channel: 'C1', thread: '5.6' },
    question: 'how is snu doing?',
    asked_at: new Date(MORNING).toISOString(),
    open: null,
    steps: expect.arrayContaining(['Reading runs of snu']),
    error: null,
    said: {
      kind: 'status',
      essential: 'SNU',
      status: 'PARTIAL_FAILURE',
      failures: [expect.stringContaining('FAILED')],
    },
  });
});

it('records a question that nobody waited for, too', async () => {
  const recorded: AuditLine[] = [];
  const ask = auditedAsk(
    async function* () {
      yield { type: 'step', id: 's1', title: 'Reading', status: 'in_progress' };
      throw new Error('the model hangs up');
    },
    { trail: { record: (line) => recorded.push(line) }, clock: { now: () => MORNING, frozen: true }, names },
  );
  const question = { id: 'abc23456', text: 'how is snu?', context: null, turns: [] };
  const asker = { user: 'U1', channel: 'C1', threadTs: null };
  const toTheEnd = async () => {
    for await (const _event of ask(question, { signal: new AbortController().signal, asker }));
  };
  await expect(toTheEnd()).rejects.toThrow('hangs up');
  expect(recorded).toMatchObject([{ type: 'question', steps: ['Reading'], said: null, error: 'CANCELLED' }]);
});

it('answers the same again while the tables are the same, however much later', async () => {
  const tables = openTables([failed(), run({ slice: 'B' })]);
  await tables.ask('why did snu fail?');
  tables.passTo(MORNING + 48 * HOUR);
  const { code, text } = await tables.replay();
  expect(text).toContain('Nothing that code computes differs.');
  expect(text).toContain('Asked at 2026-02-14T08:00:00.000Z: why did snu fail?');
  expect(code).toBe(0);
});

it('leaves out what came after the question, and shows what differs and what is gone once a retry rewrote a row', async () => {
  const rows = [failed(), run({ slice: 'B' })];
  const tables = openTables(rows);
  await tables.ask('how is snu doing?');
  tables.passTo(MORNING + 6 * HOUR);
  rows.push(run({ slice: 'B', created: 13 * 60, status: 'FAILED' }));
  expect((await tables.replay()).code).toBe(0);

  const [before] = rows;
  // In place: the key and the creation stay, everything else is that of the retry at 10:00 UTC.
  const retry = manual({ slice: 'A', created: 0, epoch: 14 * 60, ended: 15 * 60 });
  rows[0] = { ...retry, key: before?.key ?? 0 };
  const { code, text } = await tables.replay();
  expect(code).toBe(3);
  expect(text).toMatch(/status differs\n {2}then {2}PARTIAL_FAILURE\n {2}now {3}UNKNOWN/);
  expect(text).toMatch(/failures differs\n {2}then {2}ds · A · FAILED/);
  const gone = text.slice(text.indexOf('What can no longer be known:'));
  expect(gone).toMatch(/- .*\bA\b.*(rewritten|not known|UNKNOWN)/i);
});

it('looks at nothing that was not open to whoever asked', async () => {
  const tables = openTables([failed(), run({ slice: 'B' }), run({ dataset: 'other', slice: 'C' })]);
  const sight = { allows: (essential: string) => essential === 'UPC', denial: () => 'no' };
  const line = await tables.ask('what happened last night?', { sight });
  expect(line.open).toEqual(['UPC']);
  expect(line.said?.essentials).toEqual(['UPC PRELIM: SUCCESS']);
  expect((await tables.replay()).code).toBe(0);
});

it('says when nothing of that reference is kept', async () => {
  const { trail } = openTables([]);
  const ask = async function* () {};
  await expect(replayOnce(ask, trail, 'missing1', { json: true, write: () => {} })).rejects.toMatchObject({
    code: 'USAGE',
    remedy: expect.stringContaining('audit.retention_days'),
  });
});
