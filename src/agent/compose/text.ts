import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import type { Answer } from '../answer.ts';
import { code } from '../safe-text.ts';
import { causeSections } from './sections/causes.ts';
import { timingSections } from './sections/timing.ts';
import { clockTime, duration } from './times.ts';
import { plural } from './units.ts';

const SHOWN_FAILURES = 10;
const SHOWN_TASKS = 15;

/** The answer as Markdown, from the contract object alone: verdict, prose, then only the sections that have something in them. */
export function answerText(answer: Omit<Answer, 'text'>): string {
  const sections = [
    `**${answer.verdict}**`,
    answer.prose,
    ...causeSections(answer),
    ...timingSections(answer),
    failureSection(answer),
    progressSection(answer),
    sliceSection(answer),
    taskSection(answer),
    historySection(answer),
    essentialsSection(answer),
    optionSection(answer),
    answer.kind === 'help' ? HELP : '',
    answer.notes.map((note) => `_${note}_`).join('\n'),
    answer.gaps.length === 0 ? '' : `Not visible here: ${answer.gaps.join(' ')}`,
    answer.error === null ? '' : `${answer.error.remedy} Reference ${code(answer.reference)}.`,
    answer.frozen_clock === null
      ? ''
      : `_Clock frozen at ${clockTime(Date.parse(answer.frozen_clock), answer.time_zone)}._`,
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

const HELP = `- **Status**: "How is Derivatives doing?", "SNU final yesterday"
- **What failed**: "What failed in Securities?"
- **Why**: "Why did Derivatives fail on Friday?", "What is blocking SNU?", "What else is affected?"
- **Progress**: "Which step is SNU at?", "the EMEA slices of intercompany in Derivatives"
- **Tasks**: "Which tasks failed in Collateral prelim?"
- **The end**: "When will Derivatives finish?", "Will SNU make 7am?"
- **Time**: "Where did the time go in Derivatives?", "Which slice is slow?", "What changed since yesterday?"
- **History**: "Has SNU failed in the last 10 days?", "How long does Derivatives usually take?"
- **The night**: "What happened last night?"

I only read. I cannot restart, cancel or change anything, and I see neither logs nor business decisions.`;

function failureSection(answer: Omit<Answer, 'text'>): string {
  if (answer.failures.length === 0 || !listsFailures(answer)) return '';
  const rows = answer.failures.slice(0, SHOWN_FAILURES).map((failure) => {
    const name =
      failure.slice === null
        ? code(shortDatasetName(failure.dataset_id))
        : `${code(failure.slice)} of ${code(shortDatasetName(failure.dataset_id))}`;
    const facts = [
      `${failure.status}${failure.stuck ? ', stuck' : ''}`,
      failure.attempt > 1 ? `attempt ${failure.attempt}` : '',
      failure.started_at === null ? '' : `started ${time(failure.started_at, answer)}`,
      failure.ended_at === null ? '' : `ended ${time(failure.ended_at, answer)}`,
      failure.duration_s === null ? '' : `ran ${duration(failure.duration_s)}`,
      failure.task_id === null ? '' : `first failed task ${code(failure.task_id)}`,
    ];
    const run = failure.dag_run_id === null ? '' : `\n  run ${code(failure.dag_run_id, 250)}`;
    const detail = failure.detail === null ? '' : `\n  detail ${code(failure.detail, 300)}`;
    return `- ${name}: ${facts.filter(Boolean).join(', ')}${run}${detail}`;
  });
  const more = answer.failures.length > rows.length ? `\n- and ${answer.failures.length - rows.length} more` : '';
  return `**Needs attention**\n${rows.join('\n')}${more}`;
}

/** An answer that names its causes has said it; one about durations or other nights is about something else. */
export function listsFailures({ kind, root_causes }: Pick<Answer, 'kind' | 'root_causes'>): boolean {
  return LISTING.has(kind) || (kind === 'causes' && root_causes.length === 0);
}

const LISTING: ReadonlySet<Answer['kind']> = new Set(['status', 'progress', 'slices', 'tasks']);

/** Short when all is well: the verdict has said it. */
function progressSection(answer: Omit<Answer, 'text'>): string {
  if (answer.kind !== 'status' && answer.kind !== 'progress') return '';
  if (answer.kind === 'status' && (answer.status === 'SUCCESS' || answer.status === 'NOT_STARTED')) return '';
  const steps = [...new Set(answer.datasets.map((dataset) => dataset.step))];
  if (steps.length === 0) return '';
  const lines = steps.map((step) => {
    const datasets = answer.datasets.filter((dataset) => dataset.step === step);
    const said = datasets.map((dataset) => {
      const done = dataset.slices.filter((slice) => slice.status === 'SUCCESS').length;
      const share = dataset.slices.length > 1 ? ` ${done}/${dataset.slices.length}` : '';
      return `${code(shortDatasetName(dataset.dataset_id))} ${dataset.status}${share}`;
    });
    return `- Step ${step}: ${said.join(', ')}`;
  });
  return `**Progress**\n${lines.join('\n')}`;
}

function sliceSection(answer: Omit<Answer, 'text'>): string {
  if (answer.kind !== 'slices') return '';
  const rows = answer.datasets.flatMap((dataset) =>
    dataset.slices.slice(0, 30).map((slice) => {
      const facts = [
        `${slice.status}${slice.stuck ? ', stuck' : ''}`,
        slice.listed ? '' : 'not defined in Lenz',
        slice.attempts > 1 ? `attempt ${slice.attempts}` : '',
        slice.repaired ? 'repaired' : '',
        slice.ended_at === null ? '' : `ended ${time(slice.ended_at, answer)}`,
        slice.duration_s === null ? '' : `ran ${duration(slice.duration_s)}`,
      ];
      return `- ${code(slice.slice ?? shortDatasetName(dataset.dataset_id))}: ${facts.filter(Boolean).join(', ')}`;
    }),
  );
  return rows.length === 0 ? '' : rows.join('\n');
}

function taskSection(answer: Omit<Answer, 'text'>): string {
  if (answer.kind !== 'tasks' || answer.tasks.length === 0) return '';
  const sorted = [...answer.tasks].sort((a, b) => rank(a.state) - rank(b.state));
  const rows = sorted.slice(0, SHOWN_TASKS).map((task) => {
    const facts = [
      task.state ?? 'not scheduled',
      task.try_number === null || task.try_number <= 1 ? '' : `try ${task.try_number}`,
      task.ended_at === null ? '' : `ended ${time(task.ended_at, answer)}`,
      task.duration_s === null ? '' : `ran ${duration(task.duration_s)}`,
      task.first_failure && task.host !== null ? `host ${code(task.host)}` : '',
    ];
    return `- ${code(task.slice ?? shortDatasetName(task.dataset_id), 80)} ${code(task.task_id)}: ${facts.filter(Boolean).join(', ')}`;
  });
  const more = sorted.length > rows.length ? `\n- and ${plural(sorted.length - rows.length, 'task')} more` : '';
  return `**Tasks**\n${rows.join('\n')}${more}`;
}

function rank(state: string | null): number {
  const order = ['failed', 'running', 'up_for_retry', 'queued', 'scheduled', 'upstream_failed', 'success'];
  const found = order.indexOf(state ?? '');
  return found === -1 ? order.length : found;
}

function historySection(answer: Omit<Answer, 'text'>): string {
  if (answer.history.length === 0) return '';
  const rows = answer.history.slice(0, 10).map((entry) => {
    const facts = [
      entry.status,
      entry.duration_s === null ? '' : duration(entry.duration_s),
      entry.failed_slices > 0 ? `${plural(entry.failed_slices, 'slice')} failed` : '',
      entry.repaired_slices > 0 ? `${plural(entry.repaired_slices, 'slice')} repaired` : '',
    ];
    return `- ${entry.business_date}: ${facts.filter(Boolean).join(', ')}`;
  });
  return `**Earlier business dates**\n${rows.join('\n')}`;
}

function essentialsSection(answer: Omit<Answer, 'text'>): string {
  if (answer.essentials.length === 0) return '';
  return answer.essentials
    .map((entry) => {
      const [cause] = entry.root_causes;
      const why = cause === undefined ? '' : `\n  ${cause.summary}`;
      return `- ${entry.essential} ${entry.phase} ${entry.business_date}: ${entry.status}, ${entry.headline}${why}`;
    })
    .join('\n');
}

function optionSection(answer: Omit<Answer, 'text'>): string {
  return answer.options.map((option) => `- ${option.question}`).join('\n');
}

function time(iso: string, answer: { business_date: string | null; time_zone: string }): string {
  return clockTime(Date.parse(iso), answer.time_zone, answer.business_date ?? undefined);
}
