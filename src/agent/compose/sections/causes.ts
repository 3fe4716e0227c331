import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import type { Answer } from '../../answer.ts';
import { code } from '../../safe-text.ts';
import { clockTime } from '../times.ts';

type Said = Omit<Answer, 'text'>;

const SHOWN = 5;

/** What was found, each with its proof; then what was ruled out, in a line; then what to look at. */
export function causeSections(answer: Said): string[] {
  if (answer.kind !== 'causes' && answer.kind !== 'eta') return [];
  return [
    ...answer.root_causes.slice(0, SHOWN).map((cause) => causeSection(cause, answer)),
    moreSection(answer),
    answer.kind === 'causes' ? ruledOutLine(answer) : '',
    nextSection(answer),
  ];
}

function causeSection(cause: Answer['root_causes'][number], answer: Said): string {
  const number = answer.root_causes.length === 1 ? '' : ` ${cause.rank}`;
  const title = `**Cause${number}** · ${familyWord(cause.family)} · ${cause.confidence} confidence`;
  return [
    title,
    ...untold(cause, answer),
    ...cause.facts.map((fact) => `- ${fact}`),
    ...waitingLine(cause, answer),
  ].join('\n');
}

/** The sentence of a cause, unless the verdict has already said it. */
export function untold({ summary }: Answer['root_causes'][number], { verdict }: Pick<Answer, 'verdict'>): string[] {
  const clause = summary.replace(/\.$/, '').toLowerCase();
  return clause !== '' && verdict.toLowerCase().includes(clause) ? [] : [summary];
}

const WAITING_SHOWN = 6;

/** `- Waiting for it: a, b and 7 more` */
function waitingLine({ affects, dataset_id: own }: Answer['root_causes'][number], { datasets }: Said): string[] {
  const waiting = datasets
    .filter(
      ({ dataset_id, status }) => status === 'WAITING' && dataset_id !== own && affects.datasets.includes(dataset_id),
    )
    .map(({ dataset_id }) => code(shortDatasetName(dataset_id)));
  if (waiting.length === 0) return [];
  const more = waiting.length - WAITING_SHOWN;
  return [`- Waiting for it: ${waiting.slice(0, WAITING_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

function moreSection({ root_causes }: Said): string {
  const more = root_causes.length - SHOWN;
  return more > 0 ? `And ${more} more.` : '';
}

/** `Ruled out: no task waited longer than 4 s in a queue; …`: what one would think of first, and no sentence twice. */
function ruledOutLine(answer: Said): string {
  const said = ruledOutSaid(answer);
  if (said.length === 0) return '';
  return `${answer.root_causes.length === 0 ? 'Looked at' : 'Ruled out'}: ${said.join('; ')}.`;
}

/** From what would explain most to what would explain least. */
const THOUGHT_OF: readonly Answer['ruled_out'][number]['family'][] = [
  'shared_dependency',
  'bad_host',
  'queue_delay',
  'slow_run',
  'late_start',
  'data_skew',
  'missed_trigger',
  'stuck',
  'cancelled',
  'task_failure',
  'retry_exhausted',
];
const RULED_OUT_SHOWN = 5;

/** The weightiest reasons, in small letters to stand in one line. */
export function ruledOutSaid({ ruled_out, root_causes }: Pick<Answer, 'ruled_out' | 'root_causes'>): string[] {
  // Where nothing is wrong, that nothing failed is what one wants to hear first.
  const order = root_causes.length === 0 ? [...THOUGHT_OF].reverse() : THOUGHT_OF;
  const said = [...ruled_out]
    .sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family))
    .map(({ why }) => why.replace(/[.\s]+$/, ''))
    .map((why) => (/^\p{Lu}\p{Ll}/u.test(why) ? why.charAt(0).toLowerCase() + why.slice(1) : why));
  return [...new Set(said)].slice(0, RULED_OUT_SHOWN);
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
