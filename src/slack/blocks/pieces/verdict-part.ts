import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import { section } from './elements.ts';
import { inline, withoutMarks } from './markdown.ts';
import { symbolOf, wordOf } from './status-mark.ts';
import { words } from './text.ts';

/** The verdict in bold with the symbol and the word of its status: the first thing that is seen, and never left out. */
export function verdictPart(answer: Answer, symbol = answer.status ? symbolOf(answer.status) : ''): Part {
  return {
    keep: Keep.verdict,
    what: ['verdict', 'verdicts'],
    blocks: [section(...verdictLines(answer.verdict, answer.status, symbol))],
  };
}

/** "*Essential, phase, date, status*", and what stands behind it on a line of its own. */
export function verdictLines(verdict: string, status: Answer['status'], symbol: string): string[] {
  const said = withoutMarks(verdict) || 'No verdict';
  const colon = said.indexOf(': ');
  const head = colon > 0 && colon <= 120 ? said.slice(0, colon) : said;
  const missing = status !== null && !says(said, status) ? `*${wordOf(status)}* · ` : '';
  const first = `${symbol}${symbol === '' ? '' : ' '}${missing}*${words(head, 900)}*`;
  return head === said ? [first] : [first, inline(restOf(verdict), 1200)];
}

function restOf(verdict: string): string {
  return verdict.slice(verdict.indexOf(': ') + 2).replace(/^\*\*\s*/, '');
}

function says(text: string, status: NonNullable<Answer['status']>): boolean {
  const lower = text.toLowerCase();
  return lower.includes(status.toLowerCase()) || lower.includes(wordOf(status).toLowerCase());
}

/** The same for notifications and for places without blocks. */
export function verdictText(answer: Answer): string {
  const said = withoutMarks(answer.verdict);
  if (answer.status === null) return said;
  return `${symbolOf(answer.status)} ${says(said, answer.status) ? '' : `${wordOf(answer.status)}: `}${said}`;
}
