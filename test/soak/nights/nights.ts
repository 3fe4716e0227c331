import { workThrough } from '../../evals/crew.ts';
import { number, type Part } from '../part.ts';
import { sumOf, type Tally } from './tally.ts';
import type { NightTask } from './worker.ts';

/** Generated nights, everything shown of each. */
export const nights: Part = async ({ seed, nights: count }, onProgress) => {
  const tasks = Array.from({ length: count }, (_, index): NightTask => ({ seed, index }));
  const script = new URL('./worker.ts', import.meta.url);
  let mostMemory = 0;
  const tallies = await workThrough<NightTask, Tally>(script, tasks, (done) => {
    mostMemory = Math.max(mostMemory, process.memoryUsage.rss());
    onProgress(done, count);
  });
  const { kinds, failures } = sumOf(tallies);
  const shown = Object.values(kinds).reduce((sum, { rendered }) => sum + rendered, 0);
  const rows = Object.entries(kinds).sort(([a], [b]) => a.localeCompare(b));
  return {
    title: 'Nights',
    what:
      'Nights of the simulated scheduler, one in seven with hostile texts in every free column, and one in fifty large (up to 2,400 ' +
      'slices, or 60 batches, with long names). Of each, every kind of question is asked through the product’s own queries, ' +
      'tools and words, and everything that Slack would be sent is checked: by the fake Slack, by Slack’s limits read a second ' +
      'time, for mentions, links and unseen characters, for a word beside each symbol, and for a text that says the verdict.',
    figures: [
      ['nights', number(count)],
      ['messages and views', number(shown)],
      ['most memory, all workers', `${number(Math.round(mostMemory / 1024 / 1024))} MiB`],
    ],
    table: [
      ['shown', 'how often', 'most blocks', 'most characters', 'longest text', 'something left out'],
      ...rows.map(([kind, one]) => [
        kind,
        ...[one.rendered, one.blocks, one.characters, one.text, one.folded].map(number),
      ]),
    ],
    failures,
  };
};
