/** One line of a journal, as it is stored. */
export interface StoredLine {
  /** UTC milliseconds. */
  at: number;
  text: string;
}

/**
 * Where texts are kept; one implementation a backend. All of them pass the same tests. Methods reject with UpstreamError
 * `STATE_UNREACHABLE`, or SentryError `INTERNAL` for what can never succeed, and never answer from a store that is away.
 */
export interface StateStore {
  read(collection: string, id: string): Promise<string | null>;
  /** In order of id. */
  list(collection: string): Promise<{ id: string; text: string }[]>;
  /** Stores `next` (null removes) if what is there is `expected` (null: nothing; undefined: whatever). False when it is not. */
  replace(collection: string, id: string, next: string | null, expected: string | null | undefined): Promise<boolean>;
  append(journal: string, line: StoredLine): Promise<void>;
  /** Lines with `from` ≤ at ≤ `to`, oldest first; lines of one millisecond in the order in which they came. */
  lines(journal: string, from: number, to: number): Promise<StoredLine[]>;
  /** Forgets lines older than `before`; may keep those of the same day. */
  trim(journal: string, before: number): Promise<void>;
  claim(key: string, ttlMs: number): Promise<boolean>;
  readonly durable: boolean;
  describe(): string;
  close(): Promise<void>;
}
