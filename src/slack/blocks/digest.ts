import { clockTime } from '../../agent/compose/times.ts';
import type { Digest, DigestLine } from '../../digest/digest.ts';
import type { DigestPost } from '../../digest/digest-post.ts';
import { Keep, type Part, withinBudget } from './pieces/budget.ts';
import { chunks } from './pieces/chunks.ts';
import { context, questionButtons, section } from './pieces/elements.ts';
import { inline, withoutMarks } from './pieces/markdown.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { plain, words } from './pieces/text.ts';
import type { View } from './view.ts';

/** A digest as a message: one line where all is quiet. Pure. */
export function digestView({
  digest,
  late,
  due,
  postedAt,
  zone,
}: Pick<DigestPost, 'digest' | 'late' | 'due' | 'postedAt' | 'zone'>): View {
  const mark = late ? `Posted late: due ${clockTime(due, zone)}, posted ${clockTime(postedAt, zone)}.` : null;
  return layOut(digest, mark);
}

/** What a digest would say now, for the one who asks. */
export function digestPreview(digest: Digest): View {
  return layOut(digest, 'A preview: only you see it, and nothing is posted.');
}

function layOut(digest: Digest, mark: string | null): View {
  const symbol = digest.quiet ? '✅' : (leadSymbol(digest) ?? 'ℹ️');
  const footer: Part[] =
    mark === null ? [] : [part(Keep.verdict, ['mark', 'marks'], [context(`🕰️ ${words(mark, 300)}`)])];
  const text = plain([`${symbol} ${withoutMarks(digest.title)}`, ...(mark === null ? [] : [mark])].join(' '), 1500);
  const head = part(
    Keep.verdict,
    ['verdict', 'verdicts'],
    [section(`${symbol} *${words(withoutMarks(digest.title), 1200)}*`)],
  );
  if (digest.quiet) return { text, blocks: withinBudget([head, ...footer]) };
  const needy = digest.lines.filter(({ status, news }) => status !== 'SUCCESS' || news !== null);
  const fine = digest.lines.filter(({ status, news }) => status === 'SUCCESS' && news === null);
  const blocks = withinBudget([
    head,
    ...lists(needy.map(essentialLine), Keep.failure, ['batch', 'batches']),
    ...titled('Why', digest.causes, Keep.failure, ['cause', 'causes']),
    ...titled('What is late or still to come', digest.ends, Keep.overview, ['line about an end', 'lines about ends']),
    ...doneLine(fine),
    ...titled('What ran late or long', digest.runs, Keep.detail, ['run', 'runs']),
    ...(digest.notes.length === 0
      ? []
      : [
          part(
            Keep.note,
            ['set of notes', 'sets of notes'],
            [context(...digest.notes.map((note) => `ℹ️ ${inline(note, 400)}`))],
          ),
        ]),
    ...buttons(digest),
    ...footer,
  ]);
  return { text, blocks };
}

/** The worst comes first. */
function leadSymbol({ lines }: Digest): string | null {
  const [worst] = lines;
  return worst === undefined ? null : symbolOf(worst.status, worst.stuck);
}

function essentialLine({ essential, phase, status, stuck, headline, news }: DigestLine): string {
  const said = `${symbolOf(status, stuck)} *${words(essential, 80)}* ${phase} · ${wordOf(status, stuck).toLowerCase()} · ${inline(headline, 300)}`;
  return news === null ? said : `${said} · _${words(news, 120).replaceAll('_', ' ')}_`;
}

/** What went well takes one line, however much it is. */
function doneLine(lines: readonly DigestLine[]): Part[] {
  if (lines.length === 0) return [];
  const names = lines.map(({ essential, phase }) => `*${words(essential, 80)}* ${phase}`);
  const [first = '', ...more] = chunks(names, 1800).map((chunk) => chunk.join(' · '));
  const blocks = [section(`${symbolOf('SUCCESS', false)} Done: ${first}`), ...more.map((line) => section(line))];
  return [{ ...part(Keep.prose, ['done batch', 'done batches'], blocks), count: lines.length }];
}

function lists(lines: readonly string[], keep: Part['keep'], what: Part['what']): Part[] {
  return chunks(lines, 1800).map((chunk) => ({ ...part(keep, what, [section(...chunk)]), count: chunk.length }));
}

function titled(title: string, texts: readonly string[], keep: Part['keep'], what: Part['what']): Part[] {
  if (texts.length === 0) return [];
  const [first, ...rest] = chunks(
    texts.map((text) => `• ${inline(text, 700)}`),
    2200,
  );
  const blocks = [section(`*${title}*`, ...(first ?? [])), ...rest.map((lines) => section(...lines))];
  return [{ ...part(keep, what, blocks), count: texts.length }];
}

/** What one asks next: the worst batches. */
function buttons({ lines }: Digest): Part[] {
  const bad = lines
    .filter(({ status, stuck }) => stuck || status === 'FAILED' || status === 'PARTIAL_FAILURE')
    .slice(0, 3);
  // With its date: pressed in the evening, it still means this night.
  const questions = bad.map(({ essential, phase, businessDate }) => ({
    label: `Why ${essential}?`,
    question: `why did ${essential} ${phase.toLowerCase()} fail for ${businessDate}?`,
  }));
  const blocks = questionButtons(questions, 'sentry_digest');
  return blocks.length === 0 ? [] : [part(Keep.suggestion, ['row of buttons', 'rows of buttons'], blocks)];
}

function part(keep: Part['keep'], what: Part['what'], blocks: Part['blocks']): Part {
  return { keep, what, blocks };
}
