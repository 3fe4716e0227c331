import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { chunks } from './pieces/chunks.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';
import { type Rendering, shownOf } from './pieces/rendering.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { words } from './pieces/text.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Entry = Answer['essentials'][number];

/** So many that need someone stand apart from each other; more share their blocks. */
const APART = 15;

/**
 * "What happened last night?": the essentials that need someone, then the others on short lines. No table: what matters of each is
 * a sentence, its cause, and a column of sentences cannot be read on a phone.
 */
export function nightParts(answer: Answer, how: Rendering): Part[] {
  const needy = answer.essentials.filter((entry) => entry.status !== 'SUCCESS');
  const fine = answer.essentials.filter((entry) => entry.status === 'SUCCESS');
  return [
    verdictPart(answer),
    ...lists(
      needy.map((entry) => entryLine(entry, answer, how)),
      Keep.failure,
      needy.length <= APART ? 1 : 1800,
    ),
    ...lists(
      fine.map((entry) => entryLine(entry, answer, how)),
      Keep.overview,
      1800,
    ),
    ...prosePart(answer, how),
    ...closingParts(answer, how),
  ];
}

function lists(lines: readonly string[], keep: Part['keep'], size: number): Part[] {
  return chunks(lines, size).map((chunk) => ({
    keep,
    what: ['batch', 'batches'],
    count: chunk.length,
    blocks: [section(...chunk)],
  }));
}

function entryLine(entry: Entry, answer: Answer, how: Rendering): string {
  const date = entry.business_date === answer.business_date ? '' : ` ${entry.business_date}`;
  const said = inline(entry.headline, 220);
  const headline = said === '' || entry.status === 'SUCCESS' ? '' : ` · ${said}`;
  const causes = shownOf(entry.root_causes, 1, how).map((cause) => `\n      ${inline(cause.summary, 420)}`);
  return `${symbolOf(entry.status, entry.stuck)} *${words(entry.essential, 80)}* ${entry.phase}${date} · ${wordOf(entry.status, entry.stuck).toLowerCase()}${headline}${causes.join('')}`;
}
