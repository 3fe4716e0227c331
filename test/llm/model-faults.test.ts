import { describe, expect, it } from 'vitest';
import type { AgentOptions } from '../../src/agent/create-agent.ts';
import type { Question } from '../../src/agent/question.ts';
import { createModelFactory } from '../../src/llm/create-model.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { askOnce, planner, smallAgent } from '../agent/asking.ts';
import { names } from '../agent/small-world.ts';
import { freePort } from '../servers/free-port.ts';
import { type Scripted, startCompletions } from './completions-server.ts';
import { CALL, keptLog, modelNotes, WORDS } from './script.ts';

const MODELS = {
  azure: (url: string) => ({
    kind: 'azure' as const,
    endpoint: `${url}/`,
    apiKey: 'k',
    apiVersion: '2024-02-01',
    deployment: 'd',
    userId: null,
    servicePrincipal: null,
  }),
  openai: (url: string) => ({ kind: 'openai' as const, baseUrl: `${url}/v1`, apiKey: 'k', model: 'm' }),
};

/** A question that the model and the rules answer alike, asked of a model that behaves as scripted. */
async function asked(
  script: readonly Scripted[],
  more: Partial<AgentOptions> = {},
  kind: keyof typeof MODELS = 'azure',
) {
  await using server = await startCompletions(script);
  const log = keptLog();
  const createModel = createModelFactory(MODELS[kind](server.url), { planner: { names }, logger: log });
  const ask = smallAgent({ createModel, createFallbackModel: planner, ...more });
  const begun = performance.now();
  const { answer, events } = await askOnce(ask, 'how is derivatives prelim doing?');
  const ms = performance.now() - begun;
  expect(events.findIndex(({ type }) => type === 'verdict')).toBeGreaterThan(-1);
  expect(answer).toMatchObject({ status: 'PARTIAL_FAILURE', kind: 'status', error: null });
  return { answer, notes: modelNotes(answer), received: server.received, ms, log, ask };
}

const refused = (status: number, error: object = {}, headers: Record<string, string> = {}) => ({
  status,
  error,
  headers,
});
const TEMPERATURE = refused(400, {
  code: 'unsupported_value',
  param: 'temperature',
  message:
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
});
const TOO_LONG = refused(400, {
  code: 'context_length_exceeded',
  message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
});
const FILTERED = refused(400, {
  code: 'content_filter',
  message: 'The prompt triggered the content management policy.',
});
const READ_BY_RULES = /^The language model did not answer( \(.*\))?; this question was read by rules\.$/;
const WORDED_BY_RULES = /^The language model did not answer( \(.*\))?; these words are put together by rules\.$/;

describe.each(['azure', 'openai'] as const)('%s: mended without anybody noticing', (kind) => {
  it('a deployment that refuses the temperature: left out, remembered, said once', async () => {
    await using server = await startCompletions([CALL, WORDS], {
      admit: ({ body }) => (body.temperature === undefined ? null : TEMPERATURE),
    });
    const log = keptLog();
    const createModel = createModelFactory(MODELS[kind](server.url), { planner: { names }, logger: log });
    for (let round = 0; round < 2; round += 1) {
      const { answer } = await askOnce(smallAgent({ createModel }), 'how is derivatives prelim doing?');
      expect(answer.prose).toBe('Step 3 waits for it.');
    }
    expect(server.received.map(({ body }) => body.temperature)).toEqual([
      0,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(log.lines.filter((line) => line.includes('temperature'))).toHaveLength(1);
  });

  it.each([
    ['a server error', refused(500)],
    ['a gateway with a page of its own', { status: 502, raw: '<h1>Bad gateway</h1>' }],
    ['a connection that is hung up', 'hang-up' as const],
    ['an answer that breaks off', 'break-off' as const],
    ['a busy service that asks for a moment', refused(429, {}, { 'retry-after-ms': '200' })],
    ['a busy service that asks for none', refused(429, {}, { 'retry-after': '0' })],
  ])('%s: tried again', async (_what, fault) => {
    const { answer, notes, received } = await asked([fault, CALL, WORDS], {}, kind);
    expect(answer).toMatchObject({ prose: 'Step 3 waits for it.', usage: { llm_calls: 2 } });
    expect(notes).toEqual([]);
    expect(received).toHaveLength(3);
  });

  it('a busy service is waited for as long as it says', async () => {
    const { received, notes } = await asked([CALL, refused(429, {}, { 'retry-after': '1' }), WORDS], {}, kind);
    expect((received[2]?.at ?? 0) - (received[1]?.at ?? 0)).toBeGreaterThan(990);
    expect(notes).toEqual([]);
  });
});

describe('a conversation that is too long', () => {
  const question: Question = {
    id: 'r',
    text: 'how is derivatives prelim doing?',
    context: null,
    turns: Array.from({ length: 8 }, (_, index) => ({
      by: 'person' as const,
      text: `turn ${index} ${'long '.repeat(80)}`,
    })),
  };

  it('is made shorter once: without earlier turns, and with findings in short', async () => {
    const limit = 5000;
    await using server = await startCompletions([CALL, WORDS], {
      admit: ({ body }) => (JSON.stringify(body.messages.slice(1)).length > limit ? TOO_LONG : null),
    });
    const createModel = createModelFactory(MODELS.azure(server.url), { planner: { names }, logger: keptLog() });
    const ask = smallAgent({ createModel, createFallbackModel: planner });
    let notes: string[] = ['none'];
    for await (const event of ask(question, { signal: new AbortController().signal }))
      if (event.type === 'answer') {
        expect(event.answer.prose).toBe('Step 3 waits for it.');
        notes = modelNotes(event.answer);
      }
    expect(notes).toEqual([]);
    expect(server.received).toHaveLength(3);
    const last = JSON.stringify(server.received[2]?.body.messages);
    expect(last).not.toContain('turn 3');
    expect(last).toContain('verdict');
    expect(last).not.toContain('sequence');
  });

  it('and still is: rules take over', async () => {
    const { notes, received } = await asked([TOO_LONG]);
    expect(notes).toEqual([
      'The language model did not answer (the findings are too long for it); this question was read by rules.',
    ]);
    expect(received).toHaveLength(2);
    const after = await asked([CALL, TOO_LONG, TOO_LONG]);
    expect(after.notes[0]).toMatch(WORDED_BY_RULES);
    expect(after.received).toHaveLength(3);
  });
});

describe('given up at once, the verdict is there all the same', () => {
  it.each([
    ['credentials that are refused', refused(401), 1, 'it refused the credentials'],
    ['a deployment that is not there', refused(404, { code: 'DeploymentNotFound' }), 1, 'it gave nothing usable'],
    ['a busy service that asks for a minute', refused(429, {}, { 'retry-after': '60' }), 1, 'it is busy'],
    [
      'a busy service that names an hour',
      refused(429, {}, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }),
      1,
      'it is busy',
    ],
    ['a content filter on the question', FILTERED, 1, 'its content filter withheld the answer'],
    [
      'a content filter on the answer',
      { finish_reason: 'content_filter', content: 'All' },
      1,
      'its content filter withheld the answer',
    ],
    ['a sign-on page', { status: 200, raw: '<form>user</form>' }, 1, 'it gave nothing usable'],
    ['an answer without choices', { status: 200, raw: '{"choices":[]}' }, 1, 'it gave nothing usable'],
    ['an answer that is no JSON', { status: 200, raw: '{"choices":[' }, 1, 'it gave nothing usable'],
    ['a server that stays broken', refused(503), 2, null],
    ['a connection that is always hung up', 'hang-up' as const, 2, null],
  ])('%s', async (_what, fault, attempts, why) => {
    const before = await asked([fault]);
    expect(before.notes).toEqual([expect.stringMatching(READ_BY_RULES)]);
    if (why !== null) expect(before.notes[0]).toContain(`(${why})`);
    expect(before.received).toHaveLength(attempts);
    const after = await asked([CALL, ...Array<Scripted>(attempts).fill(fault)]);
    expect(after.notes).toEqual([expect.stringMatching(WORDED_BY_RULES)]);
    expect(after.received).toHaveLength(1 + attempts);
    expect(after.answer.prose).not.toBe('');
    expect(Math.max(before.ms, after.ms)).toBeLessThan(5000);
  });

  it('an address that leads elsewhere: nothing is sent there', async () => {
    await using elsewhere = await startCompletions([CALL, WORDS]);
    const { notes, received } = await asked([{ status: 307, headers: { location: `${elsewhere.url}/` } }]);
    expect(notes).toEqual([expect.stringMatching(READ_BY_RULES)]);
    expect(received).toHaveLength(2);
    expect(elsewhere.received).toEqual([]);
  });

  it('a connection that is refused', async () => {
    const createModel = createModelFactory(MODELS.openai(`http://127.0.0.1:${await freePort()}`), {
      planner: { names },
      logger: keptLog(),
    });
    const { answer } = await askOnce(
      smallAgent({ createModel, createFallbackModel: planner }),
      'how is derivatives prelim doing?',
    );
    expect(answer.status).toBe('PARTIAL_FAILURE');
    expect(modelNotes(answer)).toEqual([expect.stringMatching(READ_BY_RULES)]);
  });
});

describe('time', () => {
  it.each(['stall', 'silence'] as const)(
    'a %s ends with the time of its call, and the connection is closed',
    async (fault) => {
      const { notes, received, ms } = await asked([fault], { modelTimeoutS: 0.4 });
      expect(notes).toEqual([expect.stringMatching(READ_BY_RULES)]);
      expect(received).toHaveLength(1);
      await received[0]?.left;
      expect(ms).toBeLessThan(3000);
      const after = await asked([CALL, fault], { modelTimeoutS: 0.4 });
      expect(after.notes).toEqual([expect.stringMatching(WORDED_BY_RULES)]);
      await after.received[1]?.left;
    },
  );

  it('a model that uses up its calls one by one leaves the rules enough of the budget', async () => {
    const nonsense = { tool_calls: [{ id: 'x', type: 'function', function: { name: 'rm_rf', arguments: '{}' } }] };
    const { notes, ms } = await asked([nonsense, 'stall'], { budgetS: 2, modelTimeoutS: 20 });
    expect(notes).toEqual([expect.stringMatching(READ_BY_RULES)]);
    expect(ms).toBeLessThan(2000);
  });

  it('once something is found, the words end before the budget does', async () => {
    // Had the budget ended first, another note would say so.
    const { notes } = await asked([CALL, 'stall'], { budgetS: 2.5, modelTimeoutS: 20 });
    expect(notes).toEqual([expect.stringMatching(WORDED_BY_RULES)]);
  });

  it('a question that is stopped lets go of the model at once', async () => {
    await using server = await startCompletions(['stall']);
    const createModel = createModelFactory(MODELS.azure(server.url), { planner: { names }, logger: keptLog() });
    const stop = new AbortController();
    const ask = smallAgent({ createModel, createFallbackModel: planner });
    const events = ask({ id: 'r', text: 'deriv?', context: null, turns: [] }, { signal: stop.signal });
    const asking = (async () => {
      for await (const event of events) if (event.type === 'answer') return event.answer.error?.code;
    })();
    await expect.poll(() => server.received.length).toBe(1);
    stop.abort();
    expect(await asking).toBe('CANCELLED');
    await server.received[0]?.left;
  });
});

describe('calls that cannot be understood', () => {
  const call = (name: string, args: string) => ({
    tool_calls: [{ id: 'x', type: 'function', function: { name, arguments: args } }],
  });

  it('arguments that are no JSON: the model hears so and calls again', async () => {
    const { received, notes, answer } = await asked([call('get_batch_status', '{"batch": deriv'), CALL, WORDS]);
    expect(received[1]?.body.messages.at(-1)?.content).toContain('not valid JSON');
    expect(answer.usage).toMatchObject({ llm_calls: 3, tool_calls: 1 });
    expect(notes).toEqual([]);
  });

  it('again and again: rules take over', async () => {
    const { received, notes } = await asked([call('get_batch_status', '{"batch": deriv')]);
    expect(received).toHaveLength(2);
    expect(notes).toEqual([expect.stringMatching(READ_BY_RULES)]);
  });

  it.each([
    ['a tool that does not exist', call('restart_dag', '{}'), 'no tool of that name'],
    ['arguments of another shape', call('get_batch_status', '{"batch":["a"],"phase":"LUNCH"}'), 'do not fit'],
    ['arguments that are no object', call('get_batch_status', '"derivatives"'), 'do not fit'],
  ])('%s: the model hears so', async (_what, first, reply) => {
    const { received, notes } = await asked([first, CALL, WORDS]);
    expect(JSON.stringify(received[1]?.body.messages.at(-1))).toContain(reply);
    expect(notes).toEqual([]);
  });

  it('words that are cut off at their longest end with a whole sentence', async () => {
    const { answer } = await asked([
      CALL,
      { content: 'Step 3 waits for it. EMEA_DERIV_CFG failed on', finish_reason: 'length' },
    ]);
    expect(answer.prose).toBe('Step 3 waits for it.');
  });
});

describe('the log', () => {
  it.each([400, 401, 429, 500])('never repeats what the service said with a %s', async (status) => {
    const written: string[] = [];
    const logger = createLogger({ level: 'trace', destination: { write: (line) => written.push(line) } });
    const said = 'YOUR-KEY-IS 5f3c9a and you asked: how is derivatives';
    await asked(
      [CALL, { status, error: { message: said, code: said }, headers: { 'retry-after': '60', 'x-said': said } }],
      {
        logger,
      },
    );
    expect(written.join('')).toContain('the model gave no usable turn');
    expect(written.join('')).not.toMatch(/YOUR-KEY|5f3c9a|you asked/);
  });
});
