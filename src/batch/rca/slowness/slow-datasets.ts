import { MINUTE } from '../../instant.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import { candidateOf } from '../candidate.ts';
import type { Candidate, Evidence } from '../cause.ts';
import { runEvidence, taskEvidence } from '../evidence.ts';
import { badHosts } from '../hosts/bad-hosts.ts';
import { matters } from '../matters.ts';
import { ownUnits } from '../own-units.ts';
import type { Scene } from '../scene.ts';
import { judgeSibling } from './siblings.ts';
import { type SlowTask, slowTasks } from './slow-tasks.ts';

/** Up to this share of the units that can be judged, the slow ones are exceptions: it is their data, not the code. */
const MINORITY = 1 / 3;
/** Slices whose rows are shown as evidence; the others are named. */
const SHOWN = 3;

/** The slow datasets of the night, as candidates of one family or the other. Those that do not matter are counted. */
export const slowDatasets = oncePerScene((scene): { candidates: Candidate[]; harmless: number } => {
  // What crawls on a bad host is slow because of the host.
  const crawling = new Set(badHosts(scene).flatMap(({ bad }) => bad.map(({ task }) => task)));
  const slow = slowTasks(scene).slow.filter(({ task }) => !crawling.has(task));
  const datasets = Map.groupBy(slow, (slow) => slow.times.unit.datasetId);
  const candidates = [...datasets.values()].flatMap((slow) => judgeDataset(scene, slow) ?? []);
  const mattering = candidates.filter((candidate) => matters(scene, candidate));
  return { candidates: mattering, harmless: candidates.length - mattering.length };
});

function judgeDataset(scene: Scene, all: readonly SlowTask[]): Candidate | null {
  const taskId = costliestTask(all);
  const own = ownUnits(scene);
  const slow = all.filter(({ task }) => task.taskId === taskId).sort((a, b) => excessOf(b) - excessOf(a));
  const lead = slow.find(({ times }) => own.has(times.key));
  if (lead === undefined) return null;
  const known = new Set(slow.map(({ times }) => times.key));
  const siblings = [...scene.tonight.units.values()]
    .filter(({ unit, key }) => unit.datasetId === lead.times.unit.datasetId && !known.has(key))
    .map((times) => ({ times, verdict: judgeSibling(scene, lead, times) }));
  const alike = siblings.filter(({ verdict }) => verdict === 'slow').map(({ times }) => times);
  const inside = siblings.filter(({ verdict }) => verdict === 'inside').length;
  const slowUnits = [...slow.map(({ times }) => times), ...alike];
  const few = slowUnits.length === 1 || slowUnits.length <= MINORITY * (slowUnits.length + inside);
  const affected = slowUnits.filter(({ key }) => own.has(key));
  return candidateOf({
    family: inside > 0 && few ? 'data_skew' : 'slow_run',
    datasetId: lead.times.unit.datasetId,
    slice: lead.times.unit.slice,
    slices: [...new Set([lead.times.unit.slice, ...affected.map(({ unit }) => unit.slice)])],
    dagId: lead.times.decisive.dagId,
    dagRunId: lead.times.decisive.dagRunId,
    taskId,
    tryNumber: lead.task.tryNumber,
    at: lead.task.startedAt ?? lead.times.decisive.startedAt,
    minutes: Math.round((excessOf(lead) * 1000) / MINUTE),
    symptoms: slowUnits.length,
    units: affected.map(({ key }) => key),
    evidence: [lead, ...slow.filter((other) => other !== lead)].slice(0, SHOWN).flatMap(evidenceOf),
  });
}

/** The task that lost most over all slices. */
function costliestTask(slow: readonly SlowTask[]): string {
  const costs = [...Map.groupBy(slow, ({ task }) => task.taskId)].map(([taskId, tasks]) => ({
    taskId,
    cost: tasks.reduce((sum, task) => sum + excessOf(task), 0),
  }));
  return costs.reduce((a, b) => (b.cost > a.cost ? b : a)).taskId;
}

function excessOf({ actualS, ordinary }: SlowTask): number {
  return actualS - ordinary.medianS;
}

function evidenceOf({ times, task, actualS, ordinary }: SlowTask): Evidence[] {
  const { datasetId, slice } = times.unit;
  return [
    {
      kind: 'usual',
      what: 'duration',
      datasetId,
      slice,
      taskId: task.taskId,
      actualS: Math.round(actualS),
      medianS: Math.round(ordinary.medianS),
      upperS: Math.round(ordinary.upperS),
      basis: ordinary.basis,
    },
    runEvidence(times.decisive),
    taskEvidence(task),
  ];
}
