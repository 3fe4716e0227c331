import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { NightJob } from './plan.ts';
import type { Result, Task } from './worker.ts';

/**
 * Works through the tasks on every core and returns their results in the order of the tasks. A worker that dies takes the whole
 * evaluation with it: a figure without some of its nights would be a false one.
 */
export async function workThrough(tasks: readonly Task[], onResult: (done: number) => void): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  let done = 0;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
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
