import type { EssentialNames } from '../../batch/essential-names.ts';
import type { NightFinding } from '../../batch/finding.ts';
import { unitsOf } from '../../batch/state.ts';
import { oneLine } from '../blocks/pieces/text.ts';
import { questionFor } from './home-tab.ts';

/** Slack shows four. */
const MOST = 4;

/** Questions that fit a night, the worst first, then the night as a whole; empty when all is well. */
export function promptsFor(
  night: NightFinding,
  names: Pick<EssentialNames, 'spoken'>,
): { title: string; message: string }[] {
  const prompts = night.entries.flatMap((entry) => {
    const stuck = unitsOf(entry.state).some((unit) => unit.stuck);
    const spoken = oneLine(names.spoken(entry.essential)).slice(0, 60);
    const explained = (entry.diagnosis?.causes ?? []).length > 0;
    const question = questionFor(entry, spoken, { stuck, explained });
    if (question === null) return [];
    return [{ title: titleOf(question.text, entry.businessDate), message: question.text }];
  });
  if (prompts.length === 0) return [];
  return [...prompts.slice(0, MOST - 1), { title: 'What happened last night?', message: 'what happened last night?' }];
}

/** The date is that of the night that everybody talks about: only the question names it. */
function titleOf(question: string, date: string): string {
  const said = question.replace(` on ${date}`, '');
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
}
