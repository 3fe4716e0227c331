import type { Answer } from '../../src/agent/answer.ts';
import type { Diagnosis, Family } from '../../src/batch/rca/cause.ts';

/** A cause as it was named, by the keys that the domain gives its family: what is compared with the truth. */
export interface ToldCause {
  family: Family;
  datasetId: string | null;
  slice: string | null;
  taskId: string | null;
  operator: string | null;
  host: string | null;
  /** Epoch milliseconds. */
  window: { from: number; to: number } | null;
}

/** Best first. */
export function toldByDiagnosis({ causes }: Pick<Diagnosis, 'causes'>): ToldCause[] {
  return causes.map(({ family, datasetId, slice, taskId, operator, host, window }) => ({
    family,
    datasetId,
    slice,
    taskId,
    operator,
    host,
    window,
  }));
}

/** The same of the answer that a person gets. */
export function toldByAnswer({ root_causes }: Pick<Answer, 'root_causes'>): ToldCause[] {
  return root_causes.map((cause) => ({
    family: cause.family,
    datasetId: cause.dataset_id,
    slice: cause.slice,
    taskId: cause.task_id,
    operator: cause.operator,
    host: cause.host,
    window: cause.window && { from: Date.parse(cause.window.from), to: Date.parse(cause.window.to) },
  }));
}
