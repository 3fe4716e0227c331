import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assessPhase } from '../../src/batch/night.ts';
import { PHASES } from '../../src/batch/run.ts';
import { unitsOf } from '../../src/batch/state.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { rasterize } from '../../src/charts/rendering/rasterize.ts';
import { MOST_LANES } from '../../src/charts/timeline/fold.ts';
import { timelineChart } from '../../src/charts/timeline/timeline-chart.ts';
import { nights } from '../batch/oracle/nights.ts';
import { textsIn } from './scenes.ts';

const zones = fc.constantFrom('America/New_York', 'Asia/Kolkata', 'UTC', 'Australia/Lord_Howe');
const minutes = fc.integer({ min: -600, max: 3000 });

it('draws any night on which something ran', { timeout: 60_000 }, () => {
  let drawn = 0;
  fc.assert(
    fc.property(
      nights,
      fc.constantFrom(...PHASES),
      zones,
      fc.option(minutes),
      fc.option(minutes),
      (night, phase, zone, eta, due) => {
        const state = assessPhase(night, phase);
        const now = night.asOf;
        const at = (offset: number) => now + offset * 60_000;
        const estimate = eta === null ? null : { p50: at(Math.max(0, eta)), p90: at(Math.max(0, eta) + 40) };
        const chart = timelineChart({ state, now, zone, estimate, deadline: due === null ? null : at(due) });
        expect(chart === null).toBe(unitsOf(state).every((unit) => unit.attempts.length === 0));
        if (chart === null) return;
        expect(chart.lanes.length).toBeLessThanOrEqual(MOST_LANES);
        expect(chart.ticks.length).toBeLessThanOrEqual(7);
        for (const { bars } of chart.lanes)
          for (const { from, to } of bars) {
            expect(from).toBeLessThanOrEqual(to);
            expect(from).toBeGreaterThan(chart.from);
            expect(to).toBeLessThan(chart.to);
          }
        const svg = renderSvg(draw(chart));
        expect(svg).not.toContain('NaN');
        expect(textsIn(svg).join(' ')).toContain(zone);
        // Rasterizing all of them would take minutes.
        if (drawn++ % 10 === 0) expect(rasterize(svg).width).toBe(1440);
      },
    ),
    { numRuns: 100 },
  );
  expect(drawn).toBeGreaterThan(30);
});
