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

export interface Place {
  channel: string;
  threadTs: string;
}

/** The questions that are being worked on here, so that people can end them. */
export interface Stops {
  /** Runs the work on a question; its signal is also aborted by `signal`. */
  during<T>(
    question: Place & { reference: string },
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Ends one question, or all of a thread. Returns how many were ended: none where they are over, or run elsewhere. */
  stop(which: { reference: string } | Place, by: string | null): number;
}

export function createStops(): Stops {
  const running = new Map<string, Place & { controller: AbortController }>();
  return {
    async during({ channel, threadTs, reference }, signal, work) {
      const controller = new AbortController();
      running.set(reference, { channel, threadTs, controller });
      try {
        return await work(AbortSignal.any([signal, controller.signal]));
      } finally {
        running.delete(reference);
      }
    },
    stop(which, by) {
      const meant = [...running].filter(([reference, place]) =>
        'reference' in which
          ? reference === which.reference
          : place.channel === which.channel && place.threadTs === which.threadTs,
      );
      for (const [, { controller }] of meant) controller.abort(new StoppedByPerson(by));
      return meant.length;
    },
  };
}
