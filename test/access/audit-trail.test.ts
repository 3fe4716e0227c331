import { expect, it } from 'vitest';
import type { QuestionLine } from '../../src/access/audit-line.ts';
import { openAuditTrail } from '../../src/access/audit-trail.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { createRedactor } from '../../src/observability/redact.ts';
import { createMemoryStore } from '../../src/state/memory-store.ts';
import { createState } from '../../src/state/state.ts';

const DAY = 86_400_000;
const logger = createLogger({ level: 'silent' });

function open({ secrets = [] as string[], keepDays = 90 } = {}) {
  let now = Date.parse('2026-03-01T00:00:00Z');
  const store = createMemoryStore();
  const state = createState(store, { logger, now: () => now });
  const trail = openAuditTrail({ state, keepDays, redact: createRedactor(secrets), logger, now: () => now });
  return { store, trail, pass: (ms: number) => (now += ms) };
}

function question(more: Partial<QuestionLine> = {}): QuestionLine {
  return {
    type: 'question',
    reference: 'abc23456',
    by: { user: 'U1', channel: 'C1', thread: '1.2' },
    question: 'how is derivatives doing?',
    asked_at: '2026-02-14T08:12:00.000Z',
    context: null,
    earlier_turns: 0,
    open: null,
    steps: ['Reading runs of derivatives'],
    queries: [{ tool: 'get_batch_status', sql: 'select 1', parameters: '[]', rows: 1, ms: 2 }],
    queries_left_out: 0,
    ms: 12,
    model: { calls: 0, input_tokens: 0, output_tokens: 0 },
    said: null,
    error: null,
    ...more,
  };
}

it('keeps a line as it was written, and finds it by its reference from the newest back', async () => {
  const { trail, pass } = open();
  trail.record(question({ question: 'first' }));
  pass(3 * DAY);
  trail.record(question({ question: 'second' }));
  trail.record(question({ reference: 'another1' }));
  pass(5 * DAY);
  await trail.settled();
  expect((await trail.find('abc23456'))?.line).toEqual(question({ question: 'second' }));
  expect((await trail.find('another1'))?.line.reference).toBe('another1');
  expect(await trail.find('missing1')).toBeNull();
  expect(await trail.read(0)).toHaveLength(3);
});

it('holds no secret, wherever it was pasted', async () => {
  const secret = 'hunter2-"quoted"\\and\\slashed';
  const { trail, store } = open({ secrets: [secret] });
  const pasted = `${secret} xoxb-1234-abcdef Bearer abcdefghijkl`;
  trail.record(
    question({
      question: pasted,
      context: JSON.stringify({ essential: pasted }),
      steps: [pasted],
      queries: [{ tool: 'sql', sql: `select '${pasted}'`, parameters: JSON.stringify([pasted]), rows: 1, ms: 1 }],
    }),
  );
  const by = { user: 'U1', channel: 'C1', thread: null };
  trail.record({ type: 'turned_away', by, feature: 'ask', reason: 'guest', question: pasted });
  trail.record({ type: 'feedback', reference: 'abc23456', by, feedback: 'wrong', cause: null, words: pasted });
  await trail.settled();
  const kept = (await store.lines('audit', 0, 8e15)).map(({ text }) => text).join('\n');
  expect(kept.split('\n')).toHaveLength(3);
  for (const part of ['hunter2', 'quoted', 'slashed', 'xoxb-1234', 'abcdefghijkl']) expect(kept).not.toContain(part);
});

it('bounds whatever comes, and keeps which tools were used', async () => {
  const { trail } = open();
  const long = '"\u0001日本😀'.repeat(1000);
  const query = { tool: 'get_batch_status', sql: long, parameters: long, rows: 1, ms: 2 };
  trail.record(
    question({
      question: long,
      steps: Array.from({ length: 50 }, () => long),
      queries: Array.from({ length: 50 }, () => query),
      open: Array.from({ length: 500 }, () => long),
      error: long,
    }),
  );
  await trail.settled();
  const found = await trail.find('abc23456');
  expect(JSON.stringify(found?.line).length).toBeLessThan(64_000);
  expect(found?.line.queries[0]?.tool).toBe('get_batch_status');
  expect(found?.line.queries_left_out).toBeGreaterThan(0);
});

it('forgets after as many days as are set', async () => {
  const { trail, pass } = open({ keepDays: 2 });
  trail.record(question());
  await trail.settled();
  pass(2 * DAY - 1);
  expect(await trail.find('abc23456')).not.toBeNull();
  pass(2);
  expect(await trail.find('abc23456')).toBeNull();
  expect(await trail.read(0)).toEqual([]);
});

it('says in the log what could not be kept, and goes on', async () => {
  const { log, lines } = memoryLog();
  let away = true;
  const store = createMemoryStore();
  const append: typeof store.append = (journal, line) =>
    away ? Promise.reject(new Error('away')) : store.append(journal, line);
  const state = createState({ ...store, append }, { logger });
  const trail = openAuditTrail({ state, keepDays: 90, redact: (text) => text, logger: log });
  trail.record(question({ reference: 'lost2345' }));
  await trail.settled();
  away = false;
  trail.record(question());
  await trail.settled();
  expect(lines).toEqual([expect.objectContaining({ reference: 'lost2345' })]);
  expect(await trail.find('abc23456')).not.toBeNull();
});

function memoryLog() {
  const lines: object[] = [];
  return { lines, log: { error: (fields: object) => void lines.push(fields) } as never };
}
