import { describe, expect, it } from 'vitest';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { MOST_LANES } from '../../src/charts/timeline/fold.ts';
import { type TimelineInput, timelineChart } from '../../src/charts/timeline/timeline-chart.ts';
import { causeOf, MINUTE, NOW, present, stateOf, textsIn, wordsOf, ZONE } from './scenes.ts';

const timeline = (input: Partial<TimelineInput> & Pick<TimelineInput, 'state'>) =>
  present(timelineChart({ now: NOW, zone: ZONE, ...input }));
const texts = (chart: ReturnType<typeof timeline>) => textsIn(renderSvg(draw(chart)));

const FAILED = [
  { status: 'FAILED', ended: 150 },
  { status: 'FAILED', created: 160, ended: 200 },
] as const;
const LARGE = Array.from({ length: 30 }, () => 6);
const LATER = NOW + 4 * 24 * 60 * MINUTE;

describe('the lanes of a timeline', () => {
  it('show each slice of a small night that went well, under its dataset and step', () => {
    const { lanes } = timeline({ state: stateOf([2, 0]) });
    expect(lanes.map(({ kind, step, label }) => [kind, step, label])).toEqual([
      ['dataset', 1, 'dataset_0_results'],
      ['unit', null, 'DESK_0_0'],
      ['unit', null, 'DESK_0_1'],
      ['dataset', 2, 'dataset_1_results'],
    ]);
  });

  it('show nothing but what is out of the ordinary where something is, an attempt a bar', () => {
    const { lanes } = timeline({ state: stateOf([2, 3], { DESK_1_2: FAILED }) });
    expect(lanes.map(({ label, note }) => [label, note])).toEqual([
      ['dataset_0_results', ''],
      ['dataset_1_results', '2 of 3 done'],
      ['DESK_1_2', 'failed 18:20, try 2'],
    ]);
    expect(lanes[2]?.bars.map(({ look }) => look)).toEqual(['FAILED', 'FAILED']);
  });

  it('tell a slice that never came while its siblings did', () => {
    const { lanes } = timeline({ state: stateOf([3], { DESK_0_1: [] }) });
    expect(lanes.find(({ label }) => label === 'DESK_0_1')).toMatchObject({ note: 'not started', bars: [] });
  });

  it('tell a stuck run, a running one and a repaired one apart by mark and word', () => {
    const state = stateOf([4], {
      DESK_0_0: [{ status: 'RUNNING', ended: 200 }],
      DESK_0_1: [{ status: 'RUNNING', ended: 385 }],
      DESK_0_2: [{ status: 'FAILED', ended: 30 }, { created: 40 }],
    });
    const chart = timeline({ state });
    expect(chart.lanes.slice(1).map(({ look, note }) => [look, note])).toEqual([
      ['STUCK', 'stuck, last seen 18:20'],
      ['RUNNING', '6\u00a0h\u00a030 so far'],
      ['SUCCESS', 'repaired 16:00'],
    ]);
    expect(texts(chart)).toEqual(expect.arrayContaining(['!', '▶', '✓', '✗', 'stuck', 'running', 'failed']));
  });

  it('fold the least interesting into one lane that says how many', () => {
    const state = stateOf(LARGE, { DESK_29_3: [{ status: 'FAILED', created: 10, ended: 20 }] }, LATER);
    const { lanes } = timeline({ state });
    expect(lanes).toHaveLength(MOST_LANES);
    expect(lanes.some(({ label, look }) => label === 'DESK_29_3' && look === 'FAILED')).toBe(true);
    const folded = lanes.at(-1);
    expect(folded).toMatchObject({ kind: 'folded', label: '+ 8 datasets' });
    const shown = lanes.filter(({ kind }) => kind === 'dataset').length;
    expect(shown + 8).toBe(30);
    // Slices of the folded datasets, each in one of the counts.
    const counts = [...(folded?.note ?? '').matchAll(/\d+/g)].map(([count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(48);
  });

  it('let no dataset crowd out the others, however many of its slices failed', () => {
    const odd = Object.fromEntries(
      Array.from({ length: 40 }, (_, slice) => [`DESK_0_${slice}`, [{ status: 'FAILED' }]]),
    );
    const { lanes } = timeline({ state: stateOf([40, 2, 2, 2], odd, LATER) });
    expect(lanes.map(({ kind }) => kind)).toEqual([
      ...['dataset', ...Array.from({ length: 8 }, () => 'unit')],
      ...['dataset', 'dataset', 'dataset', 'folded'],
    ]);
    expect(lanes.at(-1)).toMatchObject({ label: '+ 32 slices', note: '32 failed' });
  });
});

describe('causes', () => {
  const second = 'com.jpmc.ct.lri.derivatives-dataset_1_results';

  it('are marked where they broke out, before anything else has a lane, and named in the title', () => {
    const state = stateOf([2, 3], { DESK_0_0: FAILED });
    const causes = [causeOf('data_skew', second, ['DESK_1_2']), causeOf('late_start', second, [null])];
    const chart = timeline({ state, causes });
    expect(chart.lanes.map(({ label, cause, note }) => [label, cause, note])).toEqual([
      ['dataset_0_results', false, '1 of 2 done'],
      ['DESK_0_0', false, 'failed 18:20, try 2'],
      ['dataset_1_results', true, 'began late'],
      ['DESK_1_2', true, 'slow'],
    ]);
    expect(texts(chart)).toContain('where it went wrong');
    expect(wordsOf(chart.caption)).toContain(
      'TB-Derivatives PRELIM: DESK_1_2 slow, dataset_1_results began late 1 of 5 slices failed',
    );
  });

  it('are those of a dataset where many of its slices are alike', () => {
    const slices = Array.from({ length: 6 }, (_, index) => `DESK_0_${index}`);
    const { lanes, caption } = timeline({
      state: stateOf([6]),
      causes: [causeOf('queue_delay', second, ['A']), causeOf('slow_run', second.replace('1', '0'), slices)],
    });
    expect(lanes.filter(({ cause }) => cause).map(({ label }) => label)).toEqual(['dataset_0_results']);
    expect(caption.title).toContain('A queued long, 6 slices of dataset_0_results slow');
  });
});

describe('what waits', () => {
  it('shares a lane a step where it is much, and has its names where it is not', () => {
    const waiting = (sizes: readonly number[]) => {
      const odd = sizes
        .slice(1)
        .flatMap((size, step) =>
          Array.from({ length: size }, (_, slice) => [`DESK_${step + 1}_${slice}`, []] as const),
        );
      const state = stateOf(sizes, { ...Object.fromEntries(odd), DESK_0_0: FAILED });
      // All of one step, but for the first.
      const datasets = state.datasets.map((dataset, index) => ({ ...dataset, step: index === 0 ? 1 : 2 }));
      return timeline({ state: { ...state, datasets } })
        .lanes.filter(({ step }) => step !== 1)
        .map(({ label }) => label);
    };
    expect(waiting([2, 1, 2, 1])).toEqual(['DESK_0_0', 'dataset_1_results', 'dataset_2_results', 'dataset_3_results']);
    expect(waiting([2, 1, 2, 1, 1, 1])).toEqual(['DESK_0_0', '5 datasets']);
  });
});

describe('the lines of a timeline', () => {
  const state = stateOf([2, 2], { DESK_1_0: [{ status: 'RUNNING', ended: 389 }] });
  const estimate = { p50: NOW + 60 * MINUTE, p90: NOW + 95 * MINUTE };

  it('are now, the expected end and the deadline, in time', () => {
    const chart = timeline({ state, estimate, deadline: NOW + 80 * MINUTE });
    expect(texts(chart)).toEqual(expect.arrayContaining(['now 21:30', 'end 22:30, by 23:05 (P90)', 'due 22:50']));
    expect(chart.to).toBeGreaterThan(estimate.p90);
    expect(wordsOf(chart.caption)).toContain('expected 22:30, P90 23:05');
  });

  it('have the usual end among them, and how late it is by it', () => {
    const chart = timeline({ state, usualEnd: NOW - 90 * MINUTE });
    expect(texts(chart)).toEqual(expect.arrayContaining(['now 21:30', 'usual end 20:00']));
    expect(wordsOf(chart.caption)).toContain('1 h 30 late');
  });

  it('leave out a deadline that would squeeze the night, but not its words', () => {
    const chart = timeline({ state, deadline: NOW + 600 * MINUTE });
    expect(chart.deadline).toBeNull();
    expect(chart.to).toBeLessThan(NOW + 60 * MINUTE);
    expect(wordsOf(chart.caption)).toContain('due Sat 07:30');
  });

  it('have neither now nor an expected end once all is done', () => {
    const chart = timeline({ state: stateOf([2]), estimate });
    expect([chart.now, chart.eta]).toEqual([null, null]);
    expect(wordsOf(chart.caption)).toContain('ended 16:00');
  });
});

describe('the words of a timeline', () => {
  it('say the verdict, the business date and the zone, and again to who does not see it', () => {
    const { caption } = timeline({ state: stateOf([2, 3], { DESK_1_2: FAILED }) });
    expect(caption.title).toBe('TB-Derivatives PRELIM: 1 of 5 slices failed');
    expect(caption.footnote).toBe('Business date Fri 13 Feb 2026 · times in America/New_York (UTC−5)');
    expect(caption.alt).toBe(
      'Timeline of TB-Derivatives PRELIM for business date 2026-02-13: 1 of 5 slices failed (DESK_1_2 of dataset_1_results). Began 15:00, step 2 of 2, America/New_York.',
    );
  });

  it('name the day where the night crosses it', () => {
    const chart = timeline({ state: stateOf([1, 1, 1, 1, 1, 1], {}, LATER), now: LATER });
    expect(chart.ticks.map(({ label }) => label)).toContain('00:00\nSat 14');
    expect(wordsOf(chart.caption)).toContain('ended Sat 02:00');
  });

  it('are none where nothing ran', () => {
    expect(timelineChart({ state: stateOf([1], { DESK_0_0: [] }), now: NOW, zone: ZONE })).toBeNull();
  });
});
