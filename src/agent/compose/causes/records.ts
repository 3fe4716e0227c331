import type { HouseRules } from '../../../batch/inquiry/house-rules.ts';
import { isoUtc } from '../../../batch/instant.ts';
import type { Diagnosis, Observation, RankedCause } from '../../../batch/rca/cause.ts';
import type { Answer } from '../../answer.ts';
import { safeText } from '../../safe-text.ts';
import { causeSentence, type Reader } from './clause.ts';
import { observationSentence } from './observations.ts';
import { proofOf } from './proof.ts';
import { type Source, sourcesOf } from './sources.ts';

const ID = 250;

export function causeRecord(
  cause: RankedCause,
  about: Reader & { essential: string; sources: readonly Source[]; adviceFor: HouseRules['adviceFor'] },
): Answer['root_causes'][number] {
  const { datasetId, taskId } = cause;
  const { owner, runbook } = about.adviceFor({ essential: about.essential, datasetId, taskId });
  const remedy = cause.recurring?.lastRemedy ?? null;
  return {
    rank: cause.rank,
    family: cause.family,
    confidence: cause.confidence,
    dataset_id: text(datasetId),
    slice: text(cause.slice),
    dag_run_id: text(cause.dagRunId),
    task_id: text(taskId),
    try_number: cause.tryNumber,
    operator: text(cause.operator),
    host: text(cause.host),
    window: cause.window === null ? null : { from: isoUtc(cause.window.from), to: isoUtc(cause.window.to) },
    at: isoUtc(cause.at),
    recurring: cause.recurring === null ? null : { failed: cause.recurring.failed, of: cause.recurring.of },
    affects: {
      datasets: cause.affects.datasets.map((id) => safeText(id, ID)),
      essentials: cause.affects.essentials.map((name) => safeText(name, 80)),
    },
    evidence: sourcesOf(cause, about.businessDate, about.sources),
    slices: cause.slices.map(text),
    dag_id: text(cause.dagId),
    minutes: cause.minutes,
    summary: causeSentence(cause, about),
    facts: proofOf(cause, about),
    last_remedy:
      remedy === null
        ? null
        : { business_date: remedy.businessDate, how: remedy.how, after_minutes: remedy.afterMinutes },
    owner: owner === null ? null : safeText(owner, 120),
    runbook,
  };
}

export function ruledOutRecords(diagnosis: Diagnosis): Answer['ruled_out'] {
  return diagnosis.ruledOut.map(({ family, why }) => ({ family, why: safeText(why, 300) }));
}

export function observationRecord(observation: Observation): Answer['observations'][number] {
  const ids = 'datasetIds' in observation ? observation.datasetIds : [observation.datasetId];
  return {
    kind: observation.kind,
    dataset_ids: ids.map((id) => safeText(id, ID)),
    slice: 'slice' in observation ? text(observation.slice) : null,
    task_id: 'taskId' in observation ? text(observation.taskId) : null,
    summary: observationSentence(observation),
  };
}

function text(value: string | null): string | null {
  return value === null ? null : safeText(value, ID);
}
