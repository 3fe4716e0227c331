import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latenessChart } from '../../src/charts/lateness/lateness-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { latenessOf, stateOf, textsIn, wordsOf, ZONE } from './scenes.ts';

const state = stateOf([2, 1]);

describe('the picture of a lateness', () => {
  it('goes from the usual end to the end, part by part, each with its sign', () => {
    const chart = latenessChart(state, latenessOf({ late_start: 20, queue: 5, run: 63, retry: 31, waiting: -4 }), ZONE);
    expect(chart.rows.map(({ label, from, to }) => [label, from, to])).toEqual([
      ['Late start', 0, 20],
      ['Queue', 20, 25],
      ['Run time', 25, 88],
      ['Retries', 88, 119],
      ['Waiting', 119, 115],
      ['Total', 0, 115],
    ]);
    expect(chart.caption.title.replaceAll('\u00a0', ' ')).toBe(
      'TB-Derivatives PRELIM: 1 h 55 late, mostly longer runs',
    );
    expect(textsIn(renderSvg(draw(chart)))).toEqual(
      expect.arrayContaining(['usual end 20:00', '+20 min', '+1 h 03', '−4 min', '+1 h 55']),
    );
    expect(chart.caption.alt).toContain(
      '1 h 55 late. Ended 21:55, usually ends 20:00 (28 nights), America/New_York; late start',
    );
  });

  it('says how early, how much so far, and on time', () => {
    const titled = (...of: Parameters<typeof latenessOf>) =>
      wordsOf(latenessChart(state, latenessOf(...of), ZONE).caption);
    expect(titled({ run: -40 })).toContain('40 min early');
    expect(titled({ run: 40 }, false)).toContain('40 min late so far, mostly longer runs');
    expect(titled({ run: -40 }, false)).toContain('usual end is 40 min away');
    expect(titled({})).toContain('on time');
  });

  it('adds up whatever the parts are, inside its frame', () => {
    const part = fc.integer({ min: -2000, max: 2000 });
    fc.assert(
      fc.property(fc.record({ late_start: part, queue: part, run: part, retry: part, waiting: part }), (parts) => {
        const chart = latenessChart(state, latenessOf(parts), ZONE);
        const last = chart.rows.at(-1);
        expect(chart.rows.at(-2)?.to).toBe(last?.to);
        const drawing = draw(chart);
        const numbers = [...renderSvg(drawing).matchAll(/<text[^>]* x="([^"]+)"/g)].map(([, x]) => Number(x));
        expect(numbers.length).toBeGreaterThan(10);
        for (const x of numbers) expect(x >= 0 && x <= drawing.width).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
