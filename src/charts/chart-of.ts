import type { Finding } from '../batch/finding.ts';
import type { Instant } from '../batch/instant.ts';
import type { Chart } from './chart.ts';
import { historyChart } from './history/history-chart.ts';
import { latenessChart } from './lateness/lateness-chart.ts';
import { timelineChart } from './timeline/timeline-chart.ts';

/**
 * The picture that says more than words about a finding; null where none does. `now` is the clock of the question, `zone` an
 * IANA name.
 */
export function chartOf(finding: Finding, now: Instant, zone: string): Chart | null {
  switch (finding.kind) {
    case 'status':
    case 'progress':
      return timelineChart({ state: finding.state, now, zone });
    case 'causes':
      return timelineChart({ state: finding.state, now, zone, deadline: finding.deadline });
    case 'eta':
      return timelineChart({
        state: finding.state,
        now,
        zone,
        estimate: finding.estimate,
        deadline: finding.target?.at ?? null,
      });
    case 'lateness':
      return finding.lateness === null ? null : latenessChart(finding.state, finding.lateness, zone);
    case 'history':
      return historyChart(finding, now, zone);
    default:
      return null;
  }
}
