import type { Finding, NightFinding } from '../batch/finding.ts';
import type { Instant } from '../batch/instant.ts';
import type { Chart } from './chart.ts';
import { comparisonChart } from './comparison/comparison-chart.ts';
import { durationsChart } from './durations/durations-chart.ts';
import { historyChart } from './history/history-chart.ts';
import { latenessChart } from './lateness/lateness-chart.ts';
import { nightChart } from './night/night-chart.ts';
import { isOpen, isTold } from './night/night-lanes.ts';
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
      return timelineChart({
        state: finding.state,
        now,
        zone,
        deadline: finding.deadline,
        causes: finding.diagnosis.causes,
        usualEnd: finding.lateness?.usualEndAt,
      });
    case 'eta':
      return timelineChart({
        state: finding.state,
        now,
        zone,
        estimate: finding.estimate,
        deadline: finding.target?.at ?? null,
        causes: finding.diagnosis?.causes,
      });
    case 'lateness':
      return finding.lateness === null ? null : latenessChart(finding.state, finding.lateness, zone);
    case 'night':
      return nightPicture(finding, now, zone);
    case 'durations':
      return durationsChart(finding, now, zone);
    case 'comparison':
      return comparisonChart(finding, now, zone);
    case 'history':
      return historyChart(finding, now, zone);
    default:
      return null;
  }
}

/**
 * With one batch to tell of its own timeline: it has room for the step, the slice and the attempts, and a dozen green bars
 * beside it would say no more than the words. With several, or with several under way, all of them side by side.
 */
function nightPicture(night: NightFinding, now: Instant, zone: string): Chart | null {
  const told = night.entries.filter(isTold);
  const [worst, ...others] = told;
  if (worst !== undefined && others.length === 0) {
    const { state, diagnosis, prospect } = worst;
    const { estimate, deadline, lateness } = prospect;
    const causes = diagnosis?.causes;
    return timelineChart({ state, now, zone, estimate, deadline, causes, usualEnd: lateness?.usualEndAt });
  }
  const several = others.length > 0 || night.entries.filter(isOpen).length > 1;
  return several ? nightChart(night, now, zone) : null;
}
