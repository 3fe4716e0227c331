import type { Essential } from '../network.ts';
import type { Pass, SimulatedRun } from '../run.ts';

const HOUR = 3_600_000;

/**
 * Which pass a run counts for in the eyes of an essential, judged by `visible`: every run of that business date that can be
 * seen. A trigger says so itself; a run by hand belongs to whatever it followed.
 */
export function passOf(run: SimulatedRun, visible: readonly SimulatedRun[], essential: Essential): Pass {
  if (run.trigger === 'ProcessTrigger') return 'PRELIM';
  if (run.trigger === 'RerunTrigger') return 'FINAL';
  const sameDataset = visible.filter((other) => other.unit.pipeline === run.unit.pipeline);
  return run.replaces ? passOfTakenRow(run, sameDataset, visible, essential) : passOfNewRow(run, sameDataset);
}

function passOfTakenRow(
  run: SimulatedRun,
  sameDataset: readonly SimulatedRun[],
  visible: readonly SimulatedRun[],
  essential: Essential,
): Pass {
  const isRerun = (other: SimulatedRun) => other.trigger === 'RerunTrigger';
  const own = sameDataset.filter(isRerun);
  const ours = visible.filter(
    (other) => isRerun(other) && essential.members.some((m) => m.pipeline === other.unit.pipeline),
  );
  const reruns = own.length > 0 ? own : ours;
  return reruns.some((other) => other.createdAt <= run.createdAt + HOUR) ? 'FINAL' : 'PRELIM';
}

function passOfNewRow(run: SimulatedRun, sameDataset: readonly SimulatedRun[]): Pass {
  const before = sameDataset
    .filter((other) => other.trigger !== 'ManualTrigger' && other.startedAt < run.startedAt)
    .sort((a, b) => a.startedAt - b.startedAt);
  const followed = before.findLast((other) => other.unit === run.unit) ?? before.at(-1);
  return followed?.trigger === 'RerunTrigger' ? 'FINAL' : 'PRELIM';
}
