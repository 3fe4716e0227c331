import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import { section } from './elements.ts';
import { inline, withoutMarks } from './markdown.ts';
import { statusOfStep, symbolOf, wordOf } from './status-mark.ts';
import { words } from './text.ts';

/** The verdict in bold with the symbol and the word of its status: the first thing that is seen, and never left out. */
export function verdictPart(answer: Answer): Part {
  const lines = verdictLines(answer.verdict, symbolFor(answer), missingWord(answer));
  return { keep: Keep.verdict, what: ['verdict', 'verdicts'], blocks: [section(...lines)] };
}

/** "*Essential, phase, date, status*", and what stands behind it on a line of its own. `word`: of the status, where it lacks one. */
export function verdictLines(verdict: string, symbol: string, word = ''): string[] {
  const said = withoutMarks(verdict) || 'No verdict';
  const colon = said.indexOf(': ');
  const head = colon > 0 && colon <= 120 ? said.slice(0, colon) : said;
  const missing = word === '' ? '' : `*${word}* · `;
  const first = `${symbol}${symbol === '' ? '' : ' '}${missing}*${words(head, 900)}*`;
  return head === said ? [first] : [first, inline(restOf(verdict), 1200)];
}

/** The same for notifications and for places without blocks. */
export function verdictText(answer: Answer): string {
  const said = withoutMarks(answer.verdict);
  const word = missingWord(answer);
  return `${symbolFor(answer)} ${word === '' ? '' : `${word}: `}${said}`.trim();
}

/** What the symbol stands for is what was asked: the essential, the slices meant, the failed task, the worst of the night. */
function symbolFor(answer: Answer): string {
  switch (answer.kind) {
    case 'status':
    case 'progress':
    case 'causes':
    case 'eta':
    case 'lateness':
      return answer.status === null ? '' : symbolOf(answer.status, onlyStuck(answer));
    case 'slices': {
      const statuses = answer.datasets.flatMap((dataset) => dataset.slices.map((slice) => slice.status));
      return statuses.length === 0 ? '' : symbolOf(statusOfStep(statuses));
    }
    case 'tasks':
      return answer.tasks.some((task) => task.first_failure) ? symbolOf('FAILED') : '';
    case 'night':
      return symbolOfNight(answer.essentials);
    default:
      return '';
  }
}

/** That of the first batch that the verdict is about; of a batch that is done and yet needs a look there is none. */
function symbolOfNight(essentials: Answer['essentials']): string {
  const needy = essentials.find(
    ({ status, stuck, outcome }) =>
      stuck || status === 'FAILED' || status === 'PARTIAL_FAILURE' || outcome === 'causes',
  );
  const first = needy ?? essentials[0];
  if (first === undefined || (needy?.status === 'SUCCESS' && !needy.stuck)) return '';
  return symbolOf(first.status, first.stuck);
}

/** A failure is worse than a stuck run, and has a symbol of its own. */
function onlyStuck(answer: Answer): boolean {
  return answer.status === 'RUNNING' && answer.failures.some((failure) => failure.stuck);
}

/** Kinds whose symbol is that of the essential. */
const OF_ESSENTIAL: ReadonlySet<Answer['kind']> = new Set(['status', 'progress', 'causes', 'eta', 'lateness']);

/** The word for the symbol, where the verdict has none: a symbol alone tells nobody anything who does not see or know it. */
function missingWord(answer: Answer): string {
  const { kind, status, verdict } = answer;
  if (!OF_ESSENTIAL.has(kind) || status === null) return '';
  const stuck = onlyStuck(answer);
  return says(withoutMarks(verdict), status, stuck) ? '' : wordOf(status, stuck);
}

function restOf(verdict: string): string {
  return verdict.slice(verdict.indexOf(': ') + 2).replace(/^\*\*\s*/, '');
}

/** What says the same as the word of a status. */
const SAID: Partial<Record<NonNullable<Answer['status']>, RegExp>> = {
  SUCCESS: /\b(done|ended|nothing is wrong)\b/i,
  PARTIAL_FAILURE: /\bfailed\b/i,
  NOT_STARTED: /\b(nothing has run|not begun)\b/i,
};

function says(text: string, status: NonNullable<Answer['status']>, stuck: boolean): boolean {
  const lower = text.toLowerCase();
  if (stuck) return lower.includes('stuck');
  return (
    [status, wordOf(status)].some((word) => lower.includes(word.toLowerCase())) || SAID[status]?.test(text) === true
  );
}
