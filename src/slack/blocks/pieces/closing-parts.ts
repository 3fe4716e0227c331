import type { Answer } from '../../../agent/answer.ts';
import { Keep, type Part } from './budget.ts';
import { chunks } from './chunks.ts';
import { context, markdown, questionButtons, section } from './elements.ts';
import { harmlessMarkdown, inline } from './markdown.ts';
import { type Rendering, shownOf } from './rendering.ts';
import { symbolOf, wordOf } from './status-mark.ts';
import { words } from './text.ts';
import { moment } from './time.ts';
import { evidenceParts } from './tool-parts.ts';

const NOTES = 6;
const GAPS = 5;

/** The words of the model or the planner, where they say more than the verdict. */
export function prosePart(answer: Answer, { form }: Rendering): Part[] {
  const prose = harmlessMarkdown(answer.prose);
  if (prose === '' || answer.prose.trim() === answer.verdict.trim()) return [];
  if (form !== 'full') return plainProse(answer.prose, form);
  return [
    {
      keep: Keep.prose,
      what: ['paragraph', 'paragraphs'],
      blocks: [markdown(prose)],
      shorter: [markdown(harmlessMarkdown(answer.prose, 600))],
    },
  ];
}

/** Its lines without the marks that only the `markdown` block knows. */
function plainProse(prose: string, form: Rendering['form']): Part[] {
  const lines = prose.split('\n').map((line) => inline(line.replace(/^\s*(?:[-*]|#+)\s+/, '• '), 1500));
  const paragraphs = chunks(
    lines.filter((line) => line !== ''),
    2500,
  );
  return shownOf(paragraphs, 1, { form }).map((paragraph) => ({
    keep: Keep.prose,
    what: ['paragraph', 'paragraphs'],
    blocks: [section(...paragraph)],
  }));
}

/** Small print, the most useful first: what was resolved, the other phase, what the data cannot show, where it comes from. */
export function closingParts(answer: Answer, how: Rendering): Part[] {
  const shown = shownOf(answer.notes, NOTES, how).map((note) => `ℹ️ ${inline(note, 400)}`);
  const small = [
    ...smallPrint(['note', 'notes'], Keep.note, [...otherPhase(answer), ...shown], answer.notes.length - shown.length),
    ...gapsParts(answer.gaps, how),
  ];
  if (how.form === 'whole') return [...small, footerPart(answer)];
  return [...small, ...evidenceParts(answer, how), ...suggestionParts(answer), footerPart(answer)];
}

/** Grey lines in as many pieces as they need. */
function smallPrint(what: Part['what'], keep: Keep, lines: readonly string[], left: number): Part[] {
  const pieces = chunks(lines, 1900);
  return pieces.map((piece, index) => ({
    keep,
    what,
    count: piece.length,
    blocks: [context(...piece)],
    left: index === pieces.length - 1 ? Math.max(0, left) : 0,
  }));
}

function otherPhase(answer: Answer): string[] {
  if (answer.other_phase === null) return [];
  const { phase, status } = answer.other_phase;
  if (answer.notes.some((note) => note.includes(phase) && note.includes(status))) return [];
  return [`${symbolOf(status)} ${phase} of the same date: ${wordOf(status).toLowerCase()}`];
}

function gapsParts(gaps: readonly string[], how: Rendering): Part[] {
  if (gaps.length === 0) return [];
  const shown = shownOf(gaps, GAPS, how).map((gap) => `• ${inline(gap, 350)}`);
  const left = gaps.length - shown.length;
  const lines = ['❔ What the data cannot show:', ...shown, ...(left > 0 ? [`• and ${left} more`] : [])];
  return smallPrint(['gap', 'gaps'], Keep.gap, lines, left);
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
