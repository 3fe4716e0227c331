import type { Chart } from '../chart.ts';
import { drawComparison } from '../comparison/draw-comparison.ts';
import { drawDurations } from '../durations/draw-durations.ts';
import { drawHistory } from '../history/draw-history.ts';
import { drawLateness } from '../lateness/draw-lateness.ts';
import { drawNight } from '../night/draw-night.ts';
import { drawTimeline } from '../timeline/draw-timeline.ts';
import type { Drawing } from './drawing.ts';

export function draw(chart: Chart): Drawing {
  switch (chart.kind) {
    case 'timeline':
      return drawTimeline(chart);
    case 'night':
      return drawNight(chart);
    case 'durations':
      return drawDurations(chart);
    case 'comparison':
      return drawComparison(chart);
    case 'history':
      return drawHistory(chart);
    case 'lateness':
      return drawLateness(chart);
  }
}
