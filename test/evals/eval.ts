import { fileURLToPath } from 'node:url';
import { type Demand, demandsOn, demandsOnEta } from './demands.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { explainNight } from './explain.ts';
import { describeFailing, isFailed } from './failings.ts';
import { incidentDemand } from './incident-demand.ts';
import { type Options, readOptions } from './options.ts';
import { COUNTED, DEVELOPMENT, type NightJob, planNights, sizesOf, type World } from './plan.ts';
import { writeReport } from './report.ts';
import { engineHash } from './source-hash.ts';
import { spellTally } from './spell-tally.ts';
import { tallyOf } from './tally.ts';
import { incidentJobs } from './worlds.ts';

/**
 * `npm run eval`: how right SENTRY is about nights whose causes are known. Seeds are drawn from the engine's own source, so that
 * every change of it meets nights that nobody has seen.
 *
 *   --dev                        development seeds, with every failed night spelt out
 *   --only slow_run, --world second, --n 20   a part of it
 *   --night <seed> --kind single --only slow_run   one night in full
 *   --report                     writes docs/evaluation.md
 */
/** Each seed of an estimate stands for ten nights, and several clocks in each. */
const ETA_SEEDS = { first: 150, second: 60 };
const root = fileURLToPath(new URL('../..', import.meta.url));

async function jobsOf(options: Options, prefix: string): Promise<NightJob[]> {
  const worlds: readonly World[] = options.world === null ? ['first', 'second', 'incidents'] : [options.world];
  const jobs = await Promise.all(
    worlds.map((world) =>
      world === 'incidents'
        ? incidentJobs()
        : planNights(world, prefix, options.n === null ? COUNTED[world] : sizesOf(options.n)),
    ),
  );
  return jobs
    .flat()
    .filter(({ kind }) => options.kind === null || kind === options.kind)
    .filter(
      ({ families }) => options.only === null || families?.some((family) => options.only?.includes(family)) === true,
    );
}

function demandsOf({ examined, eta }: Evaluation): [string, Demand[]][] {
  const of = (world: World) => examined.filter(({ job }) => job.world === world);
  const demands = (world: World): Demand[] => demandsOn(tallyOf(of(world).map(({ examination }) => examination)));
  return [
    ['Simulated nights', demands('first')],
    ['The second world', demands('second')],
    ['Incidents written by hand', [incidentDemand(of('incidents'))]],
    ['Estimates', eta === null ? [] : demandsOnEta(eta.first)],
  ];
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.night !== null) {
    const job = { world: options.world ?? 'first', seed: options.night, kind: options.kind ?? 'single' };
    console.log(await explainNight({ ...job, ...(options.only === null ? {} : { families: options.only }) }));
    return;
  }
  const hash = engineHash(root);
  const prefix = options.dev ? DEVELOPMENT : hash.slice(0, 16);
  const whole = options.only === null && options.world === null && options.kind === null && options.n === null;
  const etaSeedsOf = (count: number) => Array.from({ length: count }, (_, index) => `${prefix}-eta-${index}`);
  const etaSeeds = whole ? { first: etaSeedsOf(ETA_SEEDS.first), second: etaSeedsOf(ETA_SEEDS.second) } : null;
  const begun = performance.now();
  const evaluation = await evaluate(await jobsOf(options, prefix), etaSeeds, (done, of) => {
    if (process.stderr.isTTY && done % 10 === 0) process.stderr.write(`\r${done} of ${of}`);
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  if (options.dev) for (const each of evaluation.examined.filter(isFailed)) console.log(`${describeFailing(each)}\n`);
  for (const { what, error } of evaluation.thrown) console.log(`${what}\n  threw   ${error}\n`);
  for (const world of ['first', 'second'] as const) {
    const examined = evaluation.examined.filter(({ job }) => job.world === world);
    if (examined.length > 0) console.log(spellTally(world, tallyOf(examined.map(({ examination }) => examination))));
  }
  const demands = demandsOf(evaluation);
  if (whole) {
    for (const [title, list] of demands) {
      console.log(`\n${title}`);
      for (const { what, measured, demanded, met } of list)
        console.log(`  ${met ? '✓' : '✗'} ${what}: ${measured}, demanded ${demanded}`);
    }
  }
  console.log(`\n${evaluation.examined.length} nights in ${seconds} s; engine ${hash.slice(0, 16)}, seeds ${prefix}-…`);
  if (options.report && evaluation.eta !== null) {
    const of = (world: World) => evaluation.examined.filter(({ job }) => job.world === world);
    const tally = (world: World) => tallyOf(of(world).map(({ examination }) => examination));
    writeReport(root, {
      ...{ hash, seeds: prefix, seconds, demands, eta: evaluation.eta, thrown: evaluation.thrown.length },
      ...{ first: tally('first'), second: tally('second'), incidents: incidentDemand(of('incidents')) },
    });
  }
  const failed = evaluation.thrown.length > 0 || (whole && demands.some(([, list]) => list.some(({ met }) => !met)));
  process.exitCode = failed ? 1 : 0;
}

await main();
