import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Signals } from '../replicas/signals.ts';

/** Why a question was ended: a person pressed Stop. The reason of its abort signal. */
export class StoppedByPerson extends Error {
  /** Slack's id; null where Slack does not say. */
  readonly by: string | null;

  constructor(by: string | null) {
    super('stopped by a person');
    this.name = 'AbortError';
    this.by = by;
  }
}

const Place = z.object({ channel: z.string(), threadTs: z.string() });
type Place = z.infer<typeof Place>;

/** One question, or all of a thread. */
const Which = z.union([z.object({ reference: z.string() }), Place]);
type Which = z.infer<typeof Which>;

const Pressed = z.object({ stop: Which, by: z.string().nullable() });

/** The questions that are being worked on, so that people can end them. */
export interface Stops {
  /** Runs the work on a question here; its signal is also aborted by `signal`. */
  during<T>(
    question: Place & { reference: string },
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Ends what is meant, in whichever replica it is worked on; nothing where it is over. */
  stop(which: Which, by: string | null): Promise<void>;
}

export function createStops(signals: Signals): Stops {
  const running = new Map<string, Place & { controller: AbortController }>();
  // Pressed while nobody was at it, since its process is gone: whoever takes it up ends it.
  const early = new LRUCache<string, StoppedByPerson>({ max: 1000, ttl: 60_000 });

  signals.listen((message) => {
    const pressed = Pressed.safeParse(message).data;
    if (pressed === undefined) return;
    if ('reference' in pressed.stop) early.set(pressed.stop.reference, new StoppedByPerson(pressed.by));
    for (const [reference, { controller, ...place }] of running)
      if (isMeant(pressed.stop, reference, place)) controller.abort(new StoppedByPerson(pressed.by));
  });

  return {
    async during({ channel, threadTs, reference }, signal, work) {
      const controller = new AbortController();
      running.set(reference, { channel, threadTs, controller });
      const before = early.get(reference);
      if (before !== undefined) controller.abort(before);
      try {
        return await work(AbortSignal.any([signal, controller.signal]));
      } finally {
        running.delete(reference);
      }
    },
    stop: (which, by) => signals.send({ stop: which, by }),
  };
}

function isMeant(which: Which, reference: string, { channel, threadTs }: Place): boolean {
  if ('reference' in which) return which.reference === reference;
  return which.channel === channel && which.threadTs === threadTs;
}
