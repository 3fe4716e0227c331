import { describe, expect, it } from 'vitest';
import type { NightFinding } from '../../src/batch/finding.ts';
import { chartOf } from '../../src/charts/chart-of.ts';
import { MOST_BATCHES, type NightChart } from '../../src/charts/night/night-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { causeOf, latenessOf, MINUTE, NOW, nightOf, stateOf, textsIn, wordsOf, ZONE } from './scenes.ts';

const DATASET = 'com.jpmc.ct.lri.derivatives-dataset_1_results';
const done = stateOf([2, 2]);
const failed = stateOf([2, 2], { DESK_1_0: [{ status: 'FAILED' }] });
const running = stateOf([2, 2], { DESK_1_0: [{ status: 'RUNNING', ended: 389 }] });
const waiting = stateOf([2, 2], { DESK_1_0: [], DESK_1_1: [] });
const idle = stateOf([1], { DESK_0_0: [] });
const estimate = { p50: NOW + 60 * MINUTE, p90: NOW + 95 * MINUTE, basis: 20, chanceOfMissing: () => 0.1 };

const bad = (essential: string) => ({
  essential,
  state: failed,
  causes: [causeOf('task_failure', DATASET, ['DESK_1_0'])],
  prospect: { lateness: latenessOf({ waiting: 90 }, false), deadline: NOW + 30 * MINUTE },
});
const open = { essential: 'OPEN', state: running, prospect: { estimate, lateness: latenessOf({ run: -20 }, false) } };

function glance(night: NightFinding): NightChart {
  const chart = chartOf(night, NOW, ZONE);
  if (chart?.kind !== 'night') throw new Error(`it is a ${chart?.kind}`);
  return chart;
}

describe('the picture of a night', () => {
  it('has a lane a batch in the order of the night, with what is wrong, what is to come and what is done', () => {
    const chart = glance(nightOf([bad('A'), bad('B'), open, { essential: 'DONE', state: done }]));
    expect(chart.lanes.map(({ label, look, attention }) => [label, look, attention])).toEqual([
      ['A', 'FAILED', true],
      ['B', 'FAILED', true],
      ['OPEN', 'RUNNING', false],
      ['DONE', 'SUCCESS', false],
    ]);
    const [first, , third, last] = chart.lanes;
    expect(first?.notes).toEqual(['DESK_1_0 failed', '1\u00a0h\u00a030 late', 'due 22:00', 'step 2 of 2']);
    // Nothing of it has run since; where something runs there is no such line.
    expect(first?.idle).toEqual({ from: NOW - 210 * MINUTE, to: NOW });
    expect(third).toMatchObject({ idle: null, eta: { p50: estimate.p50 }, usualEnd: NOW - 90 * MINUTE });
    expect(third?.notes[1]).toBe('expected 22:30');
    expect(last).toMatchObject({ aside: 'done 18:00', notes: [] });
    expect(textsIn(renderSvg(draw(chart)))).toEqual(
      expect.arrayContaining(['now 21:30', 'failed', 'usual end', 'due', 'expected end, P50 to P90', 'done 18:00']),
    );
  });

  it('says in its words, and to who does not see it, what the night comes to', () => {
    const { caption } = glance(nightOf([bad('A'), bad('B'), open, { essential: 'DONE', state: done }]));
    expect(wordsOf(caption)).toContain(
      'Fri 13 Feb: 2 of 4 batches need attention As of 21:30 · 1 under way · 1 done Business date Fri 13 Feb 2026',
    );
    expect(caption.alt.replaceAll('\u00a0', ' ')).toBe(
      'The night of business date 2026-02-13 at 21:30, America/New_York: 2 of 4 batches need attention; 1 under way, 1 done. A PRELIM: DESK_1_0 failed, 1 h 30 late, due 22:00. B PRELIM: DESK_1_0 failed, 1 h 30 late, due 22:00.',
    );
  });

  it('counts a batch that is listed with both phases once, where the worse one is', () => {
    const later = { ...done, phase: 'FINAL' as const };
    const { caption, lanes } = glance(nightOf([bad('A'), bad('B'), { essential: 'A', state: later }]));
    expect(wordsOf(caption)).toContain('2 of 2 batches need attention');
    expect(wordsOf(caption)).not.toContain('1 done');
    expect(lanes.map(({ notes, aside }) => notes[0] ?? aside)).toEqual(['PRELIM', 'PRELIM', 'FINAL done 18:00']);
  });

  it('still tells why what is done by now was late', () => {
    const { lanes } = glance(nightOf([bad('A'), bad('B'), { ...bad('LATE'), state: done }]));
    expect(lanes[2]).toMatchObject({
      attention: false,
      notes: ['DESK_1_0 failed', 'done 18:00', expect.any(String), 'due 22:00'],
    });
  });

  it('folds what went well where there are many, and says how many', () => {
    const many = Array.from({ length: 37 }, (_, index) => ({
      essential: `E${index}`,
      state: index === 20 ? idle : index < 3 ? running : done,
    }));
    const chart = glance(nightOf([bad('A'), bad('B'), ...many, { ...bad('LATE'), state: done }]));
    expect(chart.lanes.map(({ label }) => label)).toEqual(['A', 'B', 'E0', 'E1', 'E2', 'LATE']);
    expect(chart.folded).toBe('+ 34 more: 33 done, 1 not started');
    expect(textsIn(renderSvg(draw(chart)))).toContain(chart.folded);
  });

  it('shows no more than its most, however many are in trouble', () => {
    const chart = glance(nightOf(Array.from({ length: 40 }, (_, index) => bad(`E${index}`))));
    expect(chart.lanes).toHaveLength(MOST_BATCHES);
    expect(chart.folded).toBe('+ 26 more: 26 need attention');
  });

  it('leaves out a deadline that would squeeze the night, but not its words', () => {
    const far = { ...bad('A'), prospect: { deadline: NOW + 24 * 60 * MINUTE } };
    const chart = glance(nightOf([far, bad('B')]));
    expect(chart.lanes[0]).toMatchObject({ deadline: null, notes: expect.arrayContaining(['due Sat 21:30']) });
    expect(chart.to).toBeLessThan(NOW + 60 * MINUTE);
  });
});

describe('a night', () => {
  it('with one batch in trouble is that batch, where it went wrong', () => {
    const chart = chartOf(nightOf([bad('A'), open, { essential: 'DONE', state: done }]), NOW, ZONE);
    expect(chart).toMatchObject({ kind: 'timeline', usualEnd: NOW - 90 * MINUTE, deadline: NOW + 30 * MINUTE });
    expect(chart?.caption.title).toBe('A PRELIM: DESK_1_0 failed');
  });

  it('has a picture where several are under way, and none where there is nothing to see', () => {
    const later = { essential: 'B', state: waiting };
    expect(glance(nightOf([open, later])).caption.title).toBe('Fri 13 Feb: nothing failed, 0 of 2 batches done');
    for (const sketches of [[], [{ essential: 'A', state: done }], [open], [{ essential: 'A', state: idle }]])
      expect(chartOf(nightOf(sketches), NOW, ZONE)).toBeNull();
  });
});
