import { LRUCache } from 'lru-cache';
import { withDeadline } from '../../agent/deadline.ts';
import type { BusinessDate } from '../../batch/business-date.ts';
import type { Clarification, NightFinding, Refusal } from '../../batch/finding.ts';
import type { Instant } from '../../batch/instant.ts';
import type { Phase } from '../../batch/run.ts';
import type { Sight } from '../../batch/sight.ts';

/** Which night: the last one where no date is given, in the latest phase of each essential where no phase is. */
export interface AboutNight {
  date: BusinessDate | null;
  phase: Phase | null;
  sight: Sight;
}

export type NightAnswer = NightFinding | Refusal | Clarification;

/** Looks at all essentials of a night. `onStatuses` is told of it before causes are looked for. */
export type NightLook = (
  about: AboutNight,
  signal: AbortSignal,
  onStatuses: (night: NightFinding) => void,
) => Promise<NightAnswer>;

/** A night as it was read. */
export interface SeenNight {
  answer: NightAnswer;
  /** What the clock of the data said when the reading began. */
  asOf: Instant;
  /** How long ago that was in real time, milliseconds. */
  ageMs: number;
  /** False: causes are still being looked for. */
  complete: boolean;
}

/** The night for whoever looks in, read once for all who may see the same. */
export interface Nights {
  /** What was read within the last minute; null where that is nothing. */
  kept(about: AboutNight): SeenNight | null;
  /**
   * Reads it anew: its statuses as soon as they are known, then all of it. Whoever asks while it is being read joins in.
   * @throws what the look throws, and the reason of `signal` once that is aborted.
   */
  read(about: AboutNight, signal: AbortSignal): AsyncGenerator<SeenNight>;
}

interface Options {
  look: NightLook;
  /** Lenz names of all essentials: who sees the same of them shares what was read. */
  essentials: () => readonly string[];
  /** The clock of the data, UTC milliseconds. */
  clock: () => Instant;
  /** Real time, milliseconds. */
  now?: () => number;
}

interface Reading {
  statuses: Promise<Kept>;
  whole: Promise<Kept>;
  followers: number;
  over: AbortController;
}

type Kept = Omit<SeenNight, 'ageMs'> & { readAt: number };

const KEEP_MS = 60_000;
/** Dates, phases and sights that are looked at within a minute. */
const MOST = 20;

export function createNights({ look, essentials, clock, now = Date.now }: Options): Nights {
  const kept = new LRUCache<string, Kept>({ max: MOST });
  const underWay = new Map<string, Reading>();
  const keyOf = ({ date, phase, sight }: AboutNight) =>
    JSON.stringify([date, phase, essentials().filter((essential) => sight.allows(essential))]);
  const seen = ({ readAt, ...rest }: Kept): SeenNight => ({ ...rest, ageMs: Math.max(0, now() - readAt) });

  function begin(about: AboutNight, key: string): Reading {
    const over = new AbortController();
    const begun = { asOf: clock(), readAt: now() };
    const first = Promise.withResolvers<Kept>();
    const whole = look(about, over.signal, (answer) => first.resolve({ answer, ...begun, complete: false })).then(
      (answer) => ({ answer, ...begun, complete: true }),
    );
    const reading = { statuses: first.promise, whole, followers: 0, over };
    underWay.set(key, reading);
    const ended = () => underWay.get(key) === reading && underWay.delete(key);
    over.signal.addEventListener('abort', ended, { once: true });
    whole.then(
      (night) => {
        kept.set(key, night);
        ended();
        first.resolve(night);
      },
      (error) => {
        ended();
        first.reject(error);
      },
    );
    return reading;
  }

  return {
    kept(about) {
      const found = kept.get(keyOf(about));
      if (found === undefined || now() - found.readAt > KEEP_MS) return null;
      // A clock that somebody moved shows another night.
      return Math.abs(clock() - found.asOf) > KEEP_MS ? null : seen(found);
    },
    async *read(about, signal) {
      const key = keyOf(about);
      const reading = underWay.get(key) ?? begin(about, key);
      reading.followers += 1;
      try {
        const first = await withDeadline(reading.statuses, signal);
        yield seen(first);
        if (!first.complete) yield seen(await withDeadline(reading.whole, signal));
      } finally {
        reading.followers -= 1;
        // Nobody waits for it any more; where it is over, this changes nothing.
        if (reading.followers === 0) reading.over.abort(new Error('nobody waits for this night'));
      }
    },
  };
}
