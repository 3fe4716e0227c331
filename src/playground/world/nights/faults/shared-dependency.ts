import { MINUTE, type Unit } from '../platform.ts';
import type { PhaseResult } from '../scheduler.ts';
import { type Happened, participants, type Site, tasksOf } from '../site.ts';
import { causeOf, type DrawFault, forever } from './fault.ts';

/** What an operator depends on is away for a while: its tasks fail wherever they run. */
export const sharedDependency: DrawFault = (site) => {
  const { random } = site;
  const mine = new Set(participants(site));
  const tasks = tasksOf(site.calm).filter(({ task }) => task.startedAt !== null && task.endedAt !== null);
  for (let draws = 0; draws < 12; draws++) {
    const anchor = random.pick(tasks);
    if (!mine.has(anchor.run.unit)) continue;
    const { operator } = anchor.task.spec;
    const length = random.between(5, 25) * MINUTE;
    const from = (anchor.task.endedAt as number) - length * random.next();
    const outage = { operator, from, to: from + length };
    if (!isShared(tasks.filter(({ task }) => task.spec.operator === operator && overlaps(task, outage)))) continue;
    return {
      dataset: null,
      apply: (circumstances) => circumstances.outages.push(outage),
      effect: ({ night }) => effectOf(site, night, outage, mine),
    };
  }
  return null;
};

const overlaps = (task: Happened['task'], { from, to }: { from: number; to: number }) =>
  (task.startedAt as number) < to && (task.endedAt as number) > from;

const datasetsOf = (tasks: readonly Happened[]) => new Set(tasks.map(({ run }) => run.unit.pipeline));

const isShared = (tasks: readonly Happened[]) => tasks.length >= 3 && datasetsOf(tasks).size >= 2;

const over = ({ run }: Happened) => (run.status === 'FAILED' ? (run.endedAt as number) : Number.POSITIVE_INFINITY);

function effectOf(
  site: Site,
  night: PhaseResult,
  outage: { operator: string; from: number; to: number },
  mine: ReadonlySet<Unit>,
): ReturnType<NonNullable<ReturnType<DrawFault>>['effect']> {
  const failed = tasksOf(night).filter(
    ({ task }) => task.state === 'failed' && task.spec.operator === outage.operator && overlaps(task, outage),
  );
  const hosts = failed.map(({ task }) => task.host);
  const often = Math.max(...hosts.map((host) => hosts.filter((one) => one === host).length));
  if (!isShared(failed) || often > 0.6 * failed.length) return null;
  const times = failed.map(over).filter(Number.isFinite);
  const clearAt = times.sort((a, b) => a - b).find((at) => isClear(failed, mine, at));
  if (clearAt === undefined) return null;
  return {
    datasets: datasetsOf(failed),
    visible: forever(clearAt + site.random.between(5, 60) * 1000),
    causeAt: (now) => {
      const ends = failed.filter((one) => over(one) <= now).map(({ task }) => task.endedAt as number);
      const iso = (at: number) => new Date(at).toISOString();
      const window = { from: iso(Math.min(...ends)), to: iso(Math.max(...ends)) };
      return causeOf('shared_dependency', { operator: outage.operator, window });
    },
  };
}

/** Three failures in two datasets, one of them in the essential that is asked about. */
function isClear(failed: readonly Happened[], mine: ReadonlySet<Unit>, at: number): boolean {
  const seen = failed.filter((one) => over(one) <= at);
  return isShared(seen) && seen.some(({ run }) => mine.has(run.unit));
}
