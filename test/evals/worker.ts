import { parentPort } from 'node:worker_threads';
import { generateNight } from '../../src/playground/world/nights/generate-night.ts';
import { backtestEta, type EtaReport } from './eta/backtest.ts';
import { type Examination, examine } from './examine.ts';
import type { NightJob } from './plan.ts';
import { generateSecondNight } from './second-world/second-night.ts';
import { nightOf } from './worlds.ts';

export type Task =
  | { kind: 'night'; job: NightJob }
  | { kind: 'eta'; world: 'first' | 'second'; seeds: readonly string[] };
export type Result =
  | { kind: 'night'; job: NightJob; examination: Examination }
  | { kind: 'eta'; world: 'first' | 'second'; figures: EtaReport }
  | { kind: 'thrown'; task: Task; error: string };

async function perform(task: Task): Promise<Result> {
  try {
    if (task.kind === 'eta') {
      const { world, seeds } = task;
      const generate = world === 'first' ? generateNight : generateSecondNight;
      return { kind: 'eta', world, figures: backtestEta({ seeds, generate }) };
    }
    return { kind: 'night', job: task.job, examination: await examine(await nightOf(task.job)) };
  } catch (error) {
    return { kind: 'thrown', task, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const port = parentPort;
port?.on('message', async (task: Task) => port.postMessage(await perform(task)));
