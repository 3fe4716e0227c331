import type { Instant } from '../../batch/instant.ts';
import { clock } from '../local-time.ts';
import type { TimelineChart } from './timeline-chart.ts';

/** A vertical line of the timeline, with its name; with `until`, a band to a second, fainter line. */
export interface Rule {
  at: Instant;
  until: Instant | null;
  name: string;
  colour: string;
  dash?: number[];
  /** Thinner than the others. */
  faint?: boolean;
}

/** In order of time. */
export function rulesOf({ now, eta, deadline, usualEnd, zone }: TimelineChart): Rule[] {
  const rules: Rule[] = [];
  if (now !== null) rules.push({ at: now, until: null, name: `now ${clock(now, zone)}`, colour: '#1d2129' });
  if (eta !== null) {
    const name = `end ${clock(eta.p50, zone)}, by ${clock(eta.p90, zone)} (P90)`;
    rules.push({ at: eta.p50, until: eta.p90, name, colour: '#1463b0', dash: [8, 5] });
  }
  if (deadline !== null)
    rules.push({ at: deadline, until: null, name: `due ${clock(deadline, zone)}`, colour: '#c2281d', dash: [2, 3] });
  if (usualEnd !== null) {
    const name = `usual end ${clock(usualEnd, zone)}`;
    rules.push({ at: usualEnd, until: null, name, colour: '#59606b', dash: [5, 4], faint: true });
  }
  return rules.sort((a, b) => a.at - b.at);
}
