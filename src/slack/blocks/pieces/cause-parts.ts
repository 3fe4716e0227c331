import type { Answer } from '../../../agent/answer.ts';
import { familyWord, ruledOutSaid, untold } from '../../../agent/compose/sections/causes.ts';
import { runAndTaskLinks } from './airflow-links.ts';
import { Keep, type Part } from './budget.ts';
import { context, section } from './elements.ts';
import { inline } from './markdown.ts';
import { httpsLink } from './text.ts';
import { moment } from './time.ts';

type Cause = Answer['root_causes'][number];

/** So many are told with their proof; the others get a line each. */
const IN_FULL = 3;
const IN_A_LINE = 12;

/** Shapes, not colours: full, half, empty. */
const CONFIDENCE: Record<Cause['confidence'], string> = { high: '●', medium: '◐', low: '○' };

/** Each cause with its proof, the best first. The first is told only by its proof where the verdict has already named it. */
export function causeParts(answer: Answer, airflow: string | null = null): Part[] {
  const { root_causes } = answer;
  const full = root_causes.slice(0, IN_FULL).map((cause): Part => {
    const title = titleOf(cause, answer);
    return {
      keep: Keep.failure,
      what: ['cause', 'causes'],
      blocks: [section(title, ...factLines(cause), linkLine(cause, airflow))],
      shorter: [section(title)],
    };
  });
  const others = root_causes.slice(IN_FULL, IN_FULL + IN_A_LINE).map((cause) => titleOf(cause, answer));
  const rest = root_causes.length - IN_FULL - IN_A_LINE;
  if (others.length === 0) return full;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return [
    ...full,
    {
      keep: Keep.detail,
      what: ['list of further causes', 'lists of further causes'],
      blocks: [section(...others, ...more)],
    },
  ];
}

function titleOf(cause: Cause, answer: Answer): string {
  const number = answer.root_causes.length > 1 ? `${cause.rank}. ` : '';
  const title = `${CONFIDENCE[cause.confidence]} *${number}${familyWord(cause.family)}* · ${cause.confidence} confidence`;
  return [title, ...untold(cause, answer).map((summary) => inline(summary, 900))].join('\n');
}

function factLines({ facts }: Cause): string[] {
  return facts.slice(0, 5).map((fact) => `• ${inline(fact, 420)}`);
}

function linkLine({ dag_id: dagId, dag_run_id: runId, task_id: taskId }: Cause, airflow: string | null): string {
  const links = runAndTaskLinks(airflow, { dagId, runId, taskId });
  return links === '' ? '' : `↗ ${links}`;
}

/** What to look at, what ended it last time, whose it is, and when it is due. */
export function nextParts(answer: Answer): Part[] {
  const runbooks = [...new Set(answer.root_causes.flatMap(({ runbook }) => runbook ?? []))].slice(0, 2);
  const lines = [
    ...answer.next.slice(0, 6).map((step) => `➜ ${inline(step, 500)}`),
    ...runbooks.map((url) => httpsLink(url, 'Runbook')).filter((link) => link !== ''),
    ...(answer.deadline === null
      ? []
      : [`⏰ Deadline ${moment(answer.deadline, answer.time_zone, answer.business_date)}`]),
  ];
  if (lines.length === 0) return [];
  return [
    { keep: Keep.overview, what: ['list of what to look at', 'lists of what to look at'], blocks: [section(...lines)] },
  ];
}

/** In a line: what was looked at and found innocent. */
export function ruledOutParts(answer: Answer): Part[] {
  const said = ruledOutSaid(answer);
  if (said.length === 0) return [];
  const lead = answer.root_causes.length === 0 ? 'Looked at' : 'Ruled out';
  return [
    {
      keep: Keep.note,
      what: ['list of what was ruled out', 'lists of what was ruled out'],
      blocks: [context(`${lead}: ${said.map((why) => inline(why, 220)).join('; ')}.`)],
    },
  ];
}
