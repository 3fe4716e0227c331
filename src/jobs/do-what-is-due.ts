import type { Job, JobHandler } from './jobs.ts';
import type { Ledger } from './ledger.ts';
import { slotsOf } from './slots.ts';

/** A slot older than this is not made up for. */
const OWED_MS = 24 * 3_600_000;
/** From then on a run is called late. */
const LATE_MS = 5 * 60_000;
/** How long a replica may take before another may think that it died. */
const LEASE_MS = 10 * 60_000;
export const RETRY_MS = 60_000;

/** Does the latest slot of a job that is due and not done, if there is one. Rejects when the handler or the ledger does. */
export async function doWhatIsDue(job: Job, handler: JobHandler, ledger: Ledger, now: number): Promise<void> {
  const slot = slotsOf(job.timetable).latest(now);
  if (slot === null || slot <= job.since || now - slot > OWED_MS) return;
  const latest = await ledger.latest(job.id);
  if (latest !== null && (latest.slot > slot || (latest.slot === slot && !latest.open))) return;
  const begun = await ledger.begin(job.id, slot, LEASE_MS);
  if (begun === null) return;
  try {
    await handler({ id: job.id, data: job.data, slot, late: now - slot > LATE_MS, again: begun.again });
  } catch (error) {
    await ledger.fail(job.id, slot, RETRY_MS);
    throw error;
  }
  await ledger.finish(job.id, slot);
}
