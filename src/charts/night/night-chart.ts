import type { NightFinding } from '../../batch/finding.ts';
import { HOUR, type Instant, MINUTE } from '../../batch/instant.ts';
import { needsAttention } from '../../batch/needs-attention.ts';
import { unitsOf } from '../../batch/state.ts';
import type { Caption } from '../chart.ts';
import { type Tick, ticksBetween } from '../local-time.ts';
import { stretchOf } from '../timeline/bars.ts';
import { nightCaption } from './night-caption.ts';
import { isOpen, isTold, type NightLane, nightLane } from './night-lanes.ts';

/** All batches of a business date, worst first, over the evening and the night. */
export interface NightChart {
  kind: 'night';
  caption: Caption;
  lanes: readonly NightLane[];
  /** What has no lane, in words; empty where all have one. */
  folded: string;
  from: Instant;
  to: Instant;
  ticks: readonly Tick[];
  zone: string;
  /** Null once nothing is open. */
  now: Instant | null;
}

/** More lanes than these are no glance. */
export const MOST_BATCHES = 14;
/** So long after its last sign of life the clock is no part of a night. */
const NOW_WITHIN = 12 * HOUR;
const MOST_TICKS = 5;

/** Null where nothing has run, and of a date that is not known. */
export function nightChart(night: NightFinding, now: Instant, zone: string): NightChart | null {
  const { entries, businessDate } = night;
  const stretches = entries
    .flatMap(({ state }) => unitsOf(state))
    .flatMap((unit) => unit.attempts.map((attempt) => stretchOf(attempt, now)));
  if (stretches.length === 0 || businessDate === null) return null;
  const mixed = new Set(entries.map(({ phase }) => phase)).size > 1;
  const shown = entries.length <= MOST_BATCHES ? entries : chosen(entries);
  const lanes = shown.map((entry) => nightLane(entry, now, zone, mixed));
  const first = Math.min(...stretches.map(({ from }) => from));
  const ran = Math.max(...stretches.map(({ to }) => to));
  const shownNow = entries.some(isOpen) && now - ran <= NOW_WITHIN ? now : null;
  const last = Math.max(ran, shownNow ?? ran, ...lanes.flatMap(({ eta }) => (eta === null ? [] : [eta.p90])));
  // One that is further away than the night is long would squeeze it into a corner; the words still say it.
  const near = (at: Instant) => at > first && at - last <= Math.max((last - first) / 2, 2 * HOUR);
  const within = (at: Instant | null) => (at !== null && near(at) ? at : null);
  const marked = lanes.map((lane) => ({
    ...lane,
    idle: shownNow === null ? null : lane.idle,
    usualEnd: within(lane.usualEnd),
    deadline: within(lane.deadline),
  }));
  const marks = marked.flatMap(({ usualEnd, deadline }) => [usualEnd ?? last, deadline ?? last]);
  const end = Math.max(last, ...marks, first + 30 * MINUTE);
  const margin = (end - first) * 0.02;
  const [from, to] = [first - margin, end + margin];
  return {
    kind: 'night',
    caption: nightCaption({ ...night, businessDate }, { now, zone, open: shownNow !== null, first, last }),
    lanes: marked,
    folded: foldedWords(entries.filter((entry) => !shown.includes(entry))),
    from,
    to,
    ticks: ticksBetween(from, to, zone, MOST_TICKS),
    zone,
    now: shownNow,
  };
}

/** What somebody should look at comes first, then what is open, then what was late; a night has its order within each. */
function chosen(entries: NightFinding['entries']): NightFinding['entries'] {
  const ranks = [needsAttention, isOpen, isTold];
  const rank = (entry: NightFinding['entries'][number]) => ranks.findIndex((has) => has(entry));
  const telling = entries.filter((entry) => rank(entry) >= 0);
  return telling.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_BATCHES);
}

/** `+ 26 more: 24 done, 2 not started` */
function foldedWords(entries: NightFinding['entries']): string {
  if (entries.length === 0) return '';
  const counts: [number, string][] = [
    [entries.filter(needsAttention).length, 'need attention'],
    [entries.filter((entry) => isOpen(entry) && !needsAttention(entry)).length, 'under way'],
    [entries.filter((entry) => entry.status === 'SUCCESS').length, 'done'],
    [entries.filter((entry) => entry.status === 'NOT_STARTED').length, 'not started'],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `+ ${entries.length} more: ${said.join(', ')}`;
}
