import type { Answer } from '../../answer.ts';
import { clockTime } from '../times.ts';

type Said = Omit<Answer, 'text'>;

const SHOWN = 5;

/** What was found, each with its proof; then what was ruled out, in a line; then what to look at. */
export function causeSections(answer: Said): string[] {
  if (answer.kind !== 'causes' && answer.kind !== 'eta') return [];
  return [
    ...answer.root_causes.slice(0, SHOWN).map((cause) => causeSection(cause, answer.root_causes.length)),
    moreSection(answer),
    answer.kind === 'causes' ? ruledOutLine(answer) : '',
    nextSection(answer),
  ];
}

function causeSection(cause: Answer['root_causes'][number], of: number): string {
  const title = `**${of === 1 ? 'Cause' : `Cause ${cause.rank}`}** · ${familyWord(cause.family)} · ${cause.confidence} confidence`;
  return [title, cause.summary, ...cause.facts.map((fact) => `- ${fact}`)].join('\n');
}

function moreSection({ root_causes }: Said): string {
  const more = root_causes.length - SHOWN;
  return more > 0 ? `And ${more} more.` : '';
}

/** `Ruled out: no task waited longer than 4 s in a queue; …` */
function ruledOutLine({ ruled_out, root_causes }: Said): string {
  if (ruled_out.length === 0) return '';
  const said = ruled_out.map(({ why }) => why.replace(/[.\s]+$/, ''));
  return root_causes.length === 0 ? `Looked at: ${said.join('; ')}.` : `Ruled out: ${said.join('; ')}.`;
}

export function nextSection({ next, root_causes, ...answer }: Said): string {
  const runbooks = [...new Set(root_causes.flatMap(({ runbook }) => runbook ?? []))].map(
    (url) => `- Runbook: <${url}>`,
  );
  const due = answer.deadline === null ? [] : [`- Deadline: ${time(answer.deadline, answer)}`];
  return next.length === 0 ? '' : ['**Next**', ...next.map((step) => `- ${step}`), ...runbooks, ...due].join('\n');
}

/** `task failure`: the family as words. */
export function familyWord(family: string): string {
  return family.replaceAll('_', ' ');
}

function time(iso: string, { time_zone, business_date }: Pick<Answer, 'time_zone' | 'business_date'>): string {
  return clockTime(Date.parse(iso), time_zone, business_date ?? undefined);
}
