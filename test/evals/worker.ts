import { parentPort } from 'node:worker_threads';
import type { EtaReport } from './eta/backtest.ts';
import { type Examination, examine } from './examine.ts';
import type { NightJob } from './plan.ts';
import { nightOf } from './worlds.ts';

export type Task = { kind: 'night'; job: NightJob } | { kind: 'eta'; seeds: readonly string[] };
export type Result =
  | { kind: 'night'; job: NightJob; examination: Examination }
  | { kind: 'eta'; figures: EtaReport }
  | { kind: 'thrown'; task: Task; error: string };

async function perform(task: Task): Promise<Result> {
  try {
    if (task.kind === 'eta') {
      const { backtestEta } = await import('./eta/backtest.ts');
      return { kind: 'eta', figures: backtestEta({ seeds: task.seeds }) };
    }
    return { kind: 'night', job: task.job, examination: await examine(await nightOf(task.job)) };
  } catch (error) {
    return { kind: 'thrown', task, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const port = parentPort;
port?.on('message', async (task: Task) => port.postMessage(await perform(task)));
