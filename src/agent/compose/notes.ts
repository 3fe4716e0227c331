import type { Finding } from '../../batch/finding.ts';
import { findSpokenDate } from '../../batch/spoken-date.ts';
import { safeText } from '../safe-text.ts';
import type { AboutFinding, Ingredients } from './ingredients.ts';
import { verdictOf } from './verdict.ts';

/** What was resolved on the way, what was left out, and what other calls of the same question had to say. */
export function notesOf(from: Ingredients, primary: Finding | null, lead: AboutFinding | null): string[] {
  const notes = from.findings.flatMap((finding) =>
    'notes' in finding ? finding.notes.map((note) => safeText(note, 400)) : [],
  );
  const dates = lead === null || SEVERAL_DATES.has(lead.kind) ? [] : datesLeftOut(from);
  if (dates.length > 0)
    notes.push(
      `This is ${lead?.businessDate} alone: ask again for ${dates.map((date) => safeText(date, 40)).join(', ')}.`,
    );
  if (lead !== null) notes.push(`${lead.other.phase} of ${lead.businessDate} is ${lead.other.status}.`);
  for (const finding of from.findings) {
    if (finding !== primary && (finding.kind === 'refusal' || finding.kind === 'clarification'))
      notes.push(verdictOf(finding, from.zone));
  }
  const verdict = primary === null ? '' : verdictOf(primary, from.zone);
  return [...new Set([...notes, ...from.notes])].filter((note) => note !== verdict);
}

/** Answers that are about more than the one date. */
const SEVERAL_DATES: ReadonlySet<Finding['kind']> = new Set(['history', 'comparison']);

/** Dates that were said beside the one answered: one left out in silence would read as answered. */
function datesLeftOut(from: Ingredients): string[] {
  const answered = new Set(
    from.findings.flatMap((finding) => ('businessDate' in finding ? [finding.businessDate] : [])),
  );
  const left: string[] = [];
  let said: string[] = [];
  let rest = from.question;
  for (;;) {
    const found = findSpokenDate(rest, { now: from.clock.now(), zone: from.zone });
    if (found === null || found.end <= found.start) break;
    said = [...said, found.said];
    if (found.kind === 'date' && !answered.has(found.date)) left.push(found.said);
    rest = `${rest.slice(0, found.start)}${' '.repeat(found.end - found.start)}${rest.slice(found.end)}`;
  }
  return said.length > 1 ? [...new Set(left)] : [];
}
