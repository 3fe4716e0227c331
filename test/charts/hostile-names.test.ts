import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhaseState } from '../../src/batch/state.ts';
import { MOST_ALT } from '../../src/charts/chart.ts';
import { comparisonChart } from '../../src/charts/comparison/comparison-chart.ts';
import { durationsChart } from '../../src/charts/durations/durations-chart.ts';
import { historyChart } from '../../src/charts/history/history-chart.ts';
import { latenessChart } from '../../src/charts/lateness/lateness-chart.ts';
import { nightChart } from '../../src/charts/night/night-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { rasterize } from '../../src/charts/rendering/rasterize.ts';
import { timelineChart } from '../../src/charts/timeline/timeline-chart.ts';
import { hostile } from '../slack/blocks/answers.ts';
import { causeOf, historyOf, latenessOf, NOW, nightOf, present, stateOf, textsIn, ZONE } from './scenes.ts';

/** A night whose every name is the given text. */
function named(name: string): PhaseState {
  const state = stateOf([3, 2], { DESK_1_0: [{ status: 'FAILED' }] });
  return {
    ...state,
    essential: name,
    datasets: state.datasets.map((dataset) => ({
      ...dataset,
      datasetId: name,
      units: dataset.units.map((unit) => ({ ...unit, datasetId: name, slice: name })),
    })),
  };
}

function chartsOf(name: string) {
  const state = named(name);
  const bad = { essential: name, state, causes: [causeOf('task_failure', name, [name])] };
  const { notes, gaps, other, businessDate } = historyOf(0, state);
  const about = { essential: name, businessDate, phase: state.phase, state, other, notes, gaps, datasetId: null };
  const usual = { p50: 600, p90: 700, p95: 800, basis: 20, calendar: 'ordinary' } as const;
  const unit = { datasetId: name, slice: name, running: false, usual, longerThan: null, lastAsLong: null };
  const units = [600, 6000].map((actualS) => ({ ...unit, actualS }));
  const side = {
    status: 'SUCCESS',
    startedAt: NOW,
    startedAfterMin: 5,
    durationS: 600,
    attempts: 1,
    finished: 1,
  } as const;
  const differs = { datasetId: name, slice: name, what: ['duration'], before: side, after: side } as const;
  const whole = { businessDate, phase: state.phase, status: state.status, startedAt: NOW, endedAt: NOW, durationS: 60 };
  const comparison = { before: whole, after: whole, differences: [differs, differs], alike: 0 };
  return [
    present(timelineChart({ state, now: NOW, zone: ZONE })),
    present(historyChart({ ...historyOf(4, state), datasetId: name, slices: [name] }, NOW, ZONE)),
    latenessChart(state, latenessOf({ run: 30 }), ZONE),
    present(nightChart(nightOf([bad, { ...bad, essential: `${name} too` }]), NOW, ZONE)),
    present(durationsChart({ ...about, kind: 'durations', units, phaseUsual: { actualS: 60, usual } }, NOW, ZONE)),
    present(comparisonChart({ ...about, kind: 'comparison', comparison }, NOW, ZONE)),
  ];
}

const ELEMENTS = /<(?!\/|\?|!)([a-z]+)/gi;

describe('names from outside', () => {
  it.each([
    '</text><image href="file:///etc/passwd"/><text>',
    ']]><script>alert(1)</script>',
    '&lt;b&gt; & "quotes" \'too\'',
    '{b|rich} {a} {@value}',
  ])('are plain text in the picture: %s', (name) => {
    for (const chart of chartsOf(name)) {
      const svg = renderSvg(draw(chart));
      const elements = new Set([...svg.matchAll(ELEMENTS)].map(([, element]) => element));
      expect(
        [...elements].filter((one) => !/^(svg|rect|path|g|text|circle|defs|clipPath|style)$/.test(one ?? '')),
      ).toEqual([]);
      expect(textsIn(svg).some((text) => text.includes(name.slice(0, 3)))).toBe(true);
      if (chart.kind === 'timeline') expect(rasterize(svg).width).toBe(1440);
    }
  });

  it('never stop a picture, nor reach it at length, whatever they are', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(hostile, (name) => {
        for (const chart of chartsOf(name)) {
          const { title, subtitle, footnote, alt } = chart.caption;
          expect(Math.max(title.length, subtitle.length, footnote.length)).toBeLessThan(300);
          expect(alt.length).toBeLessThanOrEqual(2 * MOST_ALT);
          const svg = renderSvg(draw(chart));
          // Neither controls nor what turns the direction of reading.
          expect(svg).not.toMatch(/[^\P{C}\n\t]/u);
          expect(svg.isWellFormed()).toBe(true);
          // Rasterizing every one of them would take long; the timeline has all kinds of names.
          if (chart.kind === 'timeline') expect(rasterize(svg).width).toBe(1440);
        }
      }),
      { numRuns: 6 },
    );
  });
});
