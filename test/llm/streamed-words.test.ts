import { describe, expect, it } from 'vitest';
import type { AgentEvent, Answer } from '../../src/agent/answer.ts';
import type { AgentOptions } from '../../src/agent/create-agent.ts';
import { createModelFactory } from '../../src/llm/create-model.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { planner, smallAgent } from '../agent/asking.ts';
import { names } from '../agent/small-world.ts';
import { type CompletionsOptions, type Scripted, type Streamed, startCompletions } from './completions-server.ts';
import { gated } from './gated.ts';
import { CALL, keptLog, modelNotes } from './script.ts';

const QUESTION = { id: 'r', text: 'how is derivatives prelim doing?', context: null, turns: [] };
const FIRST = 'Step 3 waits for it.';
const BOTH = `${FIRST} 1 of 7 slices failed.`;
const SILENT = /^The language model fell silent half way; what it had said by then was checked and stays\.$/;

/** A service on loopback that first calls a tool, then does what is scripted, and an agent that asks it. */
async function start(words: Scripted | Scripted[], more: Partial<AgentOptions> & CompletionsOptions = {}) {
  const { admit, ...options } = more;
  const server = await startCompletions([CALL, words].flat(), admit ? { admit } : {});
  const log = keptLog();
  const createModel = createModelFactory(
    { kind: 'openai', baseUrl: `${server.url}/v1`, apiKey: 'k', model: 'm' },
    { planner: { names }, logger: log },
  );
  return { server, log, ask: smallAgent({ createModel, createFallbackModel: planner, ...options }) };
}

/** Plays to the end, and tells of every sentence as it is let on. */
async function play(events: AsyncIterable<AgentEvent>, onProse: (text: string) => void = () => {}) {
  const said: string[] = [];
  let answer: Answer | null = null;
  for await (const event of events) {
    if (event.type === 'prose') {
      said.push(event.text);
      onProse(event.text);
    }
    if (event.type === 'answer') answer = event.answer;
  }
  if (answer === null) throw new Error('no answer came');
  return { said, answer };
}

const never = new AbortController().signal;

it('each sentence is let on while the service is still at the next one', async () => {
  const words = gated('Step 3 wai', 'ts for it. 1 of', ' 7 slices failed. 12 slices are', ' gone.');
  const { server, ask } = await start({ pieces: words.pieces });
  await using _server = server;
  words.letGo(2);
  const { said, answer } = await play(ask(QUESTION, { signal: never }), (text) => {
    // Had it waited for the end, the end would never have come.
    words.letGo(text === FIRST ? 3 : 4);
  });
  expect(said).toEqual([FIRST, BOTH]);
  expect(answer).toMatchObject({ prose: BOTH, usage: { llm_calls: 2, input_tokens: 1800, output_tokens: 60 } });
  expect(modelNotes(answer)).toEqual([]);
});

describe('words that end half way: what was let on stays, and a note says so', () => {
  const pieces = async function* () {
    yield `${FIRST} 1 of 7`;
    yield ' slices';
  };

  it.each<[what: string, ends: Streamed['ends'], last: object | null]>([
    ['the connection is cut', 'break-off', null],
    ['the stream ends and has not finished', 'without an end', null],
    ['the service fails in the middle', undefined, { error: { code: 'server_error', message: 'SAID-BY-SERVICE' } }],
    ['something else arrives', undefined, { object: 'SAID-BY-SERVICE' }],
  ])('%s', async (_what, ends, last) => {
    const heard = Promise.withResolvers<void>();
    const failing = async function* () {
      yield* pieces();
      await heard.promise;
      if (last !== null) yield last;
    };
    const written: string[] = [];
    const logger = createLogger({ level: 'trace', destination: { write: (line) => written.push(line) } });
    const { server, ask } = await start({ pieces: failing, ends }, { logger });
    await using _server = server;
    const { said, answer } = await play(ask(QUESTION, { signal: never }), () => heard.resolve());
    expect(said).toEqual([FIRST]);
    expect(answer).toMatchObject({ prose: FIRST, error: null, status: 'PARTIAL_FAILURE' });
    expect(modelNotes(answer)).toEqual([expect.stringMatching(SILENT)]);
    expect(server.received).toHaveLength(2);
    expect(written.join('')).not.toContain('SAID-BY-SERVICE');
  });

  it('the service stalls: the time of its call ends it, and the connection', async () => {
    const { server, ask } = await start({ pieces, ends: 'stall' }, { modelTimeoutS: 1.2 });
    await using _server = server;
    const { answer } = await play(ask(QUESTION, { signal: never }));
    expect(answer.prose).toBe(FIRST);
    expect(modelNotes(answer)).toEqual([expect.stringMatching(SILENT)]);
    await server.received[1]?.left;
  });

  it('its content filter withholds the rest', async () => {
    const { server, ask } = await start({ content: `${FIRST} SNU`, finish_reason: 'content_filter' });
    await using _server = server;
    const { answer } = await play(ask(QUESTION, { signal: never }));
    expect(answer.prose).toBe(FIRST);
    expect(modelNotes(answer)[0]).toContain('half way (its content filter withheld the rest)');
  });

  it('somebody stops the question: the request to the model ends in the middle of the sentence', async () => {
    const { server, ask } = await start({ pieces, ends: 'stall' });
    await using _server = server;
    const stop = new AbortController();
    const { answer } = await play(ask(QUESTION, { signal: stop.signal }), () => stop.abort());
    await server.received[1]?.left;
    expect(answer.prose).toBe(FIRST);
    expect(server.received).toHaveLength(2);
  });
});

describe('a deployment that takes less', () => {
  const UNKNOWN = {
    // As Azure words it for versions of its interface that are older than the option.
    stream_options: { message: 'Unrecognized request argument supplied: stream_options', code: null, param: null },
    stream: {
      message: 'Your organization must be verified to stream this model.',
      code: 'unsupported_value',
      param: 'stream',
    },
  };

  it.each([
    ['no count of tokens in a stream', 'stream_options', { input_tokens: 900, output_tokens: 30 }],
    ['no stream', 'stream', { input_tokens: 1800, output_tokens: 60 }],
  ] as const)('%s: asked without, remembered, said once', async (_what, extra, tokens) => {
    const { server, ask, log } = await start(
      { content: BOTH },
      { admit: ({ body }) => (body[extra] ? { status: 400, error: UNKNOWN[extra] } : null) },
    );
    await using _server = server;
    for (let round = 0; round < 2; round += 1) {
      const { answer } = await play(ask(QUESTION, { signal: never }));
      expect(answer).toMatchObject({ prose: BOTH, usage: { llm_calls: 2, ...tokens } });
      expect(modelNotes(answer)).toEqual([]);
    }
    expect(server.received).toHaveLength(5);
    expect(server.received.filter(({ body }) => body[extra])).toHaveLength(1);
    expect(log.lines.filter((line) => line.startsWith('the deployment'))).toHaveLength(1);
  });

  it('a gateway that answers as a whole, whatever is asked', async () => {
    const whole = { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: BOTH } }] };
    const { server, ask } = await start({ status: 200, raw: JSON.stringify(whole) });
    await using _server = server;
    const { answer } = await play(ask(QUESTION, { signal: never }));
    expect(answer.prose).toBe(BOTH);
    expect(modelNotes(answer)).toEqual([]);
  });
});

describe('calls in the turn of the words', () => {
  const call = { id: 'c2', type: 'function', function: { name: 'get_task_details', arguments: '{}' } };

  it('are made, and a sentence before them is not shown', async () => {
    const { server, ask } = await start([{ content: FIRST, tool_calls: [call] }, { content: '1 of 7 slices failed.' }]);
    await using _server = server;
    const { said, answer } = await play(ask(QUESTION, { signal: never }));
    expect(said).toEqual(['1 of 7 slices failed.']);
    expect(answer.usage).toMatchObject({ llm_calls: 3, tool_calls: 2 });
    expect(JSON.stringify(server.received[2]?.body.messages)).not.toContain(`"content":"${FIRST}`);
  });

  it('are not made behind words that are shown', async () => {
    const { server, ask } = await start({ content: BOTH, tool_calls: [call] });
    await using _server = server;
    const { said, answer } = await play(ask(QUESTION, { signal: never }));
    expect(said).toEqual([FIRST, BOTH]);
    expect(answer).toMatchObject({ prose: BOTH, usage: { llm_calls: 2, tool_calls: 1 } });
  });
});
