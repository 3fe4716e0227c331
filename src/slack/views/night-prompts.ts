import type { EssentialNames } from '../../batch/essential-names.ts';
import type { NightFinding } from '../../batch/finding.ts';
import { oneLine } from '../blocks/pieces/text.ts';
import { questionsFor } from './home-entry.ts';

/** Slack shows four. */
const MOST = 4;

/** Questions that fit a night, the worst first, then the night as a whole; empty when all is well. */
export function promptsFor(
  night: NightFinding,
  names: Pick<EssentialNames, 'spoken'>,
): { title: string; message: string }[] {
  const prompts = night.entries.flatMap((entry) => {
    if (entry.status === 'SUCCESS' || entry.status === 'NOT_STARTED') return [];
    const [question] = questionsFor(entry, oneLine(names.spoken(entry.essential)).slice(0, 60));
    return question === undefined
      ? []
      : [{ title: titleOf(question.text, entry.businessDate), message: question.text }];
  });
  if (prompts.length === 0) return [];
  return [...prompts.slice(0, MOST - 1), { title: 'What happened last night?', message: 'what happened last night?' }];
}

/** The date is that of the night that everybody talks about: only the question names it. */
function titleOf(question: string, date: string): string {
  const said = question.replace(` on ${date}`, '');
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
}
