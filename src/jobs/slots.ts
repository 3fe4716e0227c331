import { Cron } from 'croner';
import { LRUCache } from 'lru-cache';
import { SentryError } from '../errors.ts';
import type { Timetable } from './jobs.ts';

/**
 * The slots of a timetable as instants, UTC milliseconds. A local time that a daylight-saving change leaves out is due when the
 * clocks have moved; one that comes twice is due the first time.
 */
export interface Slots {
  /** The latest slot that is not after `at`; null when there is none. */
  latest(at: number): number | null;
  /** The first slot after `at`; null when there is none. */
  next(at: number): number | null;
}

const known = new LRUCache<string, Slots>({ max: 500 });

/** Throws SentryError `USAGE` for a pattern or a zone that is none. */
export function slotsOf(timetable: Timetable): Slots {
  const key = `${timetable.zone} ${timetable.pattern}`;
  const slots = known.get(key) ?? readTimetable(timetable);
  known.set(key, slots);
  return slots;
}

function readTimetable({ pattern, zone }: Timetable): Slots {
  let cron: Cron;
  try {
    cron = new Cron(pattern, { timezone: zone, paused: true, mode: '5-part' });
    cron.nextRun();
  } catch (error) {
    throw new SentryError('USAGE', 'That is no time at which something can be done.', {
      remedy: 'Give a time of day, days of the week and a time zone such as Europe/London.',
      cause: error,
    });
  }
  const next = (at: number) => cron.nextRun(new Date(at))?.getTime() ?? null;
  // Asked every second, and looking back is slow: between two slots the answer stays the same.
  let between: { from: number | null; to: number | null; askedAt: number } | null = null;
  return {
    next,
    latest(at) {
      const same = between !== null && at >= (between.from ?? between.askedAt) && at < (between.to ?? Infinity);
      if (!same) between = { from: latestOf(cron, at), to: next(at), askedAt: at };
      return between?.from ?? null;
    },
  };
}

/** The library knows whole seconds, and "before" leaves out the moment itself. */
function latestOf(cron: Cron, at: number): number | null {
  const second = 1000;
  return cron.previousRuns(1, new Date(Math.floor(at / second) * second + second))[0]?.getTime() ?? null;
}
