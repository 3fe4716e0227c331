import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { NightJob } from './plan.ts';
import type { Task } from './worker.ts';

/**
 * Works through the tasks on every core and returns their results in the order of the tasks. `script` answers each message with
 * one. A worker that dies takes everything with it: a figure without some of its nights would be a false one.
 */
export async function workThrough<Given, Result>(
  script: URL,
  tasks: readonly Given[],
  onResult: (done: number) => void,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  let done = 0;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: 64 } });
      let at = -1;
      const give = () => {
        at = next++;
        const task = tasks[at];
        if (task === undefined) void worker.terminate().then(() => resolve());
        else worker.postMessage(task);
      };
      worker.on('message', (result: Result) => {
        results[at] = result;
        onResult(++done);
        give();
      });
      worker.on('error', reject);
      give();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return results;
}

export function nightTasks(jobs: readonly NightJob[]): Task[] {
  return jobs.map((job) => ({ kind: 'night', job }));
}
