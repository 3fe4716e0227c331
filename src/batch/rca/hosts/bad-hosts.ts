import { oncePerScene } from '../../timing/once-per-scene.ts';
import { endedTasks, type JudgedTask, timedTasks } from './judged-tasks.ts';

/** A host on which tasks fail, or crawl, that go well elsewhere. */
export interface BadHost {
  host: string;
  /** In order of start. */
  bad: readonly JudgedTask[];
}

/** So many bad tasks on a host show a pattern … */
const ENOUGH = 3;
/** … and two of several datasets do where nothing else went wrong anywhere, and there are hosts enough to make that odd. */
const ENOUGH_ALONE = { tasks: 2, hosts: 8 };
/** While it is bad, much of what runs there goes wrong … */
const MUCH = 0.35;
/** … and elsewhere at most this part of that share does. */
const ELSEWHERE = 1 / 3;
/** The chance, over all hosts, that so many bad tasks meet on one of them by accident. */
const ACCIDENT = 0.01;

/** The worst first. */
export const badHosts = oncePerScene((scene): BadHost[] =>
  [endedTasks(scene), timedTasks(scene)]
    .flatMap((tasks) => {
      const hosts = Map.groupBy(tasks, ({ host }) => host);
      return [...hosts].flatMap(([host, own]) => judge(host, own, tasks, hosts.size) ?? []);
    })
    .sort((a, b) => b.bad.length - a.bad.length || (a.host < b.host ? -1 : 1)),
);

function judge(host: string, own: readonly JudgedTask[], all: readonly JudgedTask[], hosts: number): BadHost | null {
  const bad = own.filter((task) => task.bad).sort(inOrder);
  const first = bad[0];
  if (first === undefined) return null;
  const until = Math.max(...bad.map(({ to }) => to));
  const ran = own.filter((task) => !task.assumed && task.from >= first.from && task.from <= until);
  const datasets = new Set(bad.map(({ datasetId }) => datasetId));
  const runs = new Set(bad.map(({ task }) => task.runId)).size;
  if (bad.length < ENOUGH) {
    const alone = all.filter((task) => task.bad).length === bad.length;
    // Slices differ in size: that a task stands out among its siblings is no proof by itself.
    if (bad.some(({ slow }) => slow !== null && slow.ordinary === null)) return null;
    if (!alone || bad.length < ENOUGH_ALONE.tasks || hosts < ENOUGH_ALONE.hosts || datasets.size < 2) return null;
  }
  if (datasets.size < 2 && runs < ENOUGH) return null;
  const others = all.filter((task) => task.host !== host && task.to >= first.from && task.from <= until);
  const share = bad.length / ran.length;
  if (share < MUCH || countBad(others) > ELSEWHERE * share * others.length) return null;
  if (bad.length < ENOUGH) return { host, bad };
  // What is as frequent in the same datasets on other hosts lies with the datasets.
  const alike = others.filter(({ datasetId }) => datasets.has(datasetId));
  const chance = Math.max(rateOf(others), alike.length < ENOUGH ? 0 : rateOf(alike));
  return hosts * atLeast(bad.length, ran.length, chance) > ACCIDENT ? null : { host, bad };
}

function inOrder(a: JudgedTask, b: JudgedTask): number {
  const key = ({ task }: JudgedTask) => `${task.dagId}\n${task.runId}\n${task.taskId}\n${task.mapIndex}`;
  return a.from - b.from || (key(a) < key(b) ? -1 : 1);
}

function countBad(tasks: readonly JudgedTask[]): number {
  return tasks.filter((task) => task.bad).length;
}

/** A share that is never quite zero: what has not been seen can still happen. */
function rateOf(tasks: readonly JudgedTask[]): number {
  return Math.min(1, (countBad(tasks) + 0.5) / (tasks.length + 1));
}

/** The chance of at least `hits` of `tries`, each with that chance. */
function atLeast(hits: number, tries: number, chance: number): number {
  let sum = 0;
  let ways = 1;
  for (let k = 0; k <= tries; k += 1) {
    if (k >= hits) sum += ways * chance ** k * (1 - chance) ** (tries - k);
    ways = (ways * (tries - k)) / (k + 1);
  }
  return sum;
}
