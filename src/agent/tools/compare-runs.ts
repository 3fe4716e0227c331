import { inquireComparison } from '../../batch/inquiry/comparison.ts';
import type { Phase } from '../../batch/run.ts';
import { findSpokenDate, type SpokenDate } from '../../batch/spoken-date.ts';
import { safeText } from '../safe-text.ts';
import { aboutSchema, words } from './arguments.ts';
import { badDate } from './refusals.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool, type ToolRoom } from './tool.ts';

export const compareRuns = defineTool({
  name: 'compare_runs',
  description:
    'Two business dates, or the two phases of one date, slice by slice: what failed, ran longer, began later or took more attempts. For "what changed since yesterday", "compare prelim and final", "compare friday with thursday".',
  schema: aboutSchema.extend({
    against: words(
      'What it is compared with, in the person\'s own words: a date ("2026-02-12", "thursday") or the other phase ("prelim"). Leave out for the business date before.',
    ),
  }),
  title: (args) => reading('two nights', args),
  async run(args, room) {
    const against = readAgainst(args.against ?? null, room);
    if (against === 'unreadable') return [badDate(args.against ?? '')];
    const beside = args.against ? ` since ${safeText(args.against, 40)}` : '';
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `What changed in ${batch}${rest({ ...args, date })}${beside}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about }) => inquireComparison(room.desk, about, against));
  },
});

/** Null: the business date before, which is also what "yesterday" and "last time" mean here. */
function readAgainst(
  said: string | null,
  { desk }: ToolRoom,
): { date: SpokenDate } | { phase: Phase } | null | 'unreadable' {
  const text = said?.trim() ?? '';
  if (text === '') return null;
  const phase = /\bprelims?\b/i.test(text) ? 'PRELIM' : /\bfinals?\b/i.test(text) ? 'FINAL' : null;
  const date = findSpokenDate(text, { now: desk.clock.now(), zone: desk.zone });
  if (date !== null) return date.kind === 'yesterday' || date.kind === 'last_night' ? null : { date };
  if (phase !== null) return { phase };
  return /\b(yesterday|before|last|previous|prior|earlier|usual)\b/i.test(text) ? null : 'unreadable';
}
