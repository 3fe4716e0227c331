/** When a job is due: a cron pattern of five fields in a time zone (IANA name). */
export interface Timetable {
  pattern: string;
  zone: string;
}

/** Something that has to be done again and again. */
export interface Job {
  /** Unique; the same id replaces what was scheduled before. */
  id: string;
  /** The name of a handler. */
  handler: string;
  timetable: Timetable;
  /** Handed to the handler; whatever JSON can hold. */
  data: unknown;
  /** UTC milliseconds: slots up to then were never owed. */
  since: number;
}

/** One slot of a job, to be done now. */
export interface JobRun {
  id: string;
  data: unknown;
  /** The slot, UTC milliseconds. */
  slot: number;
  /** It should have been done a while ago: the process was down, or Redis was. */
  late: boolean;
  /** It was begun before and did not come to its end: what it did then may have taken effect. */
  again: boolean;
}

export type JobHandler = (run: JobRun) => Promise<void>;

/**
 * Does every slot of every job once: over daylight-saving changes, restarts and replicas. A slot that was missed within the
 * last 24 h is done late, of several the latest only. A slot whose handler throws is tried again, three times in all.
 */
export interface Jobs {
  /** Schedules a job, or changes the one of that id. Throws SentryError `USAGE` for a timetable that is none. */
  put(job: Job): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<Job[]>;
  /** Begins to do what is due. `handlers` by name. */
  start(handlers: Readonly<Record<string, JobHandler>>): Promise<void>;
  /** Does nothing further, and waits for what is being done. */
  stop(): Promise<void>;
  describe(): 'redis' | 'memory';
}
