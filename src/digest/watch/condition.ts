import { causeSentence } from '../../agent/compose/causes/clause.ts';
import { etaVerdict, percent } from '../../agent/compose/eta.ts';
import { endBesideUsual } from '../../agent/compose/lateness.ts';
import { clockTime } from '../../agent/compose/times.ts';
import { fullUnitName, hasStuck } from '../../agent/compose/units.ts';
import { headline } from '../../agent/compose/verdict.ts';
import type { NightFinding } from '../../batch/finding.ts';
import type { Instant } from '../../batch/instant.ts';
import type { Family } from '../../batch/rca/cause.ts';
import { type UnitState, unitsOf } from '../../batch/state.ts';
import type { Prospect } from '../../batch/timing/prospect.ts';
import { causesOfEntries, type Reading } from '../cause-lines.ts';
import { isLate, LIKELY_MISS } from '../end-lines.ts';
import { type Betterment, endOf, retryOf, unitKey } from './betterment.ts';

/** One thing that somebody who watches wants to know. */
export interface Trouble {
  /** The same for as long as it is the same trouble: it is told once. */
  key: string;
  /** Something has stopped and does not go on by itself. */
  stopped: boolean;
  text: string;
}

/** How a phase of a watched essential is now. */
export interface Condition {
  essential: string;
  businessDate: string;
  phase: 'PRELIM' | 'FINAL';
  status: string;
  stuck: boolean;
  /** Complete and successful. */
  complete: boolean;
  headline: string;
  /** Something is or will be late. */
  late: boolean;
  troubles: readonly Trouble[];
  /** Units that had stopped and run again. */
  retries: readonly Betterment[];
  /** Units that went through. */
  done: readonly Betterment[];
  causes: readonly string[];
  /** Why something stopped, in words that stay the same: what is remembered of it once all is well. */
  stops: readonly string[];
  /** Units that have stopped once and are not done, though they may run again. */
  unmended: boolean;
}

type Entry = NightFinding['entries'][number];

const LATE_FAMILIES: ReadonlySet<Family> = new Set([
  'late_start',
  'queue_delay',
  'slow_run',
  'data_skew',
  'missed_trigger',
]);

/** Pure: the same entry gives the same troubles under the same keys. */
export function conditionOf(entry: Entry, prospect: Prospect, reading: Reading & { now: Instant }): Condition {
  const { essential, businessDate, phase, status, state } = entry;
  const complete = status === 'SUCCESS';
  const troubles = [
    ...unitsOf(state).flatMap((unit) => stoppedTrouble(unit, reading.zone, businessDate)),
    ...(complete ? [] : [...lateTroubles(entry, reading.zone), ...endTrouble(entry, prospect, reading)]),
  ];
  const causes = troubles.length === 0 ? [] : causesOfEntries([entry], reading);
  const reasons = causes.filter(({ family }) => !LATE_FAMILIES.has(family));
  const stopped = troubles.filter((trouble) => trouble.stopped);
  return {
    essential,
    businessDate,
    phase,
    status,
    stuck: hasStuck(state),
    complete,
    headline: headline(state, reading.zone),
    late: troubles.some(({ stopped }) => !stopped),
    troubles,
    retries: unitsOf(state).flatMap((unit) => retryOf(unit, reading.zone, businessDate)),
    done: unitsOf(state).flatMap((unit) => endOf(unit, reading.zone, businessDate)),
    causes: causes.map(({ text }) => text),
    stops: (reasons.length === 0 ? stopped : reasons).map(({ text }) => text),
    unmended: unitsOf(state).some(
      (unit) => unit.status !== 'SUCCESS' && unit.attempts.some(({ status: was }) => was === 'FAILED'),
    ),
  };
}

/** A second failure of the same slice is news again. */
function stoppedTrouble(unit: UnitState, zone: string, businessDate: string): Trouble[] {
  const key = `${unitKey(unit)}:${unit.attemptCount}`;
  const name = fullUnitName(unit);
  if (unit.stuck)
    return [{ key: `stuck:${key}`, stopped: true, text: `${name} is stuck: it runs without a sign of life.` }];
  if (unit.status !== 'FAILED' && unit.status !== 'CANCELLED') return [];
  const endedAt = unit.decisive?.endedAt ?? null;
  const when = endedAt === null ? '' : ` at ${clockTime(endedAt, zone, businessDate)}`;
  const attempt = unit.attemptCount > 1 ? ` on attempt ${unit.attemptCount}` : '';
  const what = unit.status === 'FAILED' ? 'failed' : 'was cancelled';
  return [{ key: `stopped:${key}`, stopped: true, text: `${name} ${what}${when}${attempt}.` }];
}

function lateTroubles({ diagnosis, businessDate }: Entry, zone: string): Trouble[] {
  return (diagnosis?.causes ?? [])
    .filter(({ family }) => LATE_FAMILIES.has(family))
    .map((cause) => ({
      key: `late:${cause.family}:${cause.datasetId ?? ''}`,
      stopped: false,
      text: causeSentence(cause, { zone, businessDate }),
    }));
}

/** A deadline that is missed or likely to be; without a deadline, an end that is overdue. */
function endTrouble(entry: Entry, prospect: Prospect, { zone, now }: Reading & { now: Instant }): Trouble[] {
  if (!isLate(entry, prospect, now)) return [];
  const { state, businessDate, diagnosis } = entry;
  const { estimate, lateness, deadline, chanceOfMissing } = prospect;
  if (deadline === null)
    return lateness === null
      ? []
      : [{ key: 'late:end', stopped: false, text: `The phase ${endBesideUsual(lateness, { zone, businessDate })}.` }];
  const at = clockTime(deadline, zone, businessDate);
  if (now > deadline) return [{ key: 'deadline:missed', stopped: false, text: `Its deadline of ${at} has passed.` }];
  const target = { at: deadline, source: 'deadline' as const };
  const text =
    estimate === null
      ? `It will probably miss its deadline of ${at} (${percent(chanceOfMissing ?? LIKELY_MISS)}).`
      : etaVerdict({ state, businessDate, estimate, target, chanceOfMissing, diagnosis, gaps: [] }, zone);
  return [{ key: 'deadline:expected', stopped: false, text }];
}
