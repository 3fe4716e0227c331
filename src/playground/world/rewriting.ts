import { FINAL_HOUR, wallClock } from './calendar.ts';
import type { Random } from './random.ts';
import type { SimulatedRun } from './run.ts';

const MINUTE = 60_000;

/**
 * The platform's bookkeeping of retries by hand: some get a row of their own, others take over the row of the attempt that
 * failed, whose outcome is then gone from the table. Only where the pass that the retry belongs to can still be told from
 * what remains of that business date.
 */
export function takeOverRows(runs: readonly SimulatedRun[], zone: string, random: Random): void {
  const pinned = new Set<SimulatedRun>();
  const retries = runs.filter((run) => run.retryOf !== null).sort((a, b) => a.createdAt - b.createdAt);
  for (const retry of retries) {
    const lost = retry.retryOf as SimulatedRun;
    if (retry.rewrite === 'never' || lost.status !== 'FAILED' || lost.idLost || retry.trigger !== 'ManualTrigger')
      continue;
    if (lost.trigger === 'ManualTrigger' || pinned.has(lost) || retry.startedAt - lost.createdAt < 6 * MINUTE) continue;
    if (retry.rewrite === 'maybe' && random.chance(0.5)) continue;
    if (lost.trigger === 'ProcessTrigger') {
      const dawn = wallClock(lost.businessDate, 1, FINAL_HOUR, 0, zone);
      if (lost.createdAt + 60 * MINUTE >= dawn) continue;
    } else {
      const witness = witnessOfFinal(lost, runs);
      if (!witness) continue;
      pinned.add(witness);
    }
    lost.replacedBy = retry;
    retry.replaces = lost;
    retry.createdAt = lost.createdAt;
  }
}

/** The rerun that will still say that this was the second pass. */
function witnessOfFinal(lost: SimulatedRun, runs: readonly SimulatedRun[]): SimulatedRun | undefined {
  const reruns = runs.filter((run) => run !== lost && run.trigger === 'RerunTrigger' && !run.replacedBy);
  const siblings = reruns.filter((run) => run.unit.pipeline === lost.unit.pipeline);
  if (siblings.length > 0) return siblings.find((run) => run.createdAt <= lost.createdAt);
  const [place, ...others] = lost.unit.places;
  if (!place || others.length > 0) return undefined;
  const members = place.essential.members.filter((member) => member.units.every((unit) => unit.places.length === 1));
  return reruns.find(
    (run) => run.createdAt <= lost.createdAt && members.some((member) => member.units.includes(run.unit)),
  );
}
