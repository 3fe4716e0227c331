import type { Instant } from '../../instant.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import { type JudgedTask, judgedTasks } from './judged-tasks.ts';

/** A host on which tasks go wrong that go well elsewhere. */
export interface BadHost {
  host: string;
  /** In order of start. */
  bad: readonly JudgedTask[];
  /** Tasks that ran on it from the first bad one on, the bad ones among them. */
  ranSince: number;
  /** The same of all other hosts together, while it was bad. */
  elsewhere: { bad: number; ran: number };
}

/** So many tasks show a pattern; fewer only where nothing went well after them. */
const ENOUGH = 3;
const ENOUGH_ALONE = 2;
/** From the first bad one on, most of what ran there went wrong … */
const MOST = 0.6;
/** … and elsewhere at most this part of that share did. */
const ELSEWHERE = 1 / 3;
/** The chance, over all hosts, that so many bad tasks meet on one of them by accident. */
const ACCIDENT = 0.01;

/** The worst first. */
export const badHosts = oncePerScene((scene): BadHost[] => {
  const all = judgedTasks(scene);
  const hosts = Map.groupBy(all, ({ host }) => host);
  return [...hosts]
    .flatMap(([host, tasks]) => judge(host, tasks, all, hosts.size) ?? [])
    .sort((a, b) => b.bad.length - a.bad.length || (a.host < b.host ? -1 : 1));
});

function judge(host: string, tasks: readonly JudgedTask[], all: readonly JudgedTask[], hosts: number): BadHost | null {
  const bad = tasks
    .filter((task) => task.bad)
    .sort((a, b) => a.from - b.from || (a.task.runId < b.task.runId ? -1 : 1));
  const first = bad[0];
  if (first === undefined) return null;
  const until = Math.max(...bad.map(({ to }) => to));
  const ranSince = tasks.filter((task) => task.from >= first.from).length;
  if (!isPattern(bad, ranSince)) return null;
  const others = all.filter((task) => task.host !== host && overlaps(task, first.from, until));
  const elsewhere = countOf(others);
  const share = bad.length / ranSince;
  if (share < MOST || elsewhere.bad > ELSEWHERE * share * elsewhere.ran) return null;
  const alike = countOf(others.filter(({ datasetId }) => bad.some((task) => task.datasetId === datasetId)));
  const chance = Math.max(rateOf(elsewhere), rateOf(alike));
  // What is as frequent in the same datasets on other hosts lies with the datasets.
  if (hosts * atLeast(bad.length, ranSince, chance) > ACCIDENT) return null;
  return { host, bad, ranSince, elsewhere };
}

function isPattern(bad: readonly JudgedTask[], ranSince: number): boolean {
  const runs = new Set(bad.map(({ task }) => task.runId)).size;
  const datasets = new Set(bad.map(({ datasetId }) => datasetId)).size;
  if (bad.length >= ENOUGH) return datasets >= 2 || runs >= ENOUGH;
  return bad.length >= ENOUGH_ALONE && datasets >= 2 && ranSince === bad.length;
}

function overlaps({ from, to }: JudgedTask, since: Instant, until: Instant): boolean {
  return to >= since && from <= until;
}

function countOf(tasks: readonly JudgedTask[]): { bad: number; ran: number } {
  return { bad: tasks.filter((task) => task.bad).length, ran: tasks.length };
}

/** A share that is never quite zero: what has not been seen can still happen. */
function rateOf({ bad, ran }: { bad: number; ran: number }): number {
  return Math.min(1, (bad + 0.5) / (ran + 1));
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
