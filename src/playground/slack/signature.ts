import { createHmac } from 'node:crypto';

/** The headers with which Slack signs a request to an app, scheme `v0`. */
export function signatureHeaders(body: string, signingSecret: string, timestamp: number): Record<string, string> {
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${hash}` };
}
