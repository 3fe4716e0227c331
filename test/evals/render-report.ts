import { FAMILIES, type Family } from '../../src/playground/world/nights/generated-night.ts';
import { type Demand, percent } from './demands.ts';
import type { EtaReport } from './eta/backtest.ts';
import type { SingleTally, Tally } from './tally.ts';

/** What a report page tells. */
export interface Measured {
  /** Of the repository; `hash` is that of its engine. */
  commit: string;
  hash: string;
  /** `YYYY-MM-DD`. */
  date: string;
  /** What every seed began with. */
  seeds: string;
  seconds: number;
  first: Tally;
  second: Tally;
  incidents: Demand;
  eta: Readonly<Record<'first' | 'second', EtaReport>>;
  /** By heading, in order. */
  demands: readonly [string, readonly Demand[]][];
  /** Nights on which something threw. */
  thrown: number;
}

/** Families are spread evenly, so that whoever always says the same one has this share, if keys do not matter. */
const SAME_FAMILY = (tally: Tally): number => tally.families[FAMILIES[0]].nights / tally.singles.nights;

export function renderReport(measured: Measured): string {
  const { commit, hash, date, seeds, seconds, first, second, eta, demands, thrown } = measured;
  const kinds = Object.entries(eta.first.byKind).map(([kind, figures]) => [`– ${kind}`, figures] as const);
  return `# How right SENTRY is about causes

Written by \`npm run eval -- --report\`, which measures it; nothing here was typed.

| | |
|---|---|
| date | ${date} |
| commit | \`${commit}\` |
| engine | \`${hash}\` (SHA-256 of \`src/batch\`) |
| seeds | \`${seeds}-…\` |
| nights | ${first.nights} simulated, ${second.nights} of the second world, and incidents by hand; ${eta.first.n + eta.second.n} estimates |
| took | ${Math.round(seconds / 60)} min; a diagnosis takes ${first.medianMs.toFixed(0)} ms in the middle, its reading from memory included |
${thrown > 0 ? `| threw | ${thrown} nights |\n` : ''}
## What is measured

A simulated scheduler (\`src/playground/world/nights\`) runs nights after weeks of ordinary ones, puts faults into them as
causes (a task that throws, a pool without capacity, a host that crawls), and writes down what it did. The product is asked
about each night through its own inquiries, and its causes are compared with that truth by the code in \`test/evals\`. A cause is
right when its family *and* each key of the family are: dataset, slice, task, operator, window (it overlaps the true one and sticks
out by at most 15 minutes), host. The engine shares no code with the simulation and does not know its seeds: these are drawn
from a hash over the engine's own source, so that every change of it meets nights that nobody has looked at.

- **First**: the first cause is right. **Among three**: one of the first three is. **Exactly**: nothing else was named besides.
  **Family**: the first cause has the right family, whatever its keys.
- **First failed task** is what a query finds: the earliest task that failed that night in a slice of the batch, blamed by name. Always naming
  the same family gets ${percent(SAME_FAMILY(first))} of the families right, and no keys.
- **Healthy** nights hold nothing unusual, **noisy** ones what came right by itself or by hand: any cause on them is a false one.
- **Withheld** nights have a fault whose proving rows are missing: the right answer names nothing.
- **Evidence**: each row that an answer cites is looked up in the tables by a second reading of the rules; durations of tonight
  are measured again, and usual ones must lie in the range of their own history.
- **Agreement**: asked again, with every table in another order, the whole diagnosis is the same to the letter. And on **the tables as
  they stood** at the clock, without what the night became later, the same causes are named.

## Simulated nights

${familyTable(first)}

${restTable(first)}

## The second world

Nights of a second source that was written apart from the first: rows from a timetable instead of a simulation, with other
sizes, habits and names (\`test/evals/second-world\`). It tells an engine that knows causes from one that knows a generator.

${familyTable(second)}

${restTable(second)}

Besides, incidents written by hand, each a case of the domain that is easy to get wrong: ${measured.incidents.measured} named
exactly and with true evidence.

## Estimates of the end

Phases under way, looked at from clocks at several shares of their course, against the end that came. The baseline is the usual
end, carried over to the date and never in the past. Most nights are \`past\` ones, ordinary nights as weeks bring them with the
incidents that fell on some; the others were made to be quiet or lively throughout.

| nights | estimates | complete by P50 | complete by P90 | median error | of the baseline |
|---|---|---|---|---|---|
${[['simulated', eta.first] as const, ...kinds, ['second world', eta.second] as const]
  .map(
    ([name, figures]) =>
      `| ${name} | ${figures.n} | ${percent(figures.p50Share)} | ${percent(figures.p90Share)} | ${figures.medianErrorMin.toFixed(1)} min | ${figures.baselineMedianErrorMin.toFixed(1)} min |`,
  )
  .join('\n')}

## What is demanded

\`npm run eval\` fails when one of these does not hold.

${demands.map(([title, list]) => demandTable(title, list)).join('\n\n')}
`;
}

function familyTable(tally: Tally): string {
  const row = (name: string, { nights, top1, top3, exact, family, baseline }: SingleTally) =>
    `| ${name} | ${nights} | ${[top1, top3, exact, family, baseline].map((good) => percent(good / nights)).join(' | ')} |`;
  return [
    '| fault | nights | first | among three | exactly | family | first failed task |',
    '|---|---|---|---|---|---|---|',
    ...FAMILIES.map((family: Family) => row(`\`${family}\``, tally.families[family])),
    row('**one fault**', tally.singles),
    row('**two faults**', tally.pairs),
  ].join('\n');
}

function restTable(tally: Tally): string {
  const { healthy, noisy, withheld, evidence, agreement, live } = tally;
  return [
    '| | nights | | first failed task |',
    '|---|---|---|---|',
    `| healthy, falsely blamed | ${healthy.nights} | ${healthy.blamed} | ${healthy.baselineBlamed} |`,
    `| noisy, falsely blamed | ${noisy.nights} | ${noisy.blamed} | ${noisy.baselineBlamed} |`,
    `| withheld, nothing named | ${withheld.nights} | ${percent(withheld.abstained / withheld.nights)} | – |`,
    `| withheld, and said what is missing | ${withheld.nights} | ${percent(withheld.saysGaps / withheld.nights)} | – |`,
    `| pieces of evidence, borne out | ${tally.nights} | ${evidence.checked - evidence.wrong} of ${evidence.checked} | – |`,
    `| agreement | ${agreement.nights} | ${percent(agreement.agreed / agreement.nights)} | – |`,
    `| the same causes on the tables as they stood | ${live.nights} | ${percent(live.agreed / live.nights)} | – |`,
  ].join('\n');
}

function demandTable(title: string, demands: readonly Demand[]): string {
  return [
    `### ${title}`,
    '',
    '| | measured | demanded | |',
    '|---|---|---|---|',
    ...demands.map(
      ({ what, measured, demanded, met }) => `| ${what} | ${measured} | ${demanded} | ${met ? 'met' : '**not met**'} |`,
    ),
  ].join('\n');
}
