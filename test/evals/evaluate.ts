import { nightTasks, workThrough } from './crew.ts';
import type { EtaReport } from './eta/backtest.ts';
import type { Examination } from './examine.ts';
import type { NightJob } from './plan.ts';
import type { Result, Task } from './worker.ts';

/** A night, and what became of it. */
export interface Examined {
  job: NightJob;
  examination: Examination;
}

export interface Evaluation {
  examined: readonly Examined[];
  /** Of the estimates of both worlds; null where they were not asked for. */
  eta: Readonly<Record<'first' | 'second', EtaReport>> | null;
  /** Nights on which something threw. */
  thrown: readonly { what: string; error: string }[];
}

/** Examines every night, and estimates ends in worlds of `etaSeeds`, on every core. */
export async function evaluate(
  jobs: readonly NightJob[],
  etaSeeds: Readonly<Record<'first' | 'second', readonly string[]>> | null,
  onProgress: (done: number, of: number) => void,
): Promise<Evaluation> {
  const worlds = etaSeeds === null ? [] : (['first', 'second'] as const);
  // The longest tasks go first.
  const eta = worlds.map((world) => ({ kind: 'eta' as const, world, seeds: etaSeeds?.[world] ?? [] }));
  const tasks: Task[] = [...eta, ...nightTasks(jobs)];
  const script = new URL('./worker.ts', import.meta.url);
  const results = await workThrough<Task, Result>(script, tasks, (done) => onProgress(done, tasks.length));
  const [first, second] = worlds.map(
    (world) =>
      results.flatMap((result) => (result.kind === 'eta' && result.world === world ? [result.figures] : []))[0],
  );
  return {
    examined: results.flatMap((result) => (result.kind === 'night' ? [result] : [])),
    eta: first === undefined || second === undefined ? null : { first, second },
    thrown: results.flatMap((result) =>
      result.kind === 'thrown'
        ? [{ what: result.task.kind === 'eta' ? 'the estimates' : nameOf(result.task.job), error: result.error }]
        : [],
    ),
  };
}

/** The options that show this night again. */
export function nameOf({ world, seed, kind, families }: NightJob): string {
  const only = families === undefined ? '' : ` --only ${families.join('+')}`;
  return `--night '${seed}' --kind ${kind}${only}${world === 'first' ? '' : ` --world ${world}`}`;
}
