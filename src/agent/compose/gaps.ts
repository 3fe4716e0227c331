import type { Finding } from '../../batch/finding.ts';
import { safeText } from '../safe-text.ts';
import { type Ingredients, isAbout } from './ingredients.ts';

const CAUSE_GAP = 'Causes were not looked for in this answer: ask why, and they are.';

const ESTIMATE_GAP = 'No estimate of the end was made in this answer: ask when it will finish.';

const ACROSS_GAP =
  'Nothing is counted or ranked over several dates here: this is one night. Ask for the history of one batch instead.';

/** "Which batch had most failures this week?" */
const ASKS_ACROSS =
  /\b(most|least|fewest|worst|best|slowest|fastest|longest|shortest|rank\w*|top \d+|how (many|often))\b.*\b(weeks?|months?|quarter|year|(last|past|previous|these) (\w+ )?(days|dates|nights)|lately|recently)\b/i;

/** What the data cannot show, and what was asked for and not looked at. */
export function gapsOf(from: Ingredients): string[] {
  const gaps = from.findings.flatMap((finding) =>
    'gaps' in finding ? finding.gaps.map((gap) => safeText(gap, 400)) : [],
  );
  for (const finding of from.findings) {
    if (finding.kind === 'night')
      gaps.push(
        ...finding.missing.map(
          ({ essential, reason }) => `${safeText(essential, 80)} could not be read: ${safeText(reason, 200)}`,
        ),
      );
    if (finding.kind === 'tasks' && finding.omitted > 0)
      gaps.push(`${finding.omitted} more runs were meant whose tasks were not read.`);
  }
  if (from.findings.some((finding) => finding.kind === 'night') && ASKS_ACROSS.test(from.question))
    gaps.push(ACROSS_GAP);
  if (from.asksWhy && from.findings.some(isAbout) && !from.findings.some(tellsWhy)) gaps.push(CAUSE_GAP);
  if (from.asksWhen && from.findings.some(isUnfinished) && !from.findings.some(tellsWhen)) gaps.push(ESTIMATE_GAP);
  return [...new Set([...gaps, ...from.gaps])];
}

function isUnfinished(finding: Finding): boolean {
  return isAbout(finding) && finding.state.status !== 'SUCCESS';
}

/** Kinds that answer "why" by what they are. */
function tellsWhy(finding: Finding): boolean {
  return ['causes', 'lateness', 'eta', 'comparison', 'durations', 'history'].includes(finding.kind);
}

function tellsWhen(finding: Finding): boolean {
  return ['eta', 'causes', 'durations', 'history', 'lateness', 'comparison'].includes(finding.kind);
}
