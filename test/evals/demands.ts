import { FAMILIES } from '../../src/playground/world/nights/generated-night.ts';
import type { Tally } from './tally.ts';

/** Something that has to hold, with the figure that was measured. */
export interface Demand {
  what: string;
  measured: string;
  demanded: string;
  met: boolean;
}

/** What a world's nights have to show. */
export function demandsOn(tally: Tally): Demand[] {
  const { singles, pairs, healthy, noisy, withheld, evidence, agreement, live } = tally;
  return [
    atLeast('right at the first place', singles.top1, singles.nights, 0.95),
    ...FAMILIES.map((family) =>
      atLeast(`${family}: right at the first place`, tally.families[family].top1, tally.families[family].nights, 0.85),
    ),
    atLeast('right among the first three', singles.top3, singles.nights, 0.99),
    atLeast('pairs named exactly', pairs.exact, pairs.nights, 0.85),
    none('healthy nights with a cause', healthy.blamed, healthy.nights),
    none('noisy nights with a cause', noisy.blamed, noisy.nights),
    atLeast('nothing named where the proof is missing', withheld.abstained, withheld.nights, 0.95),
    atLeast('evidence that the tables bear out', evidence.checked - evidence.wrong, evidence.checked, 1),
    atLeast('the same answer again', agreement.agreed, agreement.nights, 1),
    atLeast('the same causes on the tables as they stood', live.agreed, live.nights, 1),
  ];
}

/** What the estimates of an end have to show; see `eta/backtest.ts` for the figures. */
export function demandsOnEta(figures: {
  p50Share: number;
  p90Share: number;
  medianErrorMin: number;
  baselineMedianErrorMin: number;
}): Demand[] {
  const { p50Share, p90Share, medianErrorMin, baselineMedianErrorMin } = figures;
  const smaller = baselineMedianErrorMin === 0 ? 0 : 1 - medianErrorMin / baselineMedianErrorMin;
  return [
    between('complete by the estimated P50', p50Share, 0.45, 0.55),
    between('complete by the estimated P90', p90Share, 0.87, 0.93),
    {
      what: 'median error smaller than that of the usual end',
      measured: percent(smaller),
      demanded: '≥ 30.0 %',
      met: smaller >= 0.3,
    },
  ];
}

export function atLeast(what: string, good: number, of: number, share: number): Demand {
  const met = of > 0 && good / of >= share;
  return {
    what,
    measured: `${percent(good / of)} (${good} of ${of})`,
    demanded: share === 1 ? '100 %' : `≥ ${percent(share)}`,
    met,
  };
}

function none(what: string, bad: number, of: number): Demand {
  return { what, measured: `${bad} of ${of}`, demanded: '0', met: of > 0 && bad === 0 };
}

function between(what: string, share: number, from: number, to: number): Demand {
  return {
    what,
    measured: percent(share),
    demanded: `${percent(from)} to ${percent(to)}`,
    met: share >= from && share <= to,
  };
}

/** Cut off, not rounded: 99.97 % is not 100 %. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)} %` : '–';
}
