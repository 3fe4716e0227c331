import type { Logger } from '../observability/logger.ts';
import type { QuestionStore } from './question-store.ts';
import type { Hold, Keepsake, Questions } from './questions.ts';

interface Held {
  keepsake: Keepsake;
  lost: AbortController;
}

interface SharedQuestionsOptions {
  store: QuestionStore;
  logger: Logger;
  /** Between two signs of life, which is also how often others' questions are looked for. A fraction of the lease. */
  beatMs: number;
}

/** Keeps questions where other replicas find them, gives signs of life for them, and takes up what others have left. */
export function createSharedQuestions({
  store,
  logger,
  beatMs,
}: SharedQuestionsOptions): Questions & { close(): void } {
  const inHand = new Map<string, Held>();
  /** Ended while Redis was away. */
  const toForget = new Set<string>();
  let resume: Parameters<Questions['start']>[0] | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function keep({ keepsake, lost }: Held): Promise<void> {
    const { reference, data, fleeting = null } = keepsake;
    const kept = await store.keep(reference, data, fleeting);
    // Where the work has ended in the meantime, nobody is to find what was kept.
    if (kept === 'kept' && !inHand.has(reference)) toForget.add(reference);
    if (kept !== 'lost' || lost.signal.aborted) return;
    logger.info({ reference }, 'A question is in the hands of another replica');
    lost.abort(new Error('another replica has the question'));
  }

  async function hold(keepsake: Keepsake, again: boolean, work: (hold: Hold) => Promise<void>): Promise<void> {
    const { reference } = keepsake;
    const held: Held = { keepsake, lost: new AbortController() };
    const { signal } = held.lost;
    inHand.set(reference, held);
    if (!again) void keep(held);
    try {
      await work({
        reference,
        again,
        signal,
        become(data) {
          held.keepsake = { ...held.keepsake, data };
          if (!signal.aborted) void keep(held);
        },
        async stillMine() {
          if (!signal.aborted) await keep(held);
          return !signal.aborted;
        },
      });
    } finally {
      inHand.delete(reference);
      if (!signal.aborted && !(await store.forget(reference))) toForget.add(reference);
    }
  }

  async function takeOrphans(): Promise<void> {
    while (resume !== null) {
      const orphan = await store.takeOrphan();
      if (orphan === null) return;
      const { reference, data, fleeting } = orphan;
      if (inHand.has(reference)) continue;
      const goOn = resume as typeof resume | null;
      if (goOn === null) {
        // Told to take no more while this one was on its way.
        await store.handOver(reference);
        return;
      }
      logger.warn({ reference, ageMs: orphan.ageMs, deaths: orphan.deaths }, 'A question was left by its process');
      hold({ reference, data, fleeting: fleeting ?? undefined }, true, (mine) => goOn(orphan, mine)).catch((error) =>
        logger.error({ reference, err: error }, 'A question that another process left could not be answered'),
      );
    }
  }

  /** Signs of life come first: a process that stood still does not take its own questions for somebody else's. */
  async function beat(): Promise<void> {
    try {
      await Promise.all([...inHand.values()].filter(({ lost }) => !lost.signal.aborted).map(keep));
      for (const reference of toForget) if (await store.forget(reference)) toForget.delete(reference);
      await takeOrphans();
    } catch (error) {
      logger.error({ err: error }, 'Questions of other processes could not be looked for');
    }
    if (!closed) timer = setTimeout(beat, beatMs).unref();
  }

  return {
    during: (keepsake, work) => hold(keepsake, false, work),
    start(given) {
      resume = given;
      void beat();
    },
    pause() {
      resume = null;
    },
    async handOver() {
      let handed = 0;
      for (const [reference, held] of inHand) {
        const { lost } = held;
        if (!lost.signal.aborted) await keep(held);
        if (lost.signal.aborted || !(await store.handOver(reference))) continue;
        lost.abort(new Error('handed over to another replica'));
        handed += 1;
      }
      return handed;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
