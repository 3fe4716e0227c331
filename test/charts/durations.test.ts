import { describe, expect, it } from 'vitest';
import type { DurationsFinding } from '../../src/batch/finding.ts';
import type { UsualDuration } from '../../src/batch/timing/usual.ts';
import { durationsChart } from '../../src/charts/durations/durations-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { historyOf, NOW, present, stateOf, textsIn, wordsOf, ZONE } from './scenes.ts';

const minute = 60;
const usual = { p50: 20 * minute, p90: 25 * minute, p95: 26 * minute, basis: 20, calendar: 'ordinary' } as const;

function took(slice: string, minutes: number | null, more: Partial<UsualDuration> = {}): UsualDuration {
  const actualS = minutes === null ? null : minutes * minute;
  const rest = { running: false, usual, longerThan: null, lastAsLong: null };
  return { datasetId: 'com.jpmc.ct.lri.x-positions_v2', slice, actualS, ...rest, ...more };
}

function finding(units: readonly UsualDuration[]): DurationsFinding {
  const { essential, businessDate, phase, state, other, notes, gaps } = historyOf(0, stateOf([2, 2]));
  const about = { essential, businessDate, phase, state, other, notes, gaps };
  return { kind: 'durations', ...about, datasetId: null, units, phaseUsual: { actualS: 3 * 3600, usual } };
}

describe('the picture of durations', () => {
  it('sets each slice beside its own history, the slow ones first and with what is usual', () => {
    const chart = present(
      durationsChart(finding([took('FAST', 10), took('SLOW', 50, { running: true }), took('NEVER', null)]), NOW, ZONE),
    );
    expect(chart.rows.map(({ label, actual, p90, slow }) => [label, actual, p90, slow])).toEqual([
      ['SLOW', 2.5, 1.25, true],
      ['FAST', 0.5, 1.25, false],
    ]);
    expect(chart.rows[0]?.notes).toEqual(['usually 20\u00a0min, 9 of 10 within 25\u00a0min', 'positions_v2']);
    expect(chart.folded).toBe('1 slice not run yet, or without history');
    expect(wordsOf(chart.caption)).toContain('TB-Derivatives PRELIM: SLOW slow Whole phase: 3 h');
    expect(chart.caption.alt.replaceAll('\u00a0', ' ')).toContain('SLOW: 50 min so far, usually 20 min.');
    expect(textsIn(renderSvg(draw(chart)))).toEqual(
      expect.arrayContaining(['usual', '2×', 'SLOW', '50 min…', '10 min', '!', 'beyond its usual range']),
    );
  });

  it('breaks off what took many times as long, so that the others can still be told apart', () => {
    const numbers = (minutes: number) => {
      const chart = present(durationsChart(finding([took('SLOW', minutes), took('A', 22), took('B', 18)]), NOW, ZONE));
      return textsIn(renderSvg(draw(chart))).filter((text) => text.endsWith('×'));
    };
    expect(numbers(60)).toEqual(['2×', '3×']);
    expect(numbers(6000)).toEqual(['2×', '3×', '4×']);
  });

  it('folds what is inside its usual range, and says that nothing is slow', () => {
    const chart = present(
      durationsChart(finding(Array.from({ length: 30 }, (_, index) => took(`S${index}`, 20))), NOW, ZONE),
    );
    expect(chart.rows).toHaveLength(12);
    expect(chart.folded).toBe('+ 18 more, inside their usual range');
    expect(chart.caption.title).toBe('TB-Derivatives PRELIM: no slice slow');
  });

  it('is none where there is one figure, or no history', () => {
    expect(durationsChart(finding([took('A', 20), took('B', null)]), NOW, ZONE)).toBeNull();
    expect(durationsChart(finding([took('A', 20, { usual: null }), took('B', 20)]), NOW, ZONE)).toBeNull();
  });
});
