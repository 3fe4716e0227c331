import type { BusinessDate } from '../../batch/business-date.ts';
import type { RunRow } from '../../batch/run.ts';
import { parseDbInstant } from '../db-instant.ts';
import type { WorkflowRunInstance } from '../schema.ts';

/** The columns that a state depends on. */
export const RUN_COLUMNS = [
  'WORKFLOW_RUN_INSTANCE_KEY',
  'BUSINESS_DATE',
  'OUTPUT_DATASET_ID',
  'DAG_ID',
  'DAG_RUN_ID',
  'STATUS',
  'CREATED_DATE',
  'UPDATED_DATE',
  'TRIGGER_TYPE',
] as const satisfies readonly (keyof WorkflowRunInstance)[];

/** The same with the platform's free text. */
export const DETAILED_RUN_COLUMNS = [...RUN_COLUMNS, 'STATUS_DETAIL'] as const;

export type RunRecord = Pick<WorkflowRunInstance, (typeof RUN_COLUMNS)[number]> &
  Partial<Pick<WorkflowRunInstance, 'STATUS_DETAIL'>>;

/**
 * Rows as the domain knows them, in the order of their keys. MySQL compares text without regard to case and trailing blanks,
 * SQLite does not: datasets and dates are compared again here, so that both return the same rows.
 */
export function toRunRows(
  records: readonly RunRecord[],
  wanted: { datasetIds: ReadonlySet<string>; from: BusinessDate; to: BusinessDate },
): RunRow[] {
  const rows: RunRow[] = [];
  for (const record of records) {
    const { OUTPUT_DATASET_ID: datasetId, BUSINESS_DATE: businessDate } = record;
    if (datasetId === null || businessDate === null) continue;
    if (!wanted.datasetIds.has(datasetId) || businessDate < wanted.from || businessDate > wanted.to) continue;
    const row: RunRow = {
      key: record.WORKFLOW_RUN_INSTANCE_KEY,
      businessDate,
      datasetId,
      dagId: record.DAG_ID,
      dagRunId: record.DAG_RUN_ID,
      status: record.STATUS,
      createdAt: parseDbInstant(record.CREATED_DATE),
      updatedAt: parseDbInstant(record.UPDATED_DATE),
      triggerType: record.TRIGGER_TYPE,
    };
    if (record.STATUS_DETAIL !== undefined) row.statusDetail = record.STATUS_DETAIL;
    rows.push(row);
  }
  return rows.sort((a, b) => a.key - b.key);
}
