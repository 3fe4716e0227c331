import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionEvents, eventsOfWhole } from '../../src/llm/event-stream.ts';

const said = (content: string, finish_reason: string | null = null) =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] });
const events = (...data: string[]) => data.map((each) => `data: ${each}\n\n`).join('');

/** What comes of the bytes of a text that arrive in pieces of the given sizes, and the code of how it failed. */
async function read(text: string, sizes: readonly number[] = [], broken = false) {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const rest = [...sizes];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = Math.min(bytes.length, at + (rest.shift() ?? bytes.length));
      if (next > at) controller.enqueue(bytes.slice(at, next));
      else if (broken) controller.error(new TypeError('terminated'));
      else controller.close();
      at = next;
    },
  });
  const got: string[] = [];
  try {
    for await (const event of completionEvents(body)) got.push(event);
    return { got, code: null };
  } catch (error) {
    return { got, code: (error as { code: string }).code, message: String(error) };
  }
}

describe('the events of a streamed completion', () => {
  it('are the same wherever the bytes are cut, also in the middle of a character', async () => {
    const text = `: hello\r\n\r\ndata: ${said('Größe 😀')}\r\n\r\nevent: x\ndata:${said('', 'stop')}\n\ndata: [DONE]\n\n`;
    const whole = await read(text);
    expect(whole).toEqual({ got: [events(said('Größe 😀')), events(said('', 'stop')), events('[DONE]')], code: null });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }), async (sizes) => {
        expect(await read(text, sizes)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[what: string, text: string, broken: boolean, code: string | null]>([
    ['no end mark after a reason to finish', events(said('a'), said('', 'stop')), false, null],
    ['a connection that is gone after a reason to finish', events(said('a', 'length')), true, null],
    ['an end mark alone', events(said('a'), '[DONE]'), false, null],
    ['neither', events(said('a')), false, 'LLM_UNREACHABLE'],
    ['nothing', '', false, 'LLM_UNREACHABLE'],
    ['a connection that is gone', events(said('a')), true, 'LLM_UNREACHABLE'],
    ['a page', '<form>user</form>', false, 'LLM_UNREACHABLE'],
    ['what is no JSON', events('<form>'), false, 'LLM_INVALID'],
    ['what is no completion', events('{"object":"x"}'), false, 'LLM_INVALID'],
    ['a failure', events(said('a'), '{"error":{"message":"SECRET"}}'), false, 'LLM_UNREACHABLE'],
    ['a filter', events('{"error":{"code":"content_filter","message":"SECRET"}}'), false, 'LLM_REFUSED'],
    ['a limit', events('{"error":{"code":"rate_limit_exceeded","message":"SECRET"}}'), false, 'LLM_BUSY'],
  ])('%s', async (_what, text, broken, code) => {
    const result = await read(text, [], broken);
    expect(result.code).toBe(code);
    expect(result.message ?? '').not.toContain('SECRET');
  });

  it('of one that came whole are those of a stream of it', async () => {
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
    const whole = {
      id: 'x',
      choices: [{ index: 0, finish_reason: 'stop', message: { content: 'a', tool_calls: [call] } }],
    };
    const { got, code } = await read(eventsOfWhole(JSON.stringify(whole)));
    expect(code).toBe(null);
    expect(JSON.parse((got[0] ?? '').slice(6))).toEqual({
      id: 'x',
      choices: [{ index: 0, finish_reason: 'stop', delta: { content: 'a', tool_calls: [{ index: 0, ...call }] } }],
    });
  });
});
