import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/batch/finding.ts';
import { assessPhase } from '../../src/batch/night.ts';
import { placeRuns } from '../../src/batch/placement.ts';
import { FAMILIES } from '../../src/batch/rca/cause.ts';
import { PHASES } from '../../src/batch/run.ts';
import { unitsOf } from '../../src/batch/state.ts';
import { compareNights } from '../../src/batch/timing/compare.ts';
import { timelineOf } from '../../src/batch/timing/timeline.ts';
import { type Chart, MOST_ALT } from '../../src/charts/chart.ts';
import { chartOf } from '../../src/charts/chart-of.ts';
import { MOST_BATCHES } from '../../src/charts/night/night-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { rasterize } from '../../src/charts/rendering/rasterize.ts';
import { MOST_LANES } from '../../src/charts/timeline/fold.ts';
import { nights } from '../batch/oracle/nights.ts';
import { causeOf, diagnosisOf, historyOf, latenessOf, nightOf, textsIn } from './scenes.ts';

const minutes = fc.option(fc.integer({ min: -600, max: 3000 }));
const choices = fc.record({
  night: nights,
  zone: fc.constantFrom('America/New_York', 'Asia/Kolkata', 'UTC', 'Australia/Lord_Howe'),
  eta: minutes,
  due: minutes,
  late: fc.integer({ min: -2000, max: 2000 }),
  families: fc.array(fc.constantFrom(...FAMILIES), { maxLength: 3 }),
  seconds: fc.array(fc.option(fc.integer({ min: 0, max: 200_000 })), { minLength: 1, maxLength: 5 }),
});
type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

/** Every kind of finding that may have a picture, about the same night. */
function findingsOf({ night, eta, due, late, families, seconds }: Choices): Finding[] {
  const now = night.asOf;
  const at = (offset: number | null) => (offset === null ? null : now + offset * 60_000);
  const [after, before] = PHASES.map((phase) => {
    const { definition, rows, businessDate } = night;
    const state = assessPhase(night, phase);
    return { state, timeline: timelineOf(placeRuns(definition, rows, now), businessDate, phase) };
  }) as [Parameters<typeof compareNights>[0], Parameters<typeof compareNights>[0]];
  const { state } = after;
  const units = unitsOf(state);
  const p50 = at(eta === null ? null : Math.max(0, eta));
  const estimate = p50 === null ? null : { p50, p90: p50 + 2_400_000, basis: 9, chanceOfMissing: () => 0.5 };
  const causes = families.map((family, index) => {
    const unit = units[index];
    return causeOf(family, unit?.datasetId ?? null, unit === undefined ? [] : [unit.slice]);
  });
  const lateness = latenessOf({ run: late });
  const prospect = { estimate, lateness, deadline: at(due) };
  const history = historyOf(seconds.length, state, { 0: { durationS: seconds[0] ?? null } });
  const { essential, businessDate, phase, other, notes, gaps } = history;
  const about = { essential, businessDate, phase, state, other, notes, gaps, datasetId: null };
  const usual = { p50: seconds[0] ?? 0, p90: 5000, p95: 5000, basis: 9, calendar: 'all' } as const;
  const durations = units.map(({ datasetId, slice }, index) => {
    const actualS = seconds[index % seconds.length] ?? null;
    return { datasetId, slice, actualS, running: index % 2 === 0, usual, longerThan: null, lastAsLong: null };
  });
  return [
    { kind: 'status', ...about },
    {
      kind: 'causes',
      ...about,
      focus: 'cause',
      meant: null,
      diagnosis: diagnosisOf(causes),
      lateness,
      deadline: at(due),
    },
    { kind: 'eta', ...about, estimate, target: null, chanceOfMissing: null, diagnosis: diagnosisOf(causes) },
    { kind: 'lateness', ...about, lateness, deadline: null },
    history,
    nightOf([after, before].map((one) => ({ essential: 'E', state: one.state, causes, prospect }))),
    { kind: 'durations', ...about, units: durations, phaseUsual: { actualS: 60, usual } },
    { kind: 'comparison', ...about, comparison: compareNights(before, after) },
  ];
}

/** Stretches of time are inside their picture. */
function expectInside(chart: Chart): void {
  if (chart.kind !== 'timeline' && chart.kind !== 'night') return;
  expect(chart.lanes.length).toBeLessThanOrEqual(chart.kind === 'night' ? MOST_BATCHES : MOST_LANES);
  expect(chart.ticks.length).toBeLessThanOrEqual(7);
  for (const { bars } of chart.lanes)
    for (const { from, to } of bars) {
      expect(from).toBeLessThanOrEqual(to);
      expect(from).toBeGreaterThan(chart.from);
      expect(to).toBeLessThan(chart.to);
    }
}

it('draws whatever is found of any night', { timeout: 60_000 }, () => {
  const drawn = new Map<string, number>();
  fc.assert(
    fc.property(choices, (choice) => {
      const now = choice.night.asOf;
      for (const finding of findingsOf(choice)) {
        const chart = chartOf(finding, now, choice.zone);
        if (finding.kind === 'status')
          expect(chart === null).toBe(unitsOf(finding.state).every((unit) => unit.attempts.length === 0));
        if (chart === null) continue;
        expectInside(chart);
        expect(chart.caption.title).not.toBe('');
        expect(chart.caption.alt).toMatch(/\d/);
        expect([...chart.caption.alt].length).toBeLessThanOrEqual(MOST_ALT);
        const seen = drawn.get(chart.kind) ?? 0;
        drawn.set(chart.kind, seen + 1);
        // Laying out or rasterizing all of them would take minutes.
        if (seen % 5 !== 0) continue;
        const svg = renderSvg(draw(chart));
        expect(svg).not.toContain('NaN');
        expect(textsIn(svg).join(' ')).toContain(choice.zone);
        if (seen % 24 === 0) expect(rasterize(svg).width).toBe(1440);
      }
    }),
    { numRuns: 30 },
  );
  // Two passes of which two slices differ are rare among these nights.
  for (const kind of ['timeline', 'night', 'lateness', 'history', 'durations'])
    expect(drawn.get(kind) ?? 0, kind).toBeGreaterThan(2);
});
