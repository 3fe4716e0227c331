import { MINUTE } from '../../instant.ts';
import { candidateOf } from '../candidate.ts';
import type { Candidate, Evidence } from '../cause.ts';
import { taskEvidence } from '../evidence.ts';
import { matters } from '../matters.ts';
import { ownUnits } from '../own-units.ts';
import { type DelayedDataset, delayedDatasets } from '../queues/delayed-datasets.ts';
import { ownWaits, pastQueues, usualWaits, type Wait } from '../queues/waits.ts';
import type { Rule } from '../rule.ts';
import type { Scene } from '../scene.ts';

/** One task can wait for reasons of its own; so many cannot. */
const MANY_TASKS = 3;
/** All waits together must have cost this much, in seconds. */
const REAL_S = 20 * 60;
/** A delayed task waited so long on the mean, as a multiple of the least wait that counts … */
const REAL_MEAN = 1.6;
/** … or else the unit hit worst lost this many minutes. */
const REAL_LOSS = 20;
/** Three datasets that suffer alike: it is no dataset's own pool. */
const COMMON_DATASETS = 3;
/** Alike: its tasks waited, on the mean, at least this share of what those of the worst dataset did … */
const ALIKE = 0.5;
/** … and there are enough of them to lose this share of what that one lost: larger datasets lose more to the same queue. */
const NOT_NOTHING = 0.1;
/** Seconds below which no wait is felt. */
const FELT_S = 60;
/** Delayed tasks that are shown as evidence. */
const SHOWN = 12;

/** Tasks stood in queues: capacity, not code. */
export const queueDelay: Rule = {
  family: 'queue_delay',
  pastRuns: pastQueues,
  judge: (scene) => {
    const waits = ownWaits(scene);
    const candidate = delay(scene);
    const longest = Math.max(0, ...waits.map(({ seconds }) => seconds));
    return {
      candidates: candidate !== null && matters(scene, candidate) ? [candidate] : [],
      ruledOut:
        candidate !== null || waits.length === 0 ? null : `No more than ${inWords(longest)} in a queue for any task.`,
      gaps: [],
    };
  },
};

function delay(scene: Scene): Candidate | null {
  const datasets = delayedDatasets(scene);
  const worst = datasets[0];
  if (worst === undefined) return null;
  const alike = datasets.filter(
    (dataset) => meanS(dataset) >= ALIKE * meanS(worst) && dataset.totalS >= NOT_NOTHING * worst.totalS,
  );
  const common = alike.length >= COMMON_DATASETS;
  const sufferers = common ? alike : [worst];
  const delayed = sufferers.flatMap(({ waits }) => waits);
  const totalS = sufferers.reduce((sum, dataset) => sum + dataset.totalS, 0);
  if (delayed.length < MANY_TASKS || totalS < REAL_S) return null;
  const isLong = totalS / delayed.length >= REAL_MEAN * scene.thresholds.queueAfterS;
  if (!isLong && longestLoss(delayed) < REAL_LOSS * MINUTE) return null;
  const felt = feltBy(scene, sufferers).sort((a, b) => b.seconds - a.seconds);
  const lead = felt[0];
  if (lead === undefined) return null;
  return candidateOf({
    family: 'queue_delay',
    datasetId: common ? null : worst.datasetId,
    at: Math.min(...delayed.map(({ from }) => from)),
    minutes: Math.round(longestLoss(felt) / MINUTE),
    symptoms: delayed.length,
    units: [...new Set(felt.map(({ key }) => key))],
    evidence: [
      ...usualEvidence(scene, sufferers, lead),
      ...[...new Set([...felt, ...delayed])].slice(0, SHOWN).map(waitEvidence),
    ],
  });
}

function meanS({ totalS, waits }: DelayedDataset): number {
  return totalS / waits.length;
}

/** Where a dataset stands in queues, what its own slices have waited so far counts before it is long by itself. */
function feltBy(scene: Scene, sufferers: readonly DelayedDataset[]): Wait[] {
  const own = ownUnits(scene);
  const names = new Set(sufferers.map(({ datasetId }) => datasetId));
  return ownWaits(scene).filter(({ datasetId, key, seconds }) => {
    const upperS = usualWaits(scene).get(datasetId)?.upperS ?? 0;
    return own.has(key) && names.has(datasetId) && seconds > Math.max(FELT_S, upperS);
  });
}

/** Milliseconds that the unit hit worst stood in queues: waits of tasks in parallel count once. */
function longestLoss(waits: readonly Wait[]): number {
  const units = Map.groupBy(waits, ({ key }) => key);
  return Math.max(
    ...[...units.values()].map((own) => {
      let [lost, until] = [0, Number.NEGATIVE_INFINITY];
      for (const { from, to } of own.toSorted((a, b) => a.from - b.from)) {
        lost += Math.max(0, to - Math.max(from, until));
        until = Math.max(until, to);
      }
      return lost;
    }),
  );
}

function usualEvidence(scene: Scene, sufferers: readonly DelayedDataset[], lead: Wait): Evidence[] {
  const usual = usualWaits(scene).get(lead.datasetId);
  if (usual === undefined || !sufferers.some(({ datasetId }) => datasetId === lead.datasetId)) return [];
  return [
    {
      kind: 'usual',
      what: 'queue',
      datasetId: lead.datasetId,
      slice: null,
      taskId: lead.task.taskId,
      actualS: Math.round(lead.seconds),
      medianS: Math.round(usual.medianS),
      upperS: Math.round(Math.max(usual.upperS, scene.thresholds.queueAfterS)),
      basis: usual.basis,
    },
  ];
}

function waitEvidence({ task }: Wait): Evidence {
  const evidence = taskEvidence(task);
  return evidence.kind === 'task' ? { ...evidence, says: { ...evidence.says, queuedAt: task.queuedAt } } : evidence;
}

function inWords(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
