/**
 * A longer search for differences between status logic and oracle: `node test/batch/oracle/soak.ts [nights] [seed]`.
 */
import fc from 'fast-check';
import { assessPhase } from '../../../src/batch/night.ts';
import { PHASES } from '../../../src/batch/run.ts';
import { describeNight, linesBy } from './compare.ts';
import { nights } from './nights.ts';
import { oraclePhase } from './oracle.ts';

const numRuns = Number(process.argv[2] ?? 50_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

for (const phase of PHASES) {
  const result = fc.check(
    fc.property(
      nights,
      (night) => linesBy(assessPhase, night, phase).join() === linesBy(oraclePhase, night, phase).join(),
    ),
    { seed, numRuns },
  );
  const night = result.counterexample?.[0];
  if (night === undefined) {
    console.log(`${phase}: ${result.numRuns} nights agree (seed ${seed})`);
    continue;
  }
  process.exitCode = 1;
  console.log(`${phase}: differs after ${result.numRuns} nights (seed ${seed}, path ${result.counterexamplePath})`);
  console.log(describeNight(night, phase));
  console.log(`product:\n${linesBy(assessPhase, night, phase).join('\n')}`);
  console.log(`oracle:\n${linesBy(oraclePhase, night, phase).join('\n')}`);
}
