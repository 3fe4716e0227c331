import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { chunks } from './pieces/step-parts.ts';
import { words } from './pieces/text.ts';
import { verdictPart } from './pieces/verdict-part.ts';

type Entry = Answer['essentials'][number];

/** "What happened last night?": the essentials that need someone, then the others on short lines. */
export function nightParts(answer: Answer): Part[] {
  const needy = answer.essentials.filter((entry) => entry.status !== 'SUCCESS');
  const fine = answer.essentials.filter((entry) => entry.status === 'SUCCESS');
  return [
    verdictPart(answer),
    ...lists(
      needy.map((entry) => entryLine(entry, answer)),
      Keep.failure,
    ),
    ...lists(
      fine.map((entry) => entryLine(entry, answer)),
      Keep.overview,
    ),
    ...prosePart(answer),
    ...closingParts(answer),
  ];
}

function lists(lines: readonly string[], keep: Part['keep']): Part[] {
  return chunks(lines, 1800).map((chunk) => ({
    keep,
    what: ['batch', 'batches'],
    count: chunk.length,
    blocks: [section(...chunk)],
  }));
}

function entryLine(entry: Entry, answer: Answer): string {
  const date = entry.business_date === answer.business_date ? '' : ` ${entry.business_date}`;
  const said = inline(entry.headline, 220);
  const headline = said === '' || entry.status === 'SUCCESS' ? '' : ` · ${said}`;
  const [cause] = entry.root_causes;
  const why = cause === undefined ? '' : `\n      ${inline(cause.summary, 420)}`;
  return `${symbolOf(entry.status, entry.stuck)} *${words(entry.essential, 80)}* ${entry.phase}${date} · ${wordOf(entry.status, entry.stuck).toLowerCase()}${headline}${why}`;
}
