import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageAction, PageEvent } from '../../../src/playground/page/protocol.ts';
import { type FakeSlack, startFakeSlack } from '../../../src/playground/slack/start-fake-slack.ts';
import { ALICE, BOB, DM, SUPPORT, TOKENS } from '../slack/bolt.ts';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startFakeSlack({ ...TOKENS, delivery: 'socket', ackTimeoutMs: 20, retryDelaysMs: [] });
});
afterAll(() => slack.stop());

const act = async (action: PageAction, type = 'application/json') => {
  const answer = await fetch(`${slack.url}/playground/do`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(action),
  });
  return { status: answer.status, body: await answer.json() };
};

/** Reads events as `as`: `ready` with the snapshot, `done` once `last` has seen enough. */
function listen(as: string, last: (event: PageEvent) => boolean) {
  const ready = Promise.withResolvers<void>();
  const read = async () => {
    const stop = new AbortController();
    const answer = await fetch(`${slack.url}/playground/events?as=${as}`, { signal: stop.signal });
    const events: PageEvent[] = [];
    let text = '';
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const one of whole) {
        if (!one.startsWith('data: ')) continue;
        const event = JSON.parse(one.slice('data: '.length)) as PageEvent;
        events.push(event);
        ready.resolve();
        if (!last(event)) continue;
        stop.abort();
        return events;
      }
    }
    return events;
  };
  return { ready: ready.promise, done: read() };
}

describe('the page', () => {
  it('comes whole from this server, and may load nothing from elsewhere', async () => {
    const answer = await fetch(slack.url);
    const html = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(parts.length).toBeGreaterThan(3);
    for (const path of parts) expect((await fetch(slack.url + path)).status, path).toBe(200);
    const css = await (await fetch(`${slack.url}/playground/fonts.css`)).text();
    const fonts = [...css.matchAll(/url\(([^)]+)\)/g)].map(([, path]) => path ?? '');
    expect(fonts.every((path) => path.startsWith('/playground/fonts/'))).toBe(true);
    expect((await fetch(slack.url + fonts[0])).headers.get('content-type')).toBe('font/woff2');
  });

  it('gives no other files away', async () => {
    for (const path of [
      '/package.json',
      '/playground/fonts/lato/package.json',
      '/playground/fonts/lato/..%2fpackage.json',
      '/playground/nothing',
    ]) {
      expect((await fetch(slack.url + path)).status, path).toBe(404);
    }
  });

  it('tells each person what they may see', async () => {
    const alice = listen(ALICE, (event) => event.type === 'message' && event.message.text === 'for alice');
    const bob = listen(BOB, (event) => event.type === 'message' && event.message.text === 'for all');
    await Promise.all([alice.ready, bob.ready]);
    slack.sayAsSlackbot(ALICE, SUPPORT, 'for alice');
    slack.postAs(ALICE, DM, 'between alice and the app');
    slack.postAs(ALICE, SUPPORT, 'for all');
    const [snapshot] = await alice.done;
    expect(snapshot).toMatchObject({ type: 'snapshot', snapshot: { me: ALICE, team: { name: 'Night Desk' } } });
    const texts = (await bob.done).flatMap((event) => (event.type === 'message' ? [event.message.text] : []));
    expect(texts).toEqual(['for all']);
  });

  it('does what people ask, as them, and refuses the rest in words', async () => {
    const posted = await act({ as: ALICE, do: 'post', channel: SUPPORT, text: 'hello there' });
    expect(posted).toEqual({ status: 200, body: { ok: true } });
    const message = slack.state.messages.get(SUPPORT)?.find((one) => one.text === 'hello there');
    expect(message?.user).toBe(ALICE);
    const ts = message?.ts ?? '';
    expect((await act({ as: BOB, do: 'delete', channel: SUPPORT, ts })).body).toEqual({
      ok: false,
      error: 'cant_delete_message',
    });
    expect((await act({ as: 'U0NOBODY01', do: 'post', channel: SUPPORT, text: 'x' })).body).toMatchObject({
      error: 'user_not_found',
    });
    expect((await act({ as: ALICE, do: 'post', channel: SUPPORT, text: 'x' }, 'text/plain')).status).toBe(415);
    expect((await act({ as: ALICE, do: 'clock', move: '1 h' })).body).toEqual({
      ok: false,
      error: 'this_clock_cannot_be_moved',
    });
  });

  it('a command that nobody answers is said to have failed; in a thread it does not work', async () => {
    await act({ as: ALICE, do: 'post', channel: SUPPORT, text: '/sentry help' });
    await slack.waitForMessage((message) => message.onlyFor === ALICE && message.text.includes('did not respond'));
    const root = slack.postAs(ALICE, SUPPORT, 'root');
    await act({ as: ALICE, do: 'post', channel: SUPPORT, text: '/sentry help', threadTs: root.ts });
    await slack.waitForMessage(
      (message) => message.onlyFor === ALICE && message.text.includes('does not work in threads'),
    );
  });
});
