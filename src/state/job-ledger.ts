import { z } from 'zod';
import type { State } from './state.ts';

const ATTEMPTS = 3;

const Entry = z.object({
  slot: z.number(),
  open: z.boolean(),
  /** UTC milliseconds: until then nobody else may begin it. */
  leaseUntil: z.number(),
  attempts: z.number(),
});

/** Which slots of which jobs are done; the shape that `jobs` asks for. `now` is real time: leases are about real processes. */
export function createJobLedger(state: State, now: () => number = Date.now) {
  const entries = state.collection('job-slots', Entry);
  return {
    async latest(id: string) {
      const entry = await entries.get(id);
      return entry === null ? null : { slot: entry.slot, open: entry.open };
    },
    async begin(id: string, slot: number, leaseMs: number) {
      let begun: { again: boolean } | null = null;
      await entries.change(id, (before) => {
        begun = null;
        const same = before !== null && before.slot === slot;
        if (before !== null && before.slot > slot) return before;
        if (same && (!before.open || before.leaseUntil > now() || before.attempts >= ATTEMPTS)) return before;
        begun = { again: same };
        return { slot, open: true, leaseUntil: now() + leaseMs, attempts: same ? before.attempts + 1 : 1 };
      });
      return begun as { again: boolean } | null;
    },
    async finish(id: string, slot: number) {
      await entries.change(id, (before) => (before?.slot === slot ? { ...before, open: false } : before));
    },
    async fail(id: string, slot: number, retryMs: number) {
      await entries.change(id, (before) =>
        before?.slot === slot ? { ...before, leaseUntil: now() + retryMs - 1 } : before,
      );
    },
  };
}
