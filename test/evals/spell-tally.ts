import { FAMILIES } from '../../src/playground/world/nights/generated-night.ts';
import { percent } from './demands.ts';
import type { SingleTally, Tally } from './tally.ts';

/** The figures of one world, for a terminal. */
export function spellTally(title: string, tally: Tally): string {
  const { healthy, noisy, withheld, evidence, agreement } = tally;
  const line = (name: string, { nights, top1, top3, family, exact, baseline }: SingleTally) =>
    nights === 0
      ? []
      : [
          [
            name.padEnd(18),
            String(nights).padStart(5),
            ...[top1, top3, exact, family, baseline].map((good) => percent(good / nights).padStart(8)),
          ].join(' '),
        ];
  return [
    `${title.padEnd(18)} nights    top-1    top-3    exact   family   baseline (first failed task)`,
    ...FAMILIES.flatMap((family) => line(family, tally.families[family])),
    ...line('all singles', tally.singles),
    ...line('pairs', tally.pairs),
    `healthy ${healthy.blamed} of ${healthy.nights} blamed (baseline ${healthy.baselineBlamed}), noisy ${noisy.blamed} of ${noisy.nights} (baseline ${noisy.baselineBlamed})`,
    `withheld ${withheld.abstained} of ${withheld.nights} without a cause, ${withheld.saysGaps} said what is missing`,
    `evidence ${evidence.wrong} of ${evidence.checked} wrong; agreement ${agreement.agreed} of ${agreement.nights}, on tables as they stood ${tally.live.agreed} of ${tally.live.nights}; median ${tally.medianMs.toFixed(0)} ms`,
  ].join('\n');
}
