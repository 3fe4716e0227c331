import type { SlackState } from './state.ts';

type ApiFault =
  | { kind: 'rate_limited'; retryAfter: number }
  | { kind: 'http'; status: number; afterEffect: boolean }
  | { kind: 'error'; error: string }
  | { kind: 'slow'; ms: number };

interface Armed {
  method: string;
  fault: ApiFault;
  left: number;
}

/** Things that go wrong between Slack and an app, to be switched on by tests. Each lasts for `times` occurrences (1 unless told). */
export class Faults {
  readonly #state: SlackState;
  readonly #armed: Armed[] = [];
  #duplicates = 0;
  #wrongSignatures = 0;
  #staleTimestamps = 0;
  #ignoredAcks = 0;
  /** Set: response addresses handed out until now are refused with `expired_url`. */
  responseUrlsExpiredBefore = 0;
  /** By type, with what is answered then. */
  readonly refusedBlocks = new Map<string, string>();
  /** How long a stream may stay open. */
  streamLifetimeMs = 300_000;
  /** What sockets do on demand; set by the socket transport. */
  sockets: { drop(): void; refresh(reason: string): void } = { drop: () => {}, refresh: () => {} };

  constructor(state: SlackState) {
    this.#state = state;
  }

  /** The next calls get HTTP 429 with `retry-after` (seconds) and have no effect. `*` stands for any method. */
  rateLimit(method: string, options: { retryAfter?: number; times?: number } = {}): void {
    this.#arm(method, { kind: 'rate_limited', retryAfter: options.retryAfter ?? 1 }, options.times);
  }

  /** The next calls take effect and are answered with HTTP 500 nevertheless. */
  failAfterEffect(method: string, options: { status?: number; times?: number } = {}): void {
    this.#arm(method, { kind: 'http', status: options.status ?? 500, afterEffect: true }, options.times);
  }

  /** The next calls are answered with an HTTP status and have no effect. */
  failHttp(method: string, options: { status?: number; times?: number } = {}): void {
    this.#arm(method, { kind: 'http', status: options.status ?? 503, afterEffect: false }, options.times);
  }

  /** The next calls are answered `{ok: false, error}` and have no effect. */
  fail(method: string, error: string, options: { times?: number } = {}): void {
    this.#arm(method, { kind: 'error', error }, options.times);
  }

  /** Messages with blocks of these types are refused from now on, as by a workspace that does not know them. */
  refuseBlocks(types: readonly string[], error = 'invalid_blocks'): void {
    for (const type of types) this.refusedBlocks.set(type, error);
  }

  /** The next calls are answered late. */
  slow(method: string, ms: number, options: { times?: number } = {}): void {
    this.#arm(method, { kind: 'slow', ms }, options.times);
  }

  /** The next events are delivered once more with a retry number although they were acknowledged. */
  duplicateEvents(times = 1): void {
    this.#duplicates += times;
  }

  /** The next requests to the app carry a signature made with another secret. */
  wrongSignature(times = 1): void {
    this.#wrongSignatures += times;
  }

  /** The next requests to the app are dated ten minutes ago. */
  staleTimestamp(times = 1): void {
    this.#staleTimestamps += times;
  }

  /** The next acknowledgements are treated as lost, so that Slack retries. */
  loseAcks(times = 1): void {
    this.#ignoredAcks += times;
  }

  /** Streams that are open now take no more text. */
  expireStreams(): void {
    for (const stream of this.#state.streams.values()) stream.open = false;
  }

  /** Response addresses handed out until now stop working. */
  expireResponseUrls(): void {
    this.responseUrlsExpiredBefore = this.#state.now() + 1;
  }

  /** Cuts every socket without a word. */
  dropSockets(): void {
    this.sockets.drop();
  }

  /** Asks every connection to reconnect, as Slack does when it recycles a machine. */
  refreshSockets(reason = 'refresh_requested'): void {
    this.sockets.refresh(reason);
  }

  /** Everything works again. */
  clear(): void {
    this.#armed.length = 0;
    this.refusedBlocks.clear();
    this.#duplicates = 0;
    this.#wrongSignatures = 0;
    this.#staleTimestamps = 0;
    this.#ignoredAcks = 0;
    this.responseUrlsExpiredBefore = 0;
    this.streamLifetimeMs = 300_000;
  }

  /** For the server: the fault that hits this call, used up by asking. */
  take(method: string): ApiFault | undefined {
    const armed = this.#armed.find((one) => one.method === method || one.method === '*');
    if (!armed) return undefined;
    armed.left -= 1;
    if (armed.left <= 0) this.#armed.splice(this.#armed.indexOf(armed), 1);
    return armed.fault;
  }

  takeDuplicate(): boolean {
    return this.#duplicates > 0 && this.#duplicates-- > 0;
  }

  takeWrongSignature(): boolean {
    return this.#wrongSignatures > 0 && this.#wrongSignatures-- > 0;
  }

  takeStaleTimestamp(): boolean {
    return this.#staleTimestamps > 0 && this.#staleTimestamps-- > 0;
  }

  takeLostAck(): boolean {
    return this.#ignoredAcks > 0 && this.#ignoredAcks-- > 0;
  }

  #arm(method: string, fault: ApiFault, times = 1): void {
    this.#armed.push({ method, fault, left: times });
  }
}
