import type { NightFinding } from '../../batch/finding.ts';
import { type Instant, MINUTE } from '../../batch/instant.ts';
import { needsAttention } from '../../batch/needs-attention.ts';
import { type UnitState, unitsOf } from '../../batch/state.ts';
import { causeWords } from '../cause-words.ts';
import { clock, spell } from '../local-time.ts';
import { plainName, plural } from '../plain-text.ts';
import type { Look } from '../status-style.ts';
import { type Bar, mergedBars } from '../timeline/bars.ts';
import { lookOf } from '../timeline/lanes.ts';
import { verdictWords } from '../timeline/timeline-caption.ts';

export type NightEntry = NightFinding['entries'][number];

/** One batch of a night, in one of its phases. */
export interface NightLane {
  label: string;
  look: Look;
  /** When anything of it was under way; later ones cover earlier ones. */
  bars: readonly Bar[];
  /** From its last run to now, where it is not done and nothing of it runs. */
  idle: { from: Instant; to: Instant } | null;
  eta: { p50: Instant; p90: Instant } | null;
  usualEnd: Instant | null;
  deadline: Instant | null;
  /** Somebody should look at it. */
  attention: boolean;
  /** Beside the bars: when it was done. Empty where `notes` say more. */
  aside: string;
  /** For the line below, what matters most first: what is wrong, when it will end, how late it is. */
  notes: readonly string[];
}

/** So many minutes behind its usual end, a batch is called late. */
const LATE_MINUTES = 15;

/** Whether there is a reason to tell of it: it needs somebody, or something made it late that is done by now. */
export function isTold(entry: NightEntry): boolean {
  return needsAttention(entry) || entry.diagnosis?.outcome === 'causes';
}

export function isOpen({ status }: NightEntry): boolean {
  return status !== 'SUCCESS' && status !== 'NOT_STARTED';
}

/** `mixed`: a night that shows both phases says which is which. */
export function nightLane(entry: NightEntry, now: Instant, zone: string, mixed: boolean): NightLane {
  const { state, prospect } = entry;
  const bars = barsOf(unitsOf(state), now);
  const open = state.status !== 'SUCCESS';
  const ran = bars.length === 0 ? null : Math.max(...bars.map(({ to }) => to));
  const ended = state.endedAt === null ? '' : ` ${clock(state.endedAt, zone)}`;
  const said = isTold(entry) || isOpen(entry);
  return {
    label: plainName(entry.essential, 40),
    look: worstLook(entry),
    bars,
    idle: open && ran !== null && ran < now ? { from: ran, to: now } : null,
    eta: open && prospect.estimate !== null ? { p50: prospect.estimate.p50, p90: prospect.estimate.p90 } : null,
    usualEnd: prospect.lateness?.usualEndAt ?? null,
    deadline: prospect.deadline,
    attention: needsAttention(entry),
    aside: said ? '' : `${mixed ? `${entry.phase} ` : ''}${open ? 'not started' : `done${ended}`}`,
    notes: said ? [...(mixed ? [entry.phase] : []), ...notesOf(entry, now, zone)] : [],
  };
}

/** What is done beneath, what moves and what went wrong on top of it. */
function barsOf(units: readonly UnitState[], now: Instant): Bar[] {
  const looks = Map.groupBy(units, lookOf);
  const of = (...those: Look[]) => those.flatMap((look) => mergedBars(looks.get(look) ?? [], now, look));
  return of('SUCCESS', 'QUEUED', 'RUNNING', 'UNKNOWN', 'CANCELLED', 'STUCK', 'FAILED');
}

const WORST_FIRST = ['FAILED', 'STUCK', 'CANCELLED', 'UNKNOWN', 'RUNNING', 'QUEUED', 'WAITING'] as const;

function worstLook({ status, state }: NightEntry): Look {
  if (status === 'SUCCESS' || status === 'NOT_STARTED') return status;
  const looks = new Set(unitsOf(state).map(lookOf));
  return WORST_FIRST.find((look) => looks.has(look)) ?? 'WAITING';
}

/** What is wrong or under way, when it will end, how late it is. */
export function notesOf({ state, diagnosis, prospect }: NightEntry, now: Instant, zone: string): string[] {
  const { estimate, lateness, deadline } = prospect;
  const causes = diagnosis?.causes ?? [];
  const late = lateness === null ? 0 : lateness.totalMinutes;
  const { step, of } = state.progress;
  return [
    causes[0] === undefined ? verdictWords(state) : causeWords(causes[0]),
    ...(estimate === null ? [] : [`expected ${clock(estimate.p50, zone)}`]),
    ...(state.status === 'SUCCESS' && state.endedAt !== null ? [`done ${clock(state.endedAt, zone)}`] : []),
    ...(late >= LATE_MINUTES ? [`${spell(late * MINUTE)} late`] : []),
    ...(deadline === null ? [] : [`due ${clock(deadline, zone, now)}`]),
    ...(causes.length > 1 ? [plural(causes.length - 1, 'further cause')] : []),
    ...(state.status === 'SUCCESS' ? [] : [`step ${step} of ${of}`]),
  ];
}
