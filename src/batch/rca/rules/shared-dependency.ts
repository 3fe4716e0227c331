import { type Instant, MINUTE } from '../../instant.ts';
import { once } from '../../memoize.ts';
import type { TaskRow } from '../../run.ts';
import { candidateOf } from '../candidate.ts';
import { taskEvidence } from '../evidence.ts';
import { failedAt, failedUnits } from '../failed-units.ts';
import { type NightTask, nightTasks, taskKind } from '../night-tasks.ts';
import type { Rule } from '../rule.ts';
import type { Scene } from '../scene.ts';

/**
 * Two failures with successes of the same kind between them belong together only when they are close; an outage that nothing
 * got through in between may be as long as outages are.
 */
const NEIGHBOURS = { usually: 5 * MINUTE, unbroken: 25 * MINUTE };
/** Fewer failed tasks (however many times mapped), or all in one dataset, can have a reason of their own. */
const ENOUGH = { tasks: 3, datasets: 2 };
/** While something is away, most of what needs it fails. */
const MOST = 0.5;
/** Symptoms that are shown as evidence. */
const SHOWN = 50;

/** A task of the night with what it depends on. */
interface Dependent extends Pick<NightTask, 'task' | 'datasetId'> {
  dependency: string;
  at: Instant;
}

/** Something that many tasks depend on was away for a while: failures of one operator, across datasets, close together. */
export const sharedDependency: Rule = {
  family: 'shared_dependency',
  judge: (scene) => {
    const failed = failedUnits(scene);
    if (failed.length === 0)
      return { candidates: [], ruledOut: 'No run that counts has failed and stayed so.', gaps: [] };
    const tasks = withDependency(nightTasks(scene));
    const outages = outagesAmong(tasks);
    return {
      candidates: outages.flatMap((outage) => {
        const symptoms = new Set(outage.map(({ task }) => task));
        const own = failed.filter(({ task }) => task !== null && symptoms.has(task));
        if (own.length === 0) return [];
        const ownTasks = own.map(({ task }) => task as TaskRow);
        const [from, to] = [outage[0] as Dependent, outage.at(-1) as Dependent];
        return [
          candidateOf({
            family: 'shared_dependency',
            operator: from.dependency,
            window: { from: from.at, to: to.at },
            at: from.at,
            symptoms: outage.length,
            units: own.map(({ suspect }) => suspect.key),
            evidence: [...new Set([...ownTasks, ...symptoms])].slice(0, SHOWN).map(taskEvidence),
          }),
        ];
      }),
      ruledOut: outages.length === 0 ? whyNot(scene, tasks) : null,
      gaps: [],
    };
  },
};

/** Ended tasks by what they depend on: the operator, or, where that is missing, that of tasks of the same kind. */
function withDependency(tasks: readonly NightTask[]): Dependent[] {
  const operators = once(() => operatorsByKind(tasks));
  const dependencyOf = ({ task, datasetId }: NightTask) => {
    if (task.operator) return task.operator;
    const kind = taskKind(task.taskId, datasetId);
    return operators().get(kind) ?? kind;
  };
  return tasks
    .filter(({ task }) => task.state === 'failed' || (task.state === 'success' && task.endedAt !== null))
    .flatMap((ended) => {
      const at = failedAt(ended.task);
      return at === null ? [] : [{ task: ended.task, datasetId: ended.datasetId, at, dependency: dependencyOf(ended) }];
    });
}

function operatorsByKind(tasks: readonly NightTask[]): Map<string, string> {
  const operators = new Map<string, string>();
  for (const { task, datasetId } of tasks) {
    if (task.operator) operators.set(taskKind(task.taskId, datasetId), task.operator);
  }
  return operators;
}

/** Failures, in order of time, that are close, many, spread over datasets, and not contradicted by as many successes. */
function outagesAmong(tasks: readonly Dependent[]): Dependent[][] {
  return [...Map.groupBy(tasks, ({ dependency }) => dependency).values()].flatMap((alike) => {
    const failures = alike.filter(({ task }) => task.state === 'failed').sort(compareSymptoms);
    const successes = alike.filter(({ task }) => task.state === 'success').map(({ at }) => at);
    return clusters(failures, successes).filter((cluster) => {
      if (new Set(cluster.map(({ task }) => `${task.runId}\n${task.taskId}`)).size < ENOUGH.tasks) return false;
      if (new Set(cluster.map(({ datasetId }) => datasetId)).size < ENOUGH.datasets) return false;
      const [from, to] = [(cluster[0] as Dependent).at, (cluster.at(-1) as Dependent).at];
      const wentWell = successes.filter((at) => at >= from && at <= to).length;
      return cluster.length >= MOST * (cluster.length + wentWell);
    });
  });
}

function clusters(failures: readonly Dependent[], successes: readonly Instant[]): Dependent[][] {
  const found: Dependent[][] = [];
  for (const failure of failures) {
    const last = found.at(-1);
    if (last !== undefined && goesOn((last.at(-1) as Dependent).at, failure.at, successes)) last.push(failure);
    else found.push([failure]);
  }
  return found;
}

function goesOn(from: Instant, to: Instant, successes: readonly Instant[]): boolean {
  if (to - from <= NEIGHBOURS.usually) return true;
  return to - from <= NEIGHBOURS.unbroken && !successes.some((at) => at > from && at < to);
}

function compareSymptoms(a: Dependent, b: Dependent): number {
  const key = ({ task }: Dependent) => `${task.dagId}\n${task.runId}\n${task.taskId}\n${task.mapIndex}`;
  return a.at - b.at || (key(a) < key(b) ? -1 : 1);
}

function whyNot(scene: Scene, tasks: readonly Dependent[]): string | null {
  if (scene.unread.has('tasks') || scene.unread.has('elsewhere')) return null;
  const failures = tasks.filter(({ task }) => task.state === 'failed');
  if (failures.length === 0) return null;
  const datasets = new Set(failures.map(({ datasetId }) => datasetId)).size;
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  return `${count(failures.length, 'task')} failed that night in ${count(datasets, 'dataset')}: no operator failed three times in several datasets close to each other.`;
}
