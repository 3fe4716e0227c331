import { Worker } from 'node:worker_threads';
import { SentryError } from '../../errors.ts';
import type { Chart } from '../chart.ts';
import type { Picture } from './render-chart.ts';
import type { READY, Reply } from './worker.ts';

/** Draws charts beside the event loop. */
export interface Pictures {
  /**
   * Rejects with a `SentryError` of code `PICTURE` when the picture cannot be drawn, takes longer than the time limit (waiting
   * for its turn included), too many wait, or the pictures are closed. Whoever posts an answer posts it without.
   */
  render(chart: Chart): Promise<Picture>;
  /** Ends the workers; what is under way is rejected. */
  close(): Promise<void>;
}

export interface PicturesOptions {
  /** At most; each is started when first needed. */
  workers?: number;
  timeoutMs?: number;
  /** Charts that may wait for a worker. */
  mostWaiting?: number;
  /** The module that a worker runs: takes a `Chart`, answers with a `Reply`. */
  script?: URL;
}

interface Job {
  chart: Chart;
  settle(reply: Reply): void;
  settled: boolean;
}

interface Desk {
  worker: Worker;
  /**
   * A worker that is still loading gets no job. So one that takes too long to load costs the pictures that waited for it, and
   * is not ended and begun anew for ever.
   */
  ready: boolean;
  job: Job | null;
}

/** Of JavaScript's heap; a picture needs a tenth of it. */
const MOST_MEGABYTES = 256;

export function openPictures(options: PicturesOptions = {}): Pictures {
  const { workers = 1, timeoutMs = 3000, mostWaiting = 32 } = options;
  const script = options.script ?? new URL('./worker.ts', import.meta.url);
  const desks = new Set<Desk>();
  const waiting: Job[] = [];
  let closed = false;

  function start(): void {
    const worker = new Worker(script, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // What a picture is made of is in the message; a worker needs no secrets.
      env: {},
      // Nor has it anything to say on ours, where an answer may be printed.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    const desk: Desk = { worker, ready: false, job: null };
    worker.on('message', (reply: Reply | typeof READY) => {
      if (reply === 'ready') desk.ready = true;
      else desk.job?.settle(reply);
      desk.job = null;
      next();
    });
    const gone = (error: unknown) => {
      if (!desks.delete(desk)) return;
      // One that cannot even start costs a picture as well, or it would be started again and again for the same one.
      const job = desk.ready ? desk.job : waiting.shift();
      job?.settle({ failed: error instanceof Error ? error.message : 'the worker ended' });
      next();
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    // Once it listens, or it would not last: an idle worker keeps no process alive, and a chart under way has a timer that does.
    worker.unref();
    desks.add(desk);
  }

  function next(): void {
    if (closed) return;
    for (const desk of desks) {
      if (!desk.ready || desk.job !== null) continue;
      const job = waiting.shift();
      if (job === undefined) return;
      desk.job = job;
      desk.worker.postMessage(job.chart);
    }
    const starting = [...desks].filter(({ ready }) => !ready).length;
    if (waiting.length > starting && desks.size < workers) start();
  }

  /** Takes a job back that took too long: from the queue, or with the worker that is busy with it. */
  function giveUp(job: Job): void {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    const desk = [...desks].find((each) => each.job === job);
    if (desk !== undefined) {
      desks.delete(desk);
      void desk.worker.terminate();
    }
    job.settle({ failed: `not drawn within ${timeoutMs} ms` });
    next();
  }

  return {
    render: (chart) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(failure('pictures are closed'));
        if (waiting.length >= mostWaiting) return reject(failure('too many pictures wait'));
        const job: Job = {
          chart,
          settled: false,
          settle(reply) {
            if (job.settled) return;
            job.settled = true;
            clearTimeout(timer);
            if ('picture' in reply) resolve(reply.picture);
            else reject(failure(reply.failed));
          },
        };
        const timer = setTimeout(() => giveUp(job), timeoutMs);
        waiting.push(job);
        next();
      }),
    async close() {
      closed = true;
      const open = [...desks];
      desks.clear();
      for (const job of [...waiting.splice(0), ...open.flatMap((desk) => desk.job ?? [])])
        job.settle({ failed: 'pictures are closed' });
      await Promise.all(open.map((desk) => desk.worker.terminate()));
    },
  };
}

function failure(why: string): SentryError {
  return new SentryError('PICTURE', `The picture could not be drawn: ${why}.`, {
    remedy: 'The answer is complete without it.',
  });
}
