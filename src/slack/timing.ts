/** Waits of this room, in milliseconds. */
export interface Timing {
  /** Between two updates of a message that is still being worked on. */
  updateGapMs: number;
  /** How long one message is streamed at most: Slack ends a stream after some five minutes. */
  streamMs: number;
  /** Before each further try of a call that failed without an answer. */
  retryDelaysMs: readonly number[];
  /** One call of the Web API. */
  requestMs: number;
  /** The longest that Slack's own "retry after" is obeyed for one call. */
  rateLimitMs: number;
  /** One question, from first to last. */
  questionMs: number;
  /** How long a question may go on after it was told to stop. */
  graceMs: number;
  /** How long a press of the same button counts as the same press. */
  doubleClickMs: number;
  /** Without a pong after this the socket counts as dead; also the pause before the first reconnect. */
  pongMs: number;
  /** Between attempts to connect once Slack has refused one. */
  reconnectMs: number;
}

export const TIMING: Timing = {
  updateGapMs: 1000,
  streamMs: 240_000,
  retryDelaysMs: [300, 1000, 3000],
  requestMs: 10_000,
  rateLimitMs: 60_000,
  questionMs: 150_000,
  graceMs: 3000,
  doubleClickMs: 20_000,
  pongMs: 5000,
  reconnectMs: 15_000,
};

/** How long a delivery is remembered: Slack's last retry comes about six minutes after the first. Milliseconds. */
export const DELIVERY_TTL_MS = 20 * 60_000;
