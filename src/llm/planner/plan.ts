import type { Opening, Thread } from './opening.ts';
import { fitsNight, isWholeNight, namesBatches } from './rules/night.ts';
import { isAboutOne, type Topic } from './rules/topic.ts';
import type { Understood } from './understand.ts';

export interface PlannedCall {
  name: string;
  args: Record<string, string | number>;
}

/** Tool calls for what was understood. What is left out, the tools take from the thread. */
export function planCalls(said: Understood, { thread }: Opening): PlannedCall[] {
  if (said.decline !== null) return [call('decline', { reason: said.decline, batch: said.batches[0] })];
  if (said.help) return [call('help', {})];

  const named = said.batches.length > 0 || said.unknown !== null || said.dataset !== null;
  const night = { date: said.date, phase: said.phase };
  if (!named && said.slice === null) {
    // The planner does not see the list that was answered: rather asked than guessed.
    if (thread?.kind === 'night' && ORDINAL.test(said.text)) return [call('ask_clarification', { about: 'status' })];
    if (meansTheNight(said, thread)) return [call('get_night_overview', night)];
    if (settledIn(thread) === null)
      return [
        call('ask_clarification', {
          about: said.topic === null ? 'status' : (ASKED_BACK[said.topic] ?? 'status'),
        }),
      ];
  }
  const batches = said.batches.length > 0 ? said.batches.slice(0, 4) : [said.unknown];
  return batches.flatMap((batch) => callsFor(topicOf(said, thread), said, batch));
}

/** Without a name: all batches of a night are meant, not the one that a conversation is about, nor one that nobody named. */
function meansTheNight(said: Understood, thread: Thread | null): boolean {
  const settled = settledIn(thread) !== null;
  const ofThread = settled && isAboutOne(said.topic) && !namesBatches(said.text);
  if (isWholeNight(said.text) && said.topic !== 'history' && said.topic !== 'tasks' && !ofThread) return true;
  if (settled) return !ofThread && LAST_NIGHT.test(said.text) && !POINTS.test(said.text);
  if (thread?.kind === 'night') return said.topic === null || said.topic === 'status' || said.topic === 'why';
  return fitsNight(said.text) || onlyWhen(said) || (said.topic === 'status' && !POINTS.test(said.text));
}

/** What a conversation is about. A dataset that an alert above names is looked for among all batches. */
function settledIn(thread: Thread | null): string | null {
  return thread?.essential ?? thread?.datasetId ?? null;
}

/** "What happened last night", "how did last night go". */
const LAST_NIGHT = /^(?=.*\b(?:what|how)\b).*\blast night\b/i;

/** "The second one", of a list. */
const ORDINAL = /\b(?:first|second|third|fourth|fifth|last|\d(?:st|nd|rd|th)) (?:one|batch|essential)\b/i;

/** "Did it fail" means one that nobody has named. */
const POINTS = /\b(?:it|this|that|these|those)\b/i;

/** A date or a phase alone, outside any conversation: the night it names. */
function onlyWhen(said: Understood): boolean {
  return said.topic === null && (said.date !== null || said.phase !== null);
}

/** A follow-up that names only what changed repeats the kind of question before it. */
function topicOf(said: Understood, thread: Thread | null): Topic {
  if (
    said.topic === 'slices' &&
    said.slice === null &&
    said.dataset === null &&
    (said.batches.length > 0 || thread?.datasetId == null) &&
    /\b(which|what|any|anyone|anybody|someone|fail\w*|red|stuck|cancel\w*|kill\w*)\b/i.test(said.text)
  )
    return 'status';
  if (said.topic !== null) return said.slice !== null || said.dataset !== null ? narrowed(said.topic) : said.topic;
  if (thread?.kind === 'slices') return said.batches.length > 0 ? 'status' : 'slices';
  return REPEATED[thread?.kind ?? ''] ?? 'status';
}

/** The kind of the answer before → what "and SNU?" then asks. */
const REPEATED: Readonly<Record<string, Topic>> = {
  tasks: 'tasks',
  history: 'history',
  progress: 'progress',
  causes: 'why',
  lateness: 'lateness',
  eta: 'eta',
  comparison: 'compare',
  durations: 'durations',
};

/** What a question back repeats, once a batch is chosen. */
const ASKED_BACK: Readonly<Partial<Record<Topic, string>>> = {
  tasks: 'tasks',
  history: 'history',
  why: 'causes',
  impact: 'impact',
  retries: 'retries',
  eta: 'eta',
  lateness: 'lateness',
  compare: 'comparison',
  durations: 'durations',
};

/** Status of a part is the status of its slices. */
function narrowed(topic: Topic): Topic {
  return topic === 'status' || topic === 'progress' ? 'slices' : topic;
}

function callsFor(topic: Topic, said: Understood, batch: string | null): PlannedCall[] {
  const about = { batch, date: said.date, phase: said.phase };
  const unit = { ...about, dataset: said.dataset, slice: said.slice };
  switch (topic) {
    case 'why':
      return [call('find_root_causes', unit)];
    case 'impact':
    case 'retries':
      return [call('find_root_causes', { ...unit, focus: topic })];
    case 'eta':
      return [call('estimate_completion', { ...about, by: said.by })];
    case 'lateness':
      return [call('get_lateness', about)];
    case 'durations':
      return [call('get_durations', unit)];
    case 'compare':
      // Two batches side by side have nothing in common that could be compared unit by unit.
      return said.batches.length > 1
        ? [call('get_batch_status', about)]
        : [call('compare_runs', { batch, ...said.compared })];
    case 'tasks':
      return [call('get_task_details', unit)];
    case 'history':
      return [call('get_historical_runs', { ...unit, dates: said.dates })];
    case 'progress':
      return [call('get_batch_progress', { ...about, step: said.step })];
    case 'slices':
      return [call('get_slice_status', unit)];
    default:
      return [call('get_batch_status', about)];
  }
}

function call(name: string, args: Record<string, string | number | null | undefined>): PlannedCall {
  const given = Object.entries(args).filter(
    (entry): entry is [string, string | number] => entry[1] !== null && entry[1] !== undefined,
  );
  return { name, args: Object.fromEntries(given) };
}
