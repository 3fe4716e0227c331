import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendText } from '../slack/http.ts';
import type { FakeSlack } from '../slack/start-fake-slack.ts';

export function servePage(_slack: FakeSlack) {
  return async (_request: IncomingMessage, response: ServerResponse, _url: URL): Promise<void> => {
    sendText(response, 404, 'nothing here', 'text/plain');
  };
}
