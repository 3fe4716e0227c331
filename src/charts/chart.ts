import type { ComparisonChart } from './comparison/comparison-chart.ts';
import type { DurationsChart } from './durations/durations-chart.ts';
import type { HistoryChart } from './history/history-chart.ts';
import type { LatenessChart } from './lateness/lateness-chart.ts';
import type { NightChart } from './night/night-chart.ts';
import type { TimelineChart } from './timeline/timeline-chart.ts';

/** What stands around every picture. Plain text, bounded, safe to draw. */
export interface Caption {
  /** The verdict, one sentence without a full stop. */
  title: string;
  subtitle: string;
  /** Business date and zone of the times. */
  footnote: string;
  /** For who does not see the picture: one or two sentences with its figures, at most `MOST_ALT` characters. */
  alt: string;
}

export const MOST_ALT = 600;

/** A picture as data: what it shows, in words and instants; how that is drawn is decided where it is drawn. */
export type Chart = TimelineChart | NightChart | HistoryChart | LatenessChart | DurationsChart | ComparisonChart;
