import type { Opening, Thread } from './opening.ts';
import { fitsNight, isWholeNight, type Topic } from './rules/topic.ts';
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
  const settled = thread?.essential ?? null;
  if (!named && said.slice === null) {
    if (isWholeNight(said.text) && said.topic !== 'history' && said.topic !== 'tasks')
      return [call('get_night_overview', night)];
    if (
      settled === null &&
      (thread?.kind === 'night'
        ? said.topic === null || said.topic === 'status'
        : fitsNight(said.text) || onlyWhen(said))
    )
      return [call('get_night_overview', night)];
    if (
      settled !== null &&
      /\blast night\b/i.test(said.text) &&
      /\b(what|how)\b/i.test(said.text) &&
      !/\b(it|this|that)\b/i.test(said.text)
    )
      return [call('get_night_overview', night)];
    if (settled === null)
      return [
        call('ask_clarification', {
          about: said.topic === 'tasks' || said.topic === 'history' ? said.topic : 'status',
        }),
      ];
  }
  const batches = said.batches.length > 0 ? said.batches.slice(0, 4) : [said.unknown];
  return batches.flatMap((batch) => callsFor(topicOf(said, thread), said, batch));
}

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
    /\b(which|what|fail\w*|red|stuck)\b/i.test(said.text)
  )
    return 'status';
  if (said.topic !== null) return said.slice !== null || said.dataset !== null ? narrowed(said.topic) : said.topic;
  switch (thread?.kind) {
    case 'tasks':
    case 'history':
    case 'progress':
      return thread.kind;
    case 'slices':
      return said.batches.length > 0 ? 'status' : 'slices';
    default:
      return 'status';
  }
}

/** Status of a part is the status of its slices. */
function narrowed(topic: Topic): Topic {
  return topic === 'status' || topic === 'progress' ? 'slices' : topic;
}

function callsFor(topic: Topic, said: Understood, batch: string | null): PlannedCall[] {
  const about = { batch, date: said.date, phase: said.phase };
  const unit = { ...about, dataset: said.dataset, slice: said.slice };
  switch (topic) {
    case 'why':
      return [
        said.dataset !== null || said.slice !== null ? call('get_slice_status', unit) : call('get_batch_status', about),
        call('get_task_details', unit),
      ];
    case 'tasks':
      return [call('get_task_details', unit)];
    case 'history':
      return [call('get_historical_runs', { ...unit, dates: said.dates })];
    case 'progress':
      return [call('get_batch_progress', about)];
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
