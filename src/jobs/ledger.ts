/**
 * Which slots are done, for all replicas. It is what makes "once" true; the backends only say when to look. Methods may reject
 * when the ledger is away: then nothing is done, and it is looked at again.
 */
export interface Ledger {
  /** The latest slot of the job that was begun or done. */
  latest(id: string): Promise<{ slot: number; open: boolean } | null>;
  /** Begins a slot for `leaseMs`; no other replica gets it meanwhile. Null when it is done, or somebody else is at it. */
  begin(id: string, slot: number, leaseMs: number): Promise<{ again: boolean } | null>;
  finish(id: string, slot: number): Promise<void>;
  /** Gives it back, to be begun again after `retryMs`; after three attempts it stays as it is. */
  fail(id: string, slot: number, retryMs: number): Promise<void>;
}
