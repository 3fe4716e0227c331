import type { KnownBlock, ModalView } from '@slack/types';
import { duration } from '../../agent/compose/times.ts';
import { airflowLink } from '../blocks/pieces/airflow-links.ts';
import { context, section } from '../blocks/pieces/elements.ts';
import { inline } from '../blocks/pieces/markdown.ts';
import { code, plain, words } from '../blocks/pieces/text.ts';
import { moment } from '../blocks/pieces/time.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** Slack takes 100 blocks a view and an unspoken number of characters; what is beyond is counted. */
const MAX_CHARACTERS = 40_000;

interface Options {
  airflowBaseUrl: string | null;
  /** UTC milliseconds: what ages are counted from. */
  now: number;
}

/** "How do you know?": what was read for an answer, how old what it rests on is, what was ruled out and what is missing. */
export function evidenceModal(answer: KeptAnswer, options: Options): ModalView {
  const head = [
    section(`*${words(answer.question, 300)}*`, inline(answer.verdict, 700)),
    context(
      `Answered with the data as of ${moment(new Date(answer.clock).toISOString(), answer.zone)}`,
      `ref ${code(answer.reference, 60)}`,
    ),
  ];
  const rest = [
    ...titled('What was ruled out', answer.ruledOut.map(ruledOutLine)),
    ...titled(
      'What the data cannot show',
      answer.gaps.map((gap) => `• ${inline(gap, 400)}`),
    ),
    ...titled('Definitions', definitionLines(answer, options.now)),
    ...titled('In Airflow', runLines(answer, options.airflowBaseUrl)),
    ...titled(
      'What was resolved on the way',
      answer.notes.map((note) => `• ${inline(note, 400)}`),
    ),
  ];
  const queries = queryBlocks(answer);
  return { ...frame(), blocks: fitting([...head, ...rest, ...queries.slice(0, 1)], queries.slice(1)) };
}

function frame(): Pick<ModalView, 'type' | 'title' | 'close'> {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'How do you know?' },
    close: { type: 'plain_text', text: 'Close' },
  };
}

/** What each query reads, in the words of whoever asks. */
const READS: Readonly<Record<string, string>> = {
  get_batch_status: 'Runs of the night',
  get_batch_progress: 'Runs of the night',
  get_slice_status: 'Runs of these slices',
  get_historical_runs: 'Runs of earlier dates',
  get_task_details: 'Tasks in Airflow',
  get_attempt_tasks: 'Earlier attempts in Airflow',
  get_dag_runs: 'What Airflow says of open runs',
};
/** Ids of datasets and runs are long, and a phone is narrow. */
const SHOWN_PARAMETERS = 4;

function queryBlocks({ sources, moreSources }: KeptAnswer): KnownBlock[] {
  if (sources.length === 0) return [section('*Queries*', 'None: nothing had to be read for it.')];
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const ms = sources.reduce((sum, source) => sum + source.ms, 0);
  const more = moreSources > 0 ? [context(`and ${moreSources} more that are not kept`)] : [];
  return [
    section(`*Queries* · ${sources.length} read ${rows} rows in ${Math.round(ms)} ms`),
    ...sources.map((source, index) => {
      const said = source.parameters.filter((parameter) => parameter.trim() !== '');
      const given = said.slice(0, SHOWN_PARAMETERS).map((parameter) => code(parameter, 90));
      const left = said.length - given.length + source.moreParameters;
      return section(
        `*${index + 1}. ${READS[source.tool] ?? 'Rows'}* · ${source.rows} ${source.rows === 1 ? 'row' : 'rows'} · ${Math.round(source.ms)} ms · ${code(source.tool, 60)}`,
        code(shortened(source.sql), 620),
        given.length === 0 ? '' : `with ${given.join(' ')}${left > 0 ? ` and ${left} more` : ''}`,
      );
    }),
    ...more,
  ];
}

/** Lists of columns and of placeholders say little; what is read, from where and under which condition stays. */
export function shortened(sql: string): string {
  return sql
    .replace(/\s+/g, ' ')
    .replace(
      /^(\s*select(?: distinct)? )(.{80,}?)( from )/i,
      (_whole, select: string, columns: string, from: string) => {
        const names = columns.split(',');
        return `${select}${names.slice(0, 2).join(',')}, … ${names.length - 2} more${from}`;
      },
    )
    .replace(/\(\s*\?(?:\s*,\s*\?){2,}\s*\)/g, (list) => `(? × ${list.split(',').length})`)
    .trim();
}

function ruledOutLine({ family, why }: KeptAnswer['ruledOut'][number]): string {
  return `• *${words(family.replaceAll('_', ' '), 60)}*: ${inline(why, 400)}`;
}

function definitionLines({ definitions }: KeptAnswer, now: number): string[] {
  return definitions.map(({ essential, fetchedAt, stale }) => {
    const seconds = Math.max(0, (now - fetchedAt) / 1000);
    const age = seconds < 60 ? 'less than a minute' : duration(seconds);
    const old = stale ? ' · Lenz gave no newer one then' : '';
    return `• ${words(essential, 80)}: told by Lenz ${age} ago${old}`;
  });
}

function runLines({ runs }: KeptAnswer, base: string | null): string[] {
  if (base === null) return [];
  return runs.flatMap((run) => {
    const link = airflowLink(base, run, run.taskId === null ? 'Run' : 'Task');
    return link === '' ? [] : [`• ${link} ${code(run.taskId ?? run.runId, 120)} of ${code(run.dagId, 120)}`];
  });
}

/** A title and its lines, in as many sections as they need. */
function titled(title: string, lines: readonly string[]): KnownBlock[] {
  if (lines.length === 0) return [];
  const blocks: KnownBlock[] = [];
  let held = [`*${title}*`];
  for (const line of lines) {
    if (held.join('\n').length + line.length > 2800) {
      blocks.push(section(...held));
      held = [];
    }
    held.push(line);
  }
  return [...blocks, section(...held)];
}

/** All that fits; of the queries, the last go first. */
function fitting(head: readonly KnownBlock[], queries: readonly KnownBlock[]): KnownBlock[] {
  const size = (blocks: readonly KnownBlock[]) => JSON.stringify(blocks).length;
  let shown = queries.length;
  while (shown > 0 && size([...head, ...queries.slice(0, shown)]) > MAX_CHARACTERS) shown -= 1;
  const left = queries.length - shown;
  const said = left > 0 ? [context(plain(`${left} more are left out to fit.`))] : [];
  return [...head, ...queries.slice(0, shown), ...said];
}
