import { MINUTE } from '../instant.ts';
import type { Candidate, Evidence, Family } from './cause.ts';

/** Causes of which a task's failure or slowness is only a symptom. */
const COMMON: ReadonlySet<Family> = new Set(['shared_dependency', 'bad_host']);
/** What a failing task is called where nothing in common explains it. What is late or slow has been told apart by its own rule. */
const BROKEN: ReadonlySet<Family> = new Set([
  'task_failure',
  'retry_exhausted',
  'stuck',
  'cancelled',
  'missed_trigger',
]);
/** The same trouble in slices of one dataset is one trouble while no more than this lies between two of them. */
const TOGETHER = 60 * MINUTE;
/** An outage whose symptoms nearly all lie on one bad host is that host's. */
const NEARLY_ALL = 0.8;

/** Many symptoms, one cause: what a common cause explains goes, and slices that show the same become one. */
export function collapse(candidates: readonly Candidate[]): Candidate[] {
  const common = settle(candidates.filter(({ family }) => COMMON.has(family)));
  const explained = new Set(common.flatMap(({ units }) => units));
  const own = candidates.filter(
    (candidate) =>
      !COMMON.has(candidate.family) &&
      !(BROKEN.has(candidate.family) && candidate.units.every((unit) => explained.has(unit))) &&
      !common.some((host) => crawlsOn(candidate, host)),
  );
  // Queues are full for all who stand in them: what is told first is told from here, what follows from other essentials.
  const queue = own.find(({ family }) => family === 'queue_delay');
  return [...common, ...joinSlices(own.filter((each) => each.family !== 'queue_delay' || each === queue))];
}

/** A slow task, as another essential may see it that knows less of the host. */
function crawlsOn({ family, taskId, evidence }: Candidate, { host }: Candidate): boolean {
  if (host === null || (family !== 'slow_run' && family !== 'data_skew')) return false;
  const task = evidence.find((item) => item.kind === 'task' && item.taskId === taskId);
  return task?.kind === 'task' && task.says.hostname === host;
}

/** A host that breaks looks like an outage of an operator, and an outage hits hosts: the narrower one that explains all wins. */
function settle(common: readonly Candidate[]): Candidate[] {
  const hosts = common.filter(({ family }) => family === 'bad_host');
  const outages = common.filter(
    (candidate) => candidate.family === 'shared_dependency' && !hosts.some((host) => liesOn(candidate, host)),
  );
  const seen = new Set(outages.flatMap(({ evidence }) => evidence.flatMap(taskKey)));
  const rest = hosts.filter(({ evidence }) => {
    const symptoms = evidence.flatMap(taskKey);
    return symptoms.length === 0 || symptoms.some((key) => !seen.has(key));
  });
  return [...outages, ...rest];
}

function liesOn({ evidence }: Candidate, { host }: Candidate): boolean {
  const tasks = evidence.filter((item) => item.kind === 'task');
  return tasks.filter(({ says }) => says.hostname === host).length >= NEARLY_ALL * tasks.length;
}

function taskKey(item: Evidence): string[] {
  return item.kind === 'task' ? [`${item.dagId}\n${item.runId}\n${item.taskId}\n${item.mapIndex}`] : [];
}

function joinSlices(candidates: readonly Candidate[]): Candidate[] {
  const alike = Map.groupBy(candidates, ({ family, datasetId, taskId }) => `${family}\n${datasetId}\n${taskId}`);
  return [...alike.values()].flatMap((group) => {
    const joined: Candidate[] = [];
    // How late the latest member of the last group began: each follows the one before it.
    let latest = Number.NEGATIVE_INFINITY;
    for (const candidate of group.sort(byTime)) {
      const last = joined.at(-1);
      if (last !== undefined && candidate.at - latest <= TOGETHER) joined[joined.length - 1] = join(last, candidate);
      else joined.push(candidate);
      latest = candidate.at;
    }
    return joined;
  });
}

function byTime(a: Candidate, b: Candidate): number {
  const [x, y] = [a.units.join(), b.units.join()];
  return a.at - b.at || (x < y ? -1 : x > y ? 1 : 0);
}

/** The earlier one leads. */
function join(first: Candidate, next: Candidate): Candidate {
  return {
    ...first,
    slices: [...new Set([...first.slices, ...next.slices])],
    units: [...new Set([...first.units, ...next.units])],
    symptoms: first.symptoms + next.symptoms,
    evidence: [...first.evidence, ...next.evidence],
  };
}
