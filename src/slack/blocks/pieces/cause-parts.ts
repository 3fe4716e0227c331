import type { Answer } from '../../../agent/answer.ts';
import { familyWord, ruledOutSaid, untold } from '../../../agent/compose/sections/causes.ts';
import { createNameLinks, type InAirflow, runAndTaskLinks } from './airflow-links.ts';
import { Keep, type Part } from './budget.ts';
import { chunks } from './chunks.ts';
import { context, section } from './elements.ts';
import { inline } from './markdown.ts';
import { type Rendering, shownOf } from './rendering.ts';
import { httpsLink } from './text.ts';
import { moment } from './time.ts';

type Cause = Answer['root_causes'][number];

/** So many are told with their proof; the others get a line each. */
const IN_FULL = 3;
const IN_A_LINE = 12;
const FACTS = 5;
const NEXT = 6;

/** Shapes, not colours: full, half, empty. */
const CONFIDENCE: Record<Cause['confidence'], string> = { high: '●', medium: '◐', low: '○' };

/** Each cause with its proof, the best first. The first is told only by its proof where the verdict has already named it. */
export function causeParts(answer: Answer, how: Rendering): Part[] {
  const { root_causes } = answer;
  const full = shownOf(root_causes, IN_FULL, how).map((cause): Part => {
    const linked = createNameLinks(how.airflow, placesOf([cause]));
    const title = titleOf(cause, answer);
    const proof = shownOf(cause.facts, FACTS, how).map((fact) => `• ${inline(fact, 420)}`);
    const told = linked([title, ...proof].join('\n')).split('\n');
    return {
      keep: Keep.failure,
      what: ['cause', 'causes'],
      blocks: [section(...told, linkLine(cause, how.airflow))],
      left: cause.facts.length - proof.length,
      shorter: [section(linked(title))],
      shorterLeft: Math.max(1, cause.facts.length),
    };
  });
  const others = root_causes.slice(full.length, IN_FULL + IN_A_LINE).map((cause) => titleOf(cause, answer));
  if (others.length === 0) return full;
  const left = root_causes.length - full.length - others.length;
  const more = left > 0 ? [`and ${left} more`] : [];
  const pieces = chunks([...others, ...more]).map(
    (lines, index): Part => ({
      keep: Keep.detail,
      what: ['further cause', 'further causes'],
      count: lines.length,
      blocks: [section(...lines)],
      left: index === 0 ? left : 0,
    }),
  );
  return [...full, ...pieces];
}

function titleOf(cause: Cause, answer: Answer): string {
  const number = answer.root_causes.length > 1 ? `${cause.rank}. ` : '';
  const title = `${CONFIDENCE[cause.confidence]} *${number}${familyWord(cause.family)}* · ${cause.confidence} confidence`;
  return [title, ...untold(cause, answer).map((summary) => inline(summary, 900))].join('\n');
}

function linkLine({ dag_id: dagId, dag_run_id: runId, task_id: taskId }: Cause, airflow: string | null): string {
  const links = runAndTaskLinks(airflow, { dagId, runId, taskId });
  return links === '' ? '' : `↗ ${links}`;
}

/** Where in Airflow the causes and what failed are found. */
function placesOf(named: readonly Pick<Cause, 'dag_id' | 'dag_run_id' | 'task_id'>[]): InAirflow[] {
  return named.flatMap(({ dag_id: dagId, dag_run_id: runId, task_id: taskId }) =>
    dagId === null || runId === null ? [] : [{ dagId, runId, taskId }],
  );
}

/** What to look at, what ended it last time, whose it is, and when it is due. */
export function nextParts(answer: Answer, how: Rendering): Part[] {
  const runbooks = [...new Set(answer.root_causes.flatMap(({ runbook }) => runbook ?? []))].slice(0, 2);
  const linked = createNameLinks(how.airflow, placesOf([...answer.root_causes, ...answer.failures].slice(0, 40)));
  const steps = shownOf(answer.next, NEXT, how);
  const lines = [
    ...steps.map((step) => linked(`➜ ${inline(step, 500)}`)),
    ...runbooks.map((url) => httpsLink(url, 'Runbook')).filter((link) => link !== ''),
    ...(answer.deadline === null
      ? []
      : [`⏰ Deadline ${moment(answer.deadline, answer.time_zone, answer.business_date)}`]),
  ];
  if (lines.length === 0) return [];
  const pieces = chunks(lines);
  return pieces.map((piece, index) => ({
    keep: Keep.overview,
    what: ['list of what to look at', 'lists of what to look at'],
    blocks: [section(...piece)],
    left: index === 0 ? answer.next.length - steps.length : 0,
  }));
}

/** In a line: what was looked at and found innocent. */
export function ruledOutParts(answer: Answer, { form }: Rendering): Part[] {
  const said = form === 'whole' ? answer.ruled_out.map(({ why }) => why) : ruledOutSaid(answer);
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
