/** Writes the latest of many views, one at a time and not too often. What is overtaken is never written. */
export interface UpdateQueue<T> {
  push(view: T): void;
  /** Drops what waits and resolves when the write under way has ended. */
  close(): Promise<void>;
}

/** A write that fails is reported and forgotten: the next one says more. */
export function createUpdateQueue<T>(
  write: (view: T) => Promise<void>,
  gapMs: number,
  failed: (error: unknown) => void,
): UpdateQueue<T> {
  let waiting: { view: T } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let lastAt = performance.now();
  let closed = false;

  function plan(): void {
    if (closed || writing || timer || !waiting) return;
    timer = setTimeout(flush, Math.max(0, lastAt + gapMs - performance.now()));
  }

  function flush(): void {
    timer = null;
    const next = waiting;
    waiting = null;
    if (!next || closed) return;
    lastAt = performance.now();
    writing = write(next.view)
      .catch(failed)
      .finally(() => {
        writing = null;
        lastAt = performance.now();
        plan();
      });
  }

  return {
    push(view) {
      waiting = { view };
      plan();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      timer = null;
      waiting = null;
      await writing;
    },
  };
}
