import { matters } from '../matters.ts';
import { HOUR, MINUTE, type Pipeline, type Unit } from '../platform.ts';
import type { PhaseResult } from '../scheduler.ts';
import { freePipelines, type Happened, participants, type Site, tasksOf } from '../site.ts';
import { causeOf, type DrawFault } from './fault.ts';

const LONG = 10 * MINUTE;

/** A pool without capacity: that of one dataset, or one that many share. */
export const queueDelay: DrawFault = (site) => {
  const { random } = site;
  const pipelines = freePipelines(site);
  if (pipelines.length === 0) return null;
  const pools = [...new Set(pipelines.flatMap((pipeline) => pipeline.tasks.map((task) => task.pool)))];
  const own = pools.filter((pool) => usersOf(site.platform.pipelines, pool).length === 1);
  const shared = pools.filter((pool) => usersOf(site.platform.pipelines, pool).length > 2);
  const pool = own.length > 0 && (shared.length === 0 || random.chance(0.65)) ? random.pick(own) : shared[0];
  if (pool === undefined) return null;
  const queued = tasksOf(site.calm).filter(({ run, task }) => task.spec.pool === pool && concerns(site, run.unit));
  if (queued.length === 0) return null;
  const times = queued.map(({ task }) => task.queuedAt as number).sort((a, b) => a - b);
  const anchor = times[Math.floor(times.length * random.between(0, own.includes(pool) ? 0.3 : 0.6))] as number;
  const from = anchor - random.between(0, 12) * MINUTE;
  const hold = random.between(11, 30) * MINUTE;
  const congestion = {
    pool,
    from,
    to: from + random.between(1, 5) * HOUR,
    hold: [hold, hold * random.between(1.2, 2)] as const,
    interval: random.between(0, 4) * MINUTE,
  };
  return {
    dataset: null,
    apply: (circumstances) => circumstances.congestions.push(congestion),
    effect(outcome) {
      const waits = longWaits(site, outcome.night);
      const units = [...new Set(waits.map(({ run }) => run.unit))];
      const starts = waits.map(({ task }) => task.startedAt as number).sort((a, b) => a - b);
      if (starts.length < 4) return null;
      return {
        datasets: new Set(units.map((unit) => unit.pipeline)),
        visible: matters(site, outcome, units, (starts[3] as number) + MINUTE),
        causeAt: (now) => {
          const datasets = sufferers(waits, now);
          return datasets && causeOf('queue_delay', { datasetId: datasets.length === 1 ? first(datasets) : null });
        },
      };
    },
  };
};

const usersOf = (pipelines: readonly Pipeline[], pool: string) =>
  pipelines.filter((pipeline) => pipeline.tasks.some((task) => task.pool === pool));

const concerns = (site: Site, unit: Unit) => participants(site).includes(unit);

const first = (datasets: readonly Pipeline[]) => datasets[0]?.datasetId ?? null;

/** Tasks of the essential that waited long for their pool. */
function longWaits(site: Site, night: PhaseResult): Happened[] {
  const mine = new Set(participants(site));
  return tasksOf(night).filter(
    ({ run, task }) =>
      mine.has(run.unit) && task.startedAt !== null && task.queuedAt !== null && task.startedAt - task.queuedAt >= LONG,
  );
}

/** Who had suffered by then, if it is clear: one dataset over many tasks, or three and more alike. */
function sufferers(waits: readonly Happened[], now: number): Pipeline[] | null {
  const totals = new Map<Pipeline, { tasks: number; delay: number }>();
  for (const { run, task } of waits) {
    if ((task.startedAt as number) > now) continue;
    const total = totals.get(run.unit.pipeline) ?? { tasks: 0, delay: 0 };
    total.tasks++;
    total.delay += (task.startedAt as number) - (task.queuedAt as number);
    totals.set(run.unit.pipeline, total);
  }
  const ranked = [...totals].sort(([, a], [, b]) => b.delay - a.delay);
  const [most, , third] = ranked.map(([, total]) => total);
  if (!most) return null;
  if (ranked.length === 1) return most.tasks >= 4 ? [...totals.keys()] : null;
  const alike = third !== undefined && third.delay >= 0.5 * most.delay && third.tasks >= 2;
  return alike ? ranked.map(([pipeline]) => pipeline) : null;
}
