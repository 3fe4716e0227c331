import { describe, expect, it } from 'vitest';
import type { ComparisonFinding } from '../../src/batch/finding.ts';
import type { ComparedUnit, UnitDifference } from '../../src/batch/timing/compare.ts';
import { comparisonChart } from '../../src/charts/comparison/comparison-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { historyOf, MINUTE, NOW, present, stateOf, textsIn, wordsOf, ZONE } from './scenes.ts';

const ran = (startedAfterMin: number, minutes: number | null, more: Partial<ComparedUnit> = {}): ComparedUnit => ({
  status: minutes === null ? 'RUNNING' : 'SUCCESS',
  startedAt: NOW - 180 * MINUTE + startedAfterMin * MINUTE,
  startedAfterMin,
  durationS: minutes === null ? null : minutes * 60,
  attempts: 1,
  finished: null,
  ...more,
});
const absent: ComparedUnit = {
  ...ran(0, 0),
  status: 'WAITING',
  startedAt: null,
  startedAfterMin: null,
  durationS: null,
};

function differs(slice: string, what: UnitDifference['what'], before: ComparedUnit | null, after: ComparedUnit | null) {
  return { datasetId: 'com.jpmc.ct.lri.x-positions_v2', slice, what, before, after };
}

function finding(differences: readonly UnitDifference[], open = true): ComparisonFinding {
  const { essential, businessDate, phase, state, other, notes, gaps } = historyOf(0, stateOf([2, 2]));
  const about = { essential, businessDate, phase, state, other, notes, gaps };
  const over = { phase, status: 'SUCCESS', startedAt: 0, endedAt: 7_200_000, durationS: 7200 } as const;
  const before = { ...over, businessDate: '2026-02-12' };
  const after = open
    ? ({ ...over, businessDate, status: 'RUNNING', endedAt: null, durationS: null } as const)
    : { ...over, businessDate, durationS: 9000 };
  return { kind: 'comparison', ...about, comparison: { before, after, differences, alike: 3 } };
}

describe('the picture of two nights', () => {
  it('has a pair of bars for each slice that ran on both and differs, from where each night began', () => {
    const chart = present(
      comparisonChart(
        finding([
          differs('LONGER', ['start', 'duration'], ran(10, 20), ran(40, 65)),
          differs('OPEN', ['status'], ran(10, 20), ran(10, null)),
          differs('WAITS', ['status', 'presence'], ran(10, 20), absent),
          differs('NEW', ['presence'], null, ran(5, 5)),
        ]),
        NOW,
        ZONE,
      ),
    );
    expect(chart.rows.map(({ label, before, after }) => [label, before.to, after.from, after.to])).toEqual([
      ['LONGER', 30, 40, 105],
      // Until now.
      ['OPEN', 30, 10, 180],
    ]);
    expect(chart.rows.map(({ notes }) => notes.join(', ').replaceAll('\u00a0', ' '))).toEqual([
      '1 h 05 instead of 20 min, began 30 min later',
      'running instead of succeeded',
    ]);
    expect(chart.folded).toBe('+ 2 that ran on one side only');
    expect(wordsOf(chart.caption)).toContain(
      'PRELIM, Fri 13 Feb beside Thu 12 Feb: 4 of 7 slices differ RUNNING instead of SUCCESS',
    );
    expect(chart.caption.alt).toContain('NEW: only Fri 13 Feb.');
    expect(textsIn(renderSvg(draw(chart)))).toEqual(
      expect.arrayContaining(['Thu 12 Feb', 'Fri 13 Feb', 'running', '▶', '2 h', 'after its first run began']),
    );
  });

  it('says how long both took where both are over', () => {
    const two = ['A', 'B'].map((slice) => differs(slice, ['duration'], ran(0, 20), ran(0, 50)));
    const { caption } = present(comparisonChart(finding(two, false), NOW, ZONE));
    expect(wordsOf(caption)).toContain('Both SUCCESS · 2 h 30 instead of 2 h');
  });

  it('is none where fewer than two ran on both', () => {
    const one = differs('A', ['duration'], ran(0, 20), ran(0, 50));
    expect(comparisonChart(finding([one, differs('B', ['presence'], null, ran(0, 5))]), NOW, ZONE)).toBeNull();
  });
});
