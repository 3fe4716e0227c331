import type { Diagnosis, Evidence, Observation, RankedCause } from '../../batch/rca/cause.ts';
import type { Gatherer } from './gatherer.ts';
import { classOf } from './status-words.ts';
import type { Entity, Truth } from './truth.ts';

/** What may be said of causes: their keys, their figures, what they hold up, and what was told beside them. */
export function gatherDiagnosis(truth: Truth, gather: Gatherer, diagnosis: Diagnosis): void {
  gather.number(diagnosis.causes.length);
  for (const cause of diagnosis.causes) gatherCause(truth, gather, cause);
  for (const observation of diagnosis.observations) gatherObservation(gather, observation);
}

function gatherCause(truth: Truth, gather: Gatherer, cause: RankedCause): void {
  const keys = new Set<Entity>();
  const { datasetId, taskId, operator, host, dagRunId, dagId } = cause;
  if (datasetId !== null) keys.add(gather.dataset(datasetId));
  for (const slice of cause.slices) if (slice !== null) keys.add(gather.entity('slice', slice, [slice]));
  if (taskId !== null) keys.add(gather.entity('task', taskId, [taskId]));
  for (const name of [operator, host, dagRunId, dagId])
    if (name !== null) keys.add(gather.entity('other', name, [name]));
  const affected = new Set([
    ...cause.affects.datasets.map(gather.dataset),
    ...cause.affects.essentials.map(gather.essential),
  ]);
  truth.causes.push({ family: cause.family, keys, affected });
  gather.instant(cause.at);
  gather.instant(cause.window?.from ?? null);
  gather.instant(cause.window?.to ?? null);
  gather.duration(cause.minutes === null ? null : cause.minutes * 60);
  for (const number of [cause.symptoms, cause.slices.length]) gather.number(number);
  gather.number(cause.affects.datasets.length);
  gather.number(cause.affects.essentials.length);
  if (cause.tryNumber !== null) {
    gather.number(cause.tryNumber);
    truth.labelled.add(`try ${cause.tryNumber}`);
  }
  if (cause.recurring !== null) gather.recurrence(cause.recurring, [...keys]);
  for (const evidence of cause.evidence) gatherEvidence(truth, gather, evidence, keys);
}

function gatherEvidence(truth: Truth, gather: Gatherer, evidence: Evidence, keys: ReadonlySet<Entity>): void {
  switch (evidence.kind) {
    case 'run':
      gather.entity('other', evidence.dagRunId, [evidence.dagRunId]);
      for (const at of [evidence.says.startedAt, evidence.says.endedAt, evidence.says.heartbeatAt])
        gather.instant(at ?? null);
      return;
    case 'task': {
      const task = gather.entity('task', evidence.taskId, [evidence.taskId]);
      const { state, hostname, operator, queuedAt, startedAt, endedAt, durationS } = evidence.says;
      if (state !== undefined) task.own.add(classOf(state));
      for (const name of [hostname, operator]) if (name) gather.entity('other', name, [name]);
      for (const at of [queuedAt, startedAt, endedAt]) gather.instant(at ?? null);
      gather.times(task, startedAt ?? null, endedAt ?? null);
      gather.duration(durationS ?? null);
      return;
    }
    case 'dag_run':
      gather.instant(evidence.says.endedAt);
      return;
    case 'absence':
      gather.dataset(evidence.datasetId);
      return;
    case 'usual': {
      const { actualS, medianS, upperS, basis } = evidence;
      for (const seconds of [actualS, medianS, upperS, actualS - medianS]) gather.duration(seconds);
      gather.number(basis);
      truth.usual.push({ of: keys, actualS, usualS: medianS });
    }
  }
}

function gatherObservation(gather: Gatherer, observation: Observation): void {
  switch (observation.kind) {
    case 'blocked_upstream':
      gather.number(observation.datasetIds.length);
      return;
    case 'flaky':
      gather.entity('task', observation.taskId, [observation.taskId]).own.add('success');
      gather.number(observation.tryNumber);
      return;
    case 'recurring':
      gather.pair(observation.failed, observation.of);
      gather.count('date', 'failed', observation.failed, observation.of);
      return;
    case 'repaired':
      gather.number(observation.attempts);
      gather.duration(observation.afterMinutes === null ? null : observation.afterMinutes * 60);
  }
}
