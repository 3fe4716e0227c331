import type { LatenessFinding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type Lateness, type LatenessPart, PARTS, type PathLink } from '../../batch/timing/lateness.ts';
import type { Answer } from '../answer.ts';
import { code, safeText } from '../safe-text.ts';
import type { Reader } from './causes/clause.ts';
import { subject } from './subject.ts';
import { clockTime, duration } from './times.ts';
import { fullUnitName, plural } from './units.ts';

const PART_WORDS: Record<LatenessPart, string> = {
  late_start: 'late start',
  queue: 'queue',
  run: 'run time',
  retry: 'retries',
  waiting: 'waiting between steps',
};

/** How late, against what, and which part of it took most. */
export function latenessVerdict({ state, lateness, businessDate }: LatenessFinding, zone: string): string {
  const who = `${subject(state)} for ${businessDate}`;
  if (lateness === null)
    return state.startedAt === null
      ? `${who} has not begun: there is no time to account for.`
      : `${who}: too few comparable dates to say where the time went.`;
  const most = partsWorthSaying(lateness.parts);
  const mostly = most === '' ? '' : ` (${most})`;
  return `${who} ${endBesideUsual(lateness, { zone, businessDate })}${mostly}, compared with ${plural(lateness.basis, 'date')}.`;
}

/** `ended at 05:12 UTC, 1 h 13 min later than usual`; of a phase under way, how far it is behind its usual end. */
export function endBesideUsual(lateness: Lateness, { zone, businessDate }: Reader): string {
  const minutes = lateness.totalMinutes;
  const time = (instant: number) => clockTime(instant, zone, businessDate);
  if (lateness.ended) {
    const beside =
      minutes === 0
        ? 'as usual'
        : `${duration(Math.abs(minutes) * 60)} ${minutes > 0 ? 'later' : 'earlier'} than usual`;
    return `ended at ${time(lateness.endAt)}, ${beside}`;
  }
  return minutes > 0
    ? `is at least ${duration(minutes * 60)} past its usual end of ${time(lateness.usualEndAt)}`
    : `usually ends at ${time(lateness.usualEndAt)}`;
}

/** `run time +7 h 18 min, waiting between steps −3 h 57 min`: what differs from what is usual, the largest first. */
function partsWorthSaying(parts: Readonly<Record<LatenessPart, number>>): string {
  return [...PARTS]
    .filter((part) => parts[part] !== 0)
    .sort((a, b) => Math.abs(parts[b]) - Math.abs(parts[a]))
    .map((part) => `${PART_WORDS[part]} ${parts[part] < 0 ? '−' : '+'}${duration(Math.abs(parts[part]) * 60)}`)
    .join(', ');
}

export function latenessSentences({ lateness, businessDate, deadline }: LatenessFinding, zone: string): string[] {
  const sentences: string[] = [];
  if (lateness !== null) {
    const [worst] = [...lateness.path].sort((a, b) => over(b) - over(a));
    if (worst !== undefined && over(worst) > 0)
      sentences.push(
        `Most of it was lost at step ${worst.step}, ${fullUnitName(worst)}: ${duration(over(worst) * 60)} over its usual time (${partsWorthSaying(worst.minutes)}).`,
      );
    const slack = lateness.slack.filter(({ minutes }) => minutes > 0).sort((a, b) => b.minutes - a.minutes);
    const [most] = slack;
    if (most !== undefined)
      sentences.push(
        `${code(shortDatasetName(most.datasetId))} could have taken ${duration(most.minutes * 60)} longer without moving the end.`,
      );
  }
  const due = deadlineSentence(deadline, lateness, { zone, businessDate });
  return due === null ? sentences : [...sentences, due];
}

/** Where a deadline is set: whether it was kept, missed, or is still to come. */
export function deadlineSentence(deadline: number | null, lateness: Lateness | null, { zone, businessDate }: Reader) {
  if (deadline === null) return null;
  const at = clockTime(deadline, zone, businessDate);
  if (lateness === null) return `Its deadline is ${at}.`;
  const away = duration(Math.abs(lateness.endAt - deadline) / 1000);
  if (lateness.endAt > deadline)
    return `Its deadline of ${at} was missed by ${lateness.ended ? '' : 'at least '}${away}.`;
  return lateness.ended
    ? `Its deadline of ${at} was kept with ${away} to spare.`
    : `Its deadline is ${at}, ${away} from now.`;
}

function over({ minutes }: PathLink): number {
  return PARTS.reduce((sum, part) => sum + minutes[part], 0);
}

export function latenessRecord(lateness: Lateness): NonNullable<Answer['lateness']> {
  return {
    end_at: isoUtc(lateness.endAt),
    ended: lateness.ended,
    usual_end_at: isoUtc(lateness.usualEndAt),
    basis: lateness.basis,
    total_minutes: lateness.totalMinutes,
    parts: { ...lateness.parts },
    path: lateness.path.map((link) => ({
      dataset_id: safeText(link.datasetId, 250),
      slice: link.slice === null ? null : safeText(link.slice, 250),
      step: link.step,
      started_at: isoUtc(link.startedAt),
      ended_at: link.endedAt === null ? null : isoUtc(link.endedAt),
      minutes: { ...link.minutes },
    })),
    slack: lateness.slack.map(({ datasetId, minutes }) => ({ dataset_id: safeText(datasetId, 250), minutes })),
  };
}
