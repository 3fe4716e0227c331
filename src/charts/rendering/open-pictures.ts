import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SentryError } from '../../errors.ts';
import type { Chart } from '../chart.ts';
import type { Picture } from './render-chart.ts';
import type { READY, Reply } from './worker.ts';

/** Draws charts in processes of their own: one that crashes, or runs out of memory, costs the picture that it was drawing. */
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
  /** Of JavaScript's heap, for each worker; a picture needs a tenth of it. */
  heapMegabytes?: number;
  /** The module that a worker runs: takes a `Chart`, answers with a `Reply`. */
  script?: URL;
}

interface Job {
  chart: Chart;
  settle(reply: Reply): void;
  settled: boolean;
}

interface Desk {
  worker: ChildProcess;
  /**
   * A worker that is still loading gets no job. So one that takes too long to load costs the pictures that waited for it, and
   * is not ended and begun anew for ever.
   */
  ready: boolean;
  job: Job | null;
}

/** Characters of a worker's complaint that are read. */
const MOST_SAID = 4000;

export function openPictures(options: PicturesOptions = {}): Pictures {
  const { workers = 1, timeoutMs = 8000, mostWaiting = 32, heapMegabytes = 128 } = options;
  const script = fileURLToPath(options.script ?? new URL('./worker.ts', import.meta.url));
  const desks = new Set<Desk>();
  const waiting: Job[] = [];
  let closed = false;

  function start(): void {
    const worker = fork(script, [], {
      // Little room for what is young: a picture is soon drawn, and what is left of it is collected.
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        `--max-old-space-size=${heapMegabytes}`,
        '--max-semi-space-size=2',
      ],
      // What a picture is made of is in the message; a worker needs no secrets.
      env: {},
      // Nor has it anything to say on our output, where an answer may be printed.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A picture travels as bytes.
      serialization: 'advanced',
    });
    const desk: Desk = { worker, ready: false, job: null };
    worker.on('message', (reply: Reply | typeof READY) => {
      if (reply === 'ready') desk.ready = true;
      else desk.job?.settle(reply);
      desk.job = null;
      next();
    });
    const lastWords = complaintOf(worker);
    const gone = (how: string) => {
      if (!desks.delete(desk)) return;
      // One that cannot even start costs a picture as well, or it would be started again and again for the same one.
      const job = desk.ready ? desk.job : waiting.shift();
      job?.settle({ failed: [how, ...lastWords()].join(': ') });
      next();
    };
    worker.on('error', (error) => gone(error.message));
    worker.on('close', (code, signal) => gone(`the worker ended with ${signal ?? code}`));
    keepNoneAlive(worker);
    desks.add(desk);
  }

  function next(): void {
    if (closed) return;
    for (const desk of desks) {
      if (!desk.ready || desk.job !== null) continue;
      const job = waiting.shift();
      if (job === undefined) return;
      desk.job = job;
      desk.worker.send(job.chart);
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
      desk.worker.kill('SIGKILL');
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
      await Promise.all(open.map(({ worker }) => ended(worker)));
    },
  };
}

/** An idle worker keeps no process alive; a chart under way has a timer that does. */
function keepNoneAlive(worker: ChildProcess): void {
  worker.unref();
  worker.channel?.unref();
  (worker.stderr as Socket | null)?.unref();
}

/** The first line of what a worker said of its end that names an error. */
function complaintOf({ stderr }: ChildProcess): () => string[] {
  let said = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < MOST_SAID) said += text;
  });
  return () =>
    said
      .split('\n')
      .filter((line) => /error/i.test(line))
      .slice(0, 1);
}

async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null || worker.pid === undefined) return;
  const closed = once(worker, 'close');
  // Or a process with nothing else to do would end before it.
  worker.ref();
  worker.kill('SIGKILL');
  await closed;
}

function failure(why: string): SentryError {
  return new SentryError('PICTURE', `The picture could not be drawn: ${why}.`, {
    remedy: 'The answer is complete without it.',
  });
}
