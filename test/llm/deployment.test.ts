import { expect, it } from 'vitest';
import { learningDeployment } from '../../src/llm/deployment.ts';
import { keptLog } from './script.ts';

const BODY = JSON.stringify({
  messages: [],
  temperature: 0,
  stream: true,
  stream_options: { include_usage: true },
});

const error = (message: string, more: object = {}) => JSON.stringify({ error: { message, ...more } });

it.each<[what: string, status: number, text: string, left: string[]]>([
  [
    'Azure',
    400,
    error('Unrecognized request argument supplied: stream_options', { code: null }),
    ['temperature', 'stream'],
  ],
  ['a proxy', 400, error("Unknown parameter: 'stream_options'."), ['temperature', 'stream']],
  [
    'a service in Python',
    422,
    '{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}',
    ['temperature', 'stream'],
  ],
  [
    'a model that reasons',
    400,
    error("Unsupported value: 'temperature' does not support 0 with this model.", { param: 'temperature' }),
    ['stream', 'stream_options'],
  ],
  [
    'a model that streams to few',
    400,
    error('Your organization must be verified to stream this model.', { param: 'stream', code: 'unsupported_value' }),
    ['temperature'],
  ],
  ['a conversation that is too long', 400, error("This model's maximum context length is 8192 tokens."), []],
  ['something that is no refusal', 500, error('Unrecognized request argument supplied: stream_options'), []],
])('learns from the refusal of %s what to leave out, and says so once', (_what, status, text, left) => {
  const log = keptLog();
  const deployment = learningDeployment(log);
  expect(deployment.fitting(BODY)).toBe(BODY);
  for (let round = 0; round < 2; round += 1) deployment.learn(status, text);
  const sent = Object.keys(JSON.parse(deployment.fitting(BODY))).filter((name) => name !== 'messages');
  expect(sent).toEqual(left.length === 0 ? ['temperature', 'stream', 'stream_options'] : left);
  expect(log.lines).toHaveLength(left.length === 0 ? 0 : 1);
});
