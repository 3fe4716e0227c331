import { setTimeout as pause } from 'node:timers/promises';

/** Counts what is being done, so that nobody's question is lost when the process ends. */
export interface Work {
  readonly inFlight: number;
  /** Runs a task; its signal is aborted when the process can wait no longer. */
  run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Resolves when nothing is in flight. */
  drained(): Promise<void>;
  /**
   * Waits for all of it; after `deadlineMs` lets `handOver` have what others can do, tells the rest to stop and waits `graceMs`
   * more. Returns what is still in flight.
   */
  drain(deadlineMs: number, graceMs: number, handOver?: () => Promise<unknown>): Promise<number>;
}

export function createWork(): Work {
  const stop = new AbortController();
  const idle: (() => void)[] = [];
  let inFlight = 0;

  const drained = () => (inFlight === 0 ? Promise.resolve() : new Promise<void>((resolve) => idle.push(resolve)));

  async function within(ms: number): Promise<void> {
    const timer = new AbortController();
    await Promise.race([drained(), pause(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }

  return {
    get inFlight() {
      return inFlight;
    },
    async run(task) {
      inFlight += 1;
      try {
        return await task(stop.signal);
      } finally {
        inFlight -= 1;
        if (inFlight === 0) for (const resolve of idle.splice(0)) resolve();
      }
    },
    drained,
    async drain(deadlineMs, graceMs, handOver) {
      await within(deadlineMs);
      if (inFlight > 0) {
        await handOver?.();
        stop.abort(new Error('SENTRY is stopping'));
        await within(graceMs);
      }
      return inFlight;
    },
  };
}
