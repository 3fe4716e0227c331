import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import { context, markdown, questionButtons } from './elements.ts';
import { harmlessMarkdown, inline } from './markdown.ts';
import { symbolOf, wordOf } from './status-mark.ts';
import { words } from './text.ts';
import { moment } from './time.ts';
import { evidenceParts } from './tool-parts.ts';

/** The words of the model or the planner, where they say more than the verdict. */
export function prosePart(answer: Answer): Part[] {
  const prose = harmlessMarkdown(answer.prose);
  if (prose === '' || answer.prose.trim() === answer.verdict.trim()) return [];
  return [
    {
      keep: Keep.prose,
      what: ['paragraph', 'paragraphs'],
      blocks: [markdown(prose)],
      shorter: [markdown(harmlessMarkdown(answer.prose, 600))],
    },
  ];
}

/** Small print, the most useful first: what was resolved, the other phase, what the data cannot show, where it comes from. */
export function closingParts(answer: Answer): Part[] {
  const parts: Part[] = [];
  const notes = [...otherPhase(answer), ...answer.notes.slice(0, 6).map((note) => `ℹ️ ${inline(note, 400)}`)];
  if (notes.length > 0)
    parts.push({ keep: Keep.note, what: ['set of notes', 'sets of notes'], blocks: [context(...notes)] });
  if (answer.gaps.length > 0) parts.push(gapsPart(answer.gaps));
  parts.push(...evidenceParts(answer), ...suggestionParts(answer), footerPart(answer));
  return parts;
}

function otherPhase(answer: Answer): string[] {
  if (answer.other_phase === null) return [];
  const { phase, status } = answer.other_phase;
  if (answer.notes.some((note) => note.includes(phase) && note.includes(status))) return [];
  return [`${symbolOf(status)} ${phase} of the same date: ${wordOf(status).toLowerCase()}`];
}

function gapsPart(gaps: readonly string[]): Part {
  const shown = gaps.slice(0, 5).map((gap) => `• ${inline(gap, 350)}`);
  const more = gaps.length > 5 ? [`• and ${gaps.length - 5} more`] : [];
  return {
    keep: Keep.gap,
    what: ['set of gaps', 'sets of gaps'],
    blocks: [context('❔ What the data cannot show:', ...shown, ...more)],
  };
}

/** Follow-up questions as buttons. A label leaves out the date of the answer above it; the question keeps it. */
export function suggestionParts(answer: Answer): Part[] {
  const date = answer.business_date === null ? '' : ` on ${answer.business_date}`;
  const questions = answer.suggestions.map((question) => ({ label: question.replace(date, ''), question }));
  const blocks = questionButtons(questions, 'sentry_suggestions');
  return blocks.length === 0 ? [] : [{ keep: Keep.suggestion, what: ['row of buttons', 'rows of buttons'], blocks }];
}

/** Where the answer comes from, and the reference that finds it in the log. */
export function footerPart(answer: Answer): Part {
  const rows = answer.sources.reduce((sum, source) => sum + source.rows, 0);
  const read =
    answer.sources.length === 0
      ? ''
      : ` · ${count(answer.sources.length, 'query', 'queries')}, ${count(rows, 'row', 'rows')}`;
  const frozen =
    answer.frozen_clock === null ? '' : `🕰️ Clock frozen at ${moment(answer.frozen_clock, answer.time_zone, '')}`;
  return {
    keep: answer.frozen_clock === null ? Keep.footer : Keep.verdict,
    what: ['footer', 'footers'],
    blocks: [context(frozen, `ref ${words(answer.reference, 60)}${read}`)],
  };
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
