import { nightTasks, workThrough } from './crew.ts';
import type { EtaReport } from './eta/backtest.ts';
import type { Examination } from './examine.ts';
import type { NightJob } from './plan.ts';

/** A night, and what became of it. */
export interface Examined {
  job: NightJob;
  examination: Examination;
}

export interface Evaluation {
  examined: readonly Examined[];
  eta: EtaReport | null;
  /** Nights on which something threw. */
  thrown: readonly { what: string; error: string }[];
}

/** Examines every night, and estimates ends for `etaSeeds`, on every core. */
export async function evaluate(
  jobs: readonly NightJob[],
  etaSeeds: readonly string[],
  onProgress: (done: number, of: number) => void,
): Promise<Evaluation> {
  // The longest task goes first.
  const eta = etaSeeds.length === 0 ? [] : [{ kind: 'eta' as const, seeds: etaSeeds }];
  const tasks = [...eta, ...nightTasks(jobs)];
  const results = await workThrough(tasks, (done) => onProgress(done, tasks.length));
  return {
    examined: results.flatMap((result) => (result.kind === 'night' ? [result] : [])),
    eta: results.find((result) => result.kind === 'eta')?.figures ?? null,
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
