import type { Orphan } from './question-store.ts';

/** A question in hand. */
export interface Hold {
  readonly reference: string;
  /** It was begun before, by a process that is gone: what that did may be there. */
  readonly again: boolean;
  /** Aborted when the question is somebody else's. */
  readonly signal: AbortSignal;
  /** Keeps it in another form from now on. */
  become(data: unknown): void;
  /** Whether its answer is still to be shown by us. Asks Redis, and means yes where that is away. */
  stillMine(): Promise<boolean>;
}

/** What is to be kept of a question until its answer is shown. */
export interface Keepsake {
  reference: string;
  /** Whatever JSON can hold; all that it takes to answer the question elsewhere. */
  data: unknown;
  /** What is kept for a short time only, e.g. an address that runs out. */
  fleeting?: string | undefined;
}

/** Questions that are being answered, so that none is lost with the process that took it. */
export interface Questions {
  /** Works on a question that is kept meanwhile, and forgets it when the work has ended. Keeping it delays nothing. */
  during(keepsake: Keepsake, work: (hold: Hold) => Promise<void>): Promise<void>;
  /** Begins to look for questions whose process is gone, and gives them to `resume`, which may reject. */
  start(resume: (orphan: Orphan, hold: Hold) => Promise<void>): void;
  /** Takes no further ones. */
  pause(): void;
  /** Gives those in hand to whoever comes, where that is possible; their holds are ours no more. Returns how many. */
  handOver(): Promise<number>;
}

/** Without Redis a question lives and dies with its process. */
export function createMemoryQuestions(): Questions {
  return {
    during: ({ reference }, work) =>
      work({
        reference,
        again: false,
        signal: new AbortController().signal,
        become: () => {},
        stillMine: async () => true,
      }),
    start: () => {},
    pause: () => {},
    handOver: async () => 0,
  };
}
