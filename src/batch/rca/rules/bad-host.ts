import { MINUTE, SECOND } from '../../instant.ts';
import { candidateOf } from '../candidate.ts';
import type { Candidate, Evidence } from '../cause.ts';
import { taskEvidence } from '../evidence.ts';
import { failedUnits } from '../failed-units.ts';
import { type BadHost, badHosts } from '../hosts/bad-hosts.ts';
import { endedTasks, type JudgedTask, timedTasks } from '../hosts/judged-tasks.ts';
import { runsOfNeighbours } from '../hosts/neighbours.ts';
import { matters } from '../matters.ts';
import { ownUnits } from '../own-units.ts';
import type { Rule } from '../rule.ts';
import type { Scene } from '../scene.ts';

/** Bad tasks that are shown as evidence. */
const SHOWN = 50;

/** Tasks fail or crawl on one host and nowhere else: an essential that shows one symptom of it has that cause. */
export const badHost: Rule = {
  family: 'bad_host',
  pastRuns: runsOfNeighbours,
  judge: (scene) => {
    const hosts = badHosts(scene);
    return {
      candidates: hosts.flatMap((host) => candidate(scene, host) ?? []),
      ruledOut: hosts.length > 0 ? null : whyNot(scene),
      gaps: [],
    };
  },
};

function candidate(scene: Scene, { host, bad }: BadHost): Candidate | null {
  const first = bad[0] as JudgedTask;
  const failed = failedUnits(scene).filter(({ task }) => task !== null && bad.some((judged) => judged.task === task));
  const slow = slowUnits(scene, bad);
  const units = [...new Set([...failed.map(({ suspect }) => suspect.key), ...slow.keys()])];
  const minutes = slow.size === 0 ? null : Math.round((Math.max(...slow.values()) * SECOND) / MINUTE);
  if (units.length === 0) return null;
  // One symptom will do; but nobody asks for the cause of a delay that a phase shrugged off.
  if (failed.length === 0 && scene.state.status === 'SUCCESS' && !matters(scene, { units, minutes })) return null;
  return candidateOf({
    family: 'bad_host',
    host,
    at: first.from,
    minutes: failed.length > 0 ? null : minutes,
    symptoms: bad.length,
    units,
    evidence: [...ownFirst(bad, units)].slice(0, SHOWN).flatMap(evidenceOf),
  });
}

/** Own units with a slow task there, and the seconds that they lost. */
function slowUnits(scene: Scene, bad: readonly JudgedTask[]): Map<string, number> {
  const losses = new Map<string, number>();
  for (const key of ownUnits(scene).keys()) {
    const run = scene.tonight.units.get(key)?.decisive;
    const slow = bad.filter(
      ({ task, slow }) => slow !== null && task.runId === run?.dagRunId && task.dagId === run.dagId,
    );
    if (slow.length > 0)
      losses.set(
        key,
        slow.reduce((sum, task) => sum + (task.slow?.lossS ?? 0), 0),
      );
  }
  return losses;
}

/** Tasks of the datasets that are affected here come first. */
function ownFirst(bad: readonly JudgedTask[], units: readonly string[]): JudgedTask[] {
  const isOwn = ({ datasetId }: JudgedTask) => units.some((key) => key.startsWith(`${datasetId}\n`));
  return [...bad.filter(isOwn), ...bad.filter((task) => !isOwn(task))];
}

function evidenceOf({ task, datasetId, slow }: JudgedTask): Evidence[] {
  if (slow === null || slow.ordinary === null) return [taskEvidence(task)];
  const { medianS, upperS, basis } = slow.ordinary;
  return [
    taskEvidence(task),
    {
      kind: 'usual',
      what: 'duration',
      datasetId,
      slice: slow.slice,
      taskId: task.taskId,
      actualS: Math.round(slow.actualS),
      medianS: Math.round(medianS),
      upperS: Math.round(upperS),
      basis,
    },
  ];
}

function whyNot(scene: Scene): string | null {
  const bad = [...endedTasks(scene), ...timedTasks(scene)].filter((task) => task.bad);
  if (scene.unread.has('tasks') || bad.length === 0) return null;
  const most = Math.max(...[...Map.groupBy(bad, ({ host }) => host).values()].map((tasks) => tasks.length));
  const spread = new Set(bad.map(({ host }) => host)).size;
  return `${bad.length === 1 ? 'The only bad task' : `The ${bad.length} bad tasks`} ran on ${spread === 1 ? 'one host' : `${spread} hosts`}, at most ${most} on any.`;
}
