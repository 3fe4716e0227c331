import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson, sendText } from '../slack/http.ts';
import type { FakeSlack } from '../slack/start-fake-slack.ts';
import type { Change } from '../slack/types.ts';
import { perform } from './actions.ts';
import { bundlePage } from './bundle.ts';
import { fontFile, fontSheet } from './fonts.ts';
import type { PageAction, PageEvent } from './protocol.ts';
import { eventFor, snapshotFor } from './snapshot.ts';

const HEARTBEAT_MS = 15_000;
const SECURITY = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
    <meta name="color-scheme" content="light dark" />
    <title>Night Desk · SENTRY playground</title>
    <link rel="icon" href="/playground/icon.svg" />
    <link rel="stylesheet" href="/playground/fonts.css" />
    <link rel="stylesheet" href="/playground/page.css" />
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/playground/page.js"></script>
  </body>
</html>
`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2a1a4a"/><path d="M20.5 21.5A9 9 0 0 1 14 6.6a9.5 9.5 0 1 0 11.4 11.8 9 9 0 0 1-4.9 3.1z" fill="#ffd479"/></svg>`;

/** Serves the page and what it needs: its code, live changes as server-sent events, and what people do. */
export function servePage(slack: FakeSlack) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const { pathname } = url;
    if (request.method === 'POST' && pathname === '/playground/do') return answerAction(slack, request, response);
    if (request.method !== 'GET') return sendText(response, 405, 'not that way', 'text/plain');
    if (pathname === '/') {
      // Begun now, so that it is ready when the browser asks.
      bundlePage().catch(() => {});
      return sendText(response, 200, HTML, 'text/html; charset=utf-8', { ...SECURITY, 'cache-control': 'no-store' });
    }
    if (pathname === '/playground/page.js')
      return sendText(response, 200, (await bundlePage()).js, 'text/javascript; charset=utf-8', SECURITY);
    if (pathname === '/playground/page.css')
      return sendText(response, 200, (await bundlePage()).css, 'text/css; charset=utf-8', SECURITY);
    if (pathname === '/playground/icon.svg') return sendText(response, 200, ICON, 'image/svg+xml', SECURITY);
    if (pathname === '/playground/fonts.css')
      return sendText(response, 200, await fontSheet(), 'text/css; charset=utf-8', SECURITY);
    if (pathname === '/playground/events')
      return streamEvents(slack, request, response, url.searchParams.get('as') ?? '');
    const font = /^\/playground\/fonts\/(\w+)\/([\w.-]+)$/.exec(pathname);
    const file = font?.[1] && font[2] ? await fontFile(font[1], font[2]) : undefined;
    if (file) return sendText(response, 200, file, 'font/woff2', { 'cache-control': 'public, max-age=86400' });
    sendText(response, 404, 'nothing here', 'text/plain');
  };
}

async function answerAction(slack: FakeSlack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Only this page may act: a form of another site cannot send this type without asking first.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    sendJson(response, 415, { ok: false, error: 'json only' });
    return;
  }
  const action = readAction(await readBody(request));
  if (action) sendJson(response, 200, await perform(slack, action));
  else sendJson(response, 400, { ok: false, error: 'not an action' });
}

function streamEvents(slack: FakeSlack, request: IncomingMessage, response: ServerResponse, wanted: string): void {
  const people = [...slack.state.users.values()].filter((user) => !user.botId);
  const me = (people.find((user) => user.id === wanted) ?? people[0])?.id ?? '';
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  const send = (event: PageEvent) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  const listener = (change: Change) => {
    const event = eventFor(slack, me, change);
    if (event) send(event);
  };
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  slack.state.changes.on('change', listener);
  send({ type: 'snapshot', snapshot: snapshotFor(slack, me) });
  request.on('close', () => {
    clearInterval(heartbeat);
    slack.state.changes.off('change', listener);
  });
}

function readAction(body: Buffer): PageAction | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return value && typeof value === 'object' ? (value as PageAction) : undefined;
  } catch {
    return undefined;
  }
}
