import fc from 'fast-check';
import { assessPhase } from '../../../src/batch/night.ts';
import { PHASES } from '../../../src/batch/run.ts';
import { describeNight, linesBy } from '../../batch/oracle/compare.ts';
import { nights } from '../../batch/oracle/nights.ts';
import { oraclePhase } from '../../batch/oracle/oracle.ts';
import { number, type Part } from '../part.ts';

/** So many nights are tried without a word of how far it is. */
const STRIDE = 1000;

/** The status logic against the oracle, on small dense nights. */
export const states: Part = async ({ seed, states: count }, onProgress) => {
  const failures: string[] = [];
  for (const [turn, phase] of PHASES.entries()) {
    let tried = 0;
    const agrees = fc.property(nights, (night) => {
      tried += 1;
      if (tried % STRIDE === 0) onProgress(turn * count + tried, PHASES.length * count);
      return linesBy(assessPhase, night, phase).join() === linesBy(oraclePhase, night, phase).join();
    });
    const { counterexample, counterexamplePath } = fc.check(agrees, { seed, numRuns: count });
    const night = counterexample?.[0];
    if (night === undefined) continue;
    failures.push(
      [
        `${phase} differs (path ${counterexamplePath}):`,
        describeNight(night, phase),
        `product:\n${linesBy(assessPhase, night, phase).join('\n')}`,
        `oracle:\n${linesBy(oraclePhase, night, phase).join('\n')}`,
      ].join('\n'),
    );
  }
  return {
    title: 'States',
    what: 'Random nights, small and dense, with ties and borders everywhere: the status logic and a second, slow and obvious implementation of the same rules have to agree on every unit, dataset, step and count.',
    figures: [
      ['nights', number(count)],
      ['phases of each', number(PHASES.length)],
    ],
    failures,
  };
};
