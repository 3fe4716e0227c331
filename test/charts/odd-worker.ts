import { parentPort, threadId } from 'node:worker_threads';
import type { Chart } from '../../src/charts/chart.ts';

parentPort?.postMessage('ready');

/** Stands in for a worker that meets its end: what the title says is what it does. Says which thread it is. */
parentPort?.on('message', ({ caption: { title } }: Chart) => {
  if (title === 'throws') throw new Error('thrown in the worker');
  if (title === 'exits') process.exit(3);
  if (title === 'hangs') for (;;);
  if (title === 'refuses') parentPort?.postMessage({ failed: 'it would not' });
  else
    parentPort?.postMessage({
      picture: { svg: '', png: new Uint8Array(), alt: `thread ${threadId}`, title, width: 0, height: 0 },
    });
});
