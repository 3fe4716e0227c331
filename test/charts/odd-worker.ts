import type { Chart } from '../../src/charts/chart.ts';

process.send?.('ready');

/** Stands in for a worker that meets its end: what the title says is what it does. Says which process it is. */
process.on('message', ({ caption: { title } }: Chart) => {
  if (title === 'throws') throw new Error('thrown in the worker');
  if (title === 'exits') process.exit(3);
  if (title === 'is killed') process.kill(process.pid, 'SIGKILL');
  if (title === 'hangs') for (;;);
  if (title === 'eats memory') eatMemory();
  if (title === 'refuses') process.send?.({ failed: 'it would not' });
  else
    process.send?.({
      picture: { svg: '', png: new Uint8Array([1, 2]), alt: `process ${process.pid}`, title, width: 0, height: 0 },
    });
});

function eatMemory(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })));
}
