import { etaVerdict } from '../agent/compose/eta.ts';
import { deadlineSentence, endBesideUsual } from '../agent/compose/lateness.ts';
import { subject } from '../agent/compose/subject.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { NightOutlook } from '../batch/inquiry/outlook.ts';
import type { Instant } from '../batch/instant.ts';
import type { Prospect } from '../batch/timing/prospect.ts';

type Entry = NightFinding['entries'][number];

/** From this chance on, a deadline is expected to be missed. */
export const LIKELY_MISS = 0.5;
/** So many minutes after its usual end a phase is called late, where no deadline says more. */
const LATE_MINUTES = 15;

/** When what is under way will end, how late it is, and which deadlines were missed. Late ones first. */
export function endLines(
  entries: readonly Entry[],
  prospectOf: NightOutlook['prospectOf'],
  zone: string,
  now: Instant,
): { text: string; late: boolean }[] {
  return entries
    .flatMap((entry) => {
      const prospect = prospectOf(entry);
      const text = endLine(entry, prospect, zone);
      return text === null ? [] : [{ text, late: isLate(entry, prospect, now) }];
    })
    .sort((a, b) => Number(b.late) - Number(a.late));
}

export function isLate({ state }: Entry, { lateness, deadline, chanceOfMissing }: Prospect, now: Instant): boolean {
  if (deadline !== null) {
    if (state.status === 'SUCCESS') return state.endedAt !== null && state.endedAt > deadline;
    return now > deadline || (chanceOfMissing ?? 0) >= LIKELY_MISS;
  }
  return state.status !== 'SUCCESS' && lateness !== null && lateness.totalMinutes >= LATE_MINUTES;
}

function endLine(entry: Entry, prospect: Prospect, zone: string): string | null {
  const { state, businessDate, diagnosis } = entry;
  const { estimate, lateness, deadline, chanceOfMissing } = prospect;
  const reader = { zone, businessDate };
  if (estimate !== null) {
    const target = deadline === null ? null : { at: deadline, source: 'deadline' as const };
    const said = etaVerdict({ state, businessDate, estimate, target, chanceOfMissing, diagnosis, gaps: [] }, zone);
    const behind = lateness !== null && lateness.totalMinutes > 0 ? ` It ${endBesideUsual(lateness, reader)}.` : '';
    return `${said}${behind}`;
  }
  const due = deadlineSentence(deadline, lateness, reader);
  if (state.status === 'SUCCESS') {
    return due !== null && deadline !== null && (state.endedAt ?? 0) > deadline ? `${subject(state)}: ${due}` : null;
  }
  if (lateness === null || lateness.totalMinutes < LATE_MINUTES)
    return due === null ? null : `${subject(state)}: ${due}`;
  return `${subject(state)} ${endBesideUsual(lateness, reader)}.${due === null ? '' : ` ${due}`}`;
}
