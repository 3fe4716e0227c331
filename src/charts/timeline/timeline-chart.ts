import type { Instant } from '../../batch/instant.ts';
import { HOUR, MINUTE } from '../../batch/instant.ts';
import type { Candidate } from '../../batch/rca/cause.ts';
import { type PhaseState, unitsOf } from '../../batch/state.ts';
import type { Estimate } from '../../batch/timing/estimate.ts';
import type { Caption } from '../chart.ts';
import { type Tick, ticksBetween } from '../local-time.ts';
import { stretchOf } from './bars.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { timelineCaption } from './timeline-caption.ts';

/** A night, or what there is of it so far: lanes from the first step down, time from left to right. */
export interface TimelineChart {
  kind: 'timeline';
  caption: Caption;
  lanes: readonly Lane[];
  from: Instant;
  to: Instant;
  ticks: readonly Tick[];
  zone: string;
  /** Null once nothing is open: an ended night has no now. */
  now: Instant | null;
  eta: { p50: Instant; p90: Instant } | null;
  deadline: Instant | null;
  /** When it usually ends, where it has not ended by then. */
  usualEnd: Instant | null;
}

export interface TimelineInput {
  state: PhaseState;
  now: Instant;
  /** IANA name. */
  zone: string;
  estimate?: Pick<Estimate, 'p50' | 'p90'> | null;
  deadline?: Instant | null;
  /** Best first: where it went wrong is shown before anything else. */
  causes?: readonly Candidate[] | undefined;
  usualEnd?: Instant | null | undefined;
}

/** So long after its last sign of life the clock is no part of a night. */
const NOW_WITHIN = 12 * HOUR;
const LEAST_SPAN = 30 * MINUTE;
const MOST_TICKS = 5;

/** Null where nothing has run: there is no picture of nothing. */
export function timelineChart(input: TimelineInput): TimelineChart | null {
  const { state, now, zone, estimate, deadline, causes = [] } = input;
  const stretches = unitsOf(state).flatMap((unit) => unit.attempts.map((attempt) => stretchOf(attempt, now)));
  if (stretches.length === 0) return null;
  const first = Math.min(...stretches.map(({ from }) => from));
  const open = state.status !== 'SUCCESS';
  const eta = open && estimate ? { p50: estimate.p50, p90: estimate.p90 } : null;
  const ran = Math.max(...stretches.map(({ to }) => to));
  const shownNow = open && now >= first && now - ran <= NOW_WITHIN ? now : null;
  const last = Math.max(ran, shownNow ?? ran, eta?.p90 ?? ran);
  // One that is further away than the night is long would squeeze it into a corner; the words still say it.
  const near = (at: Instant) => at > first && at - last <= Math.max(last - first, 2 * HOUR);
  const shownDeadline = deadline != null && near(deadline) ? deadline : null;
  const usualEnd = input.usualEnd != null && near(input.usualEnd) ? input.usualEnd : null;
  const end = Math.max(last, shownDeadline ?? last, usualEnd ?? last, first + LEAST_SPAN);
  const margin = (end - first) * 0.02;
  const [from, to] = [first - margin, end + margin];
  const lanes = lanesOf(state, now, zone, causes);
  return {
    kind: 'timeline',
    caption: timelineCaption({
      state,
      now,
      zone,
      estimate: eta,
      deadline: deadline ?? null,
      causes,
      usualEnd: input.usualEnd ?? null,
    }),
    lanes,
    from,
    to,
    ticks: ticksBetween(from, to, zone, MOST_TICKS),
    zone,
    now: shownNow,
    eta,
    deadline: shownDeadline,
    usualEnd,
  };
}
