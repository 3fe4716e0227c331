import { describe, expect, it } from 'vitest';
import { historyChart } from '../../src/charts/history/history-chart.ts';
import { draw } from '../../src/charts/rendering/draw.ts';
import { renderSvg } from '../../src/charts/rendering/echarts.ts';
import { historyOf, NOW, present, stateOf, textsIn, wordsOf, ZONE } from './scenes.ts';

const tonight = stateOf([2, 2, 1]);

describe('the picture of a history', () => {
  it('has the last dates oldest first, tonight at its end, failures marked', () => {
    const finding = historyOf(25, tonight, { 0: { status: 'PARTIAL_FAILURE' }, 3: { repairedUnits: 2 } });
    const chart = present(historyChart(finding, NOW, ZONE));
    expect(chart.bars).toHaveLength(21);
    expect(chart.bars.map(({ look }) => look).slice(-5)).toEqual([
      'REPAIRED',
      'SUCCESS',
      'SUCCESS',
      'FAILED',
      'SUCCESS',
    ]);
    expect(chart.bars.at(-1)).toMatchObject({ label: '13 Feb', tonight: true, minutes: 300 });
    expect(chart.caption.title).toBe('TB-Derivatives PRELIM: failed on 1 of 20 dates');
    expect(wordsOf(chart.caption)).toContain(
      '2026-02-13: 5 h, longer than usual · usually 4 h 15, 9 of 10 within 4 h 26',
    );
    const texts = textsIn(renderSvg(draw(chart)));
    expect(texts).toEqual(expect.arrayContaining(['✗', 'R', 'P50', 'P90', '13 Feb', 'failed', 'repaired', '4 h']));
  });

  it('has no band and no judgement with too few dates', () => {
    const chart = present(historyChart(historyOf(2, tonight), NOW, ZONE));
    expect(chart.band).toBeNull();
    expect(textsIn(renderSvg(draw(chart)))).not.toContain('P90');
    expect(wordsOf(chart.caption)).toContain('2026-02-13: 5 h');
  });

  it('is of the slices meant alone', () => {
    const state = stateOf([2, 2], { DESK_1_0: [{ status: 'FAILED' }] });
    const datasetId = state.datasets[1]?.datasetId as string;
    const of = (slice: string) =>
      present(historyChart({ ...historyOf(5, state), datasetId, slices: [slice] }, NOW, ZONE));
    expect(of('DESK_1_0').bars.at(-1)).toMatchObject({ look: 'FAILED', minutes: 60 });
    expect(of('DESK_1_1').bars.at(-1)).toMatchObject({ look: 'SUCCESS', minutes: 60 });
    expect(of('DESK_1_1').caption.title).toBe(
      'TB-Derivatives PRELIM, dataset_1_results, DESK_1_1: no failure in 5 dates',
    );
  });

  it('says that tonight is not over, and shows failed dates without a duration', () => {
    const running = stateOf([2], { DESK_0_0: [{ status: 'RUNNING', ended: 389 }] });
    const chart = present(historyChart(historyOf(4, running, { 1: { status: 'FAILED', durationS: null } }), NOW, ZONE));
    expect(wordsOf(chart.caption)).toContain('6 h 30 so far');
    expect(chart.bars[2]).toMatchObject({ look: 'FAILED', minutes: null });
    expect(chart.caption.alt).toContain('on the last 4 business dates before 2026-02-13: failed on 1 of 4 dates');
  });

  it('is none where there is nothing to compare with', () => {
    expect(historyChart(historyOf(0, tonight), NOW, ZONE)).toBeNull();
    expect(
      historyChart(historyOf(1, tonight, { 0: { status: 'NOT_STARTED', durationS: null } }), NOW, ZONE),
    ).toBeNull();
  });
});
