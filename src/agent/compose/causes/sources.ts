import type { QueryRecord } from '../../../batch/ports.ts';
import type { Candidate, Evidence } from '../../../batch/rca/cause.ts';

/** A statement that was run, under the id that `sources` gives it. */
export interface Source {
  id: string;
  record: QueryRecord;
}

export function numbered(records: readonly QueryRecord[]): Source[] {
  return records.map((record, index) => ({ id: `s${index + 1}`, record }));
}

/** The ids of the statements that read what a cause rests on. A statement counts when it could have read the row: by table and by key. */
export function sourcesOf(cause: Candidate, businessDate: string, sources: readonly Source[]): string[] {
  const found = new Set(cause.evidence.flatMap((each) => sourcesOfOne(each, cause.datasetId, businessDate, sources)));
  return sources.flatMap(({ id }) => (found.has(id) ? [id] : []));
}

function sourcesOfOne(
  evidence: Evidence,
  datasetId: string | null,
  businessDate: string,
  sources: readonly Source[],
): string[] {
  switch (evidence.kind) {
    case 'task':
      return ids(sources.filter((source) => readsTasks(source) && asks(source, evidence.runId)));
    case 'dag_run':
      return ids(sources.filter((source) => readsDagRuns(source) && asks(source, evidence.runId)));
    case 'run': {
      const date = /_(\d{4}-\d{2}-\d{2})(?=_|$)/.exec(evidence.dagRunId)?.[1] ?? businessDate;
      return ids(
        about(
          sources.filter((source) => readsRuns(source) && covers(source, date)),
          datasetId,
        ),
      );
    }
    case 'absence':
      return ids(
        about(
          sources.filter((source) => readsRuns(source) && covers(source, evidence.businessDate)),
          evidence.datasetId,
        ),
      );
    case 'usual': {
      const history = about(
        sources.filter((source) => readsRuns(source) && datesOf(source).some((date) => date < businessDate)),
        evidence.datasetId,
      );
      const tasks = evidence.taskId === null && evidence.what !== 'queue' ? [] : sources.filter(readsTasks);
      return ids([...history, ...tasks]);
    }
  }
}

const TABLES = { tasks: /\btask_instance\b/i, dagRuns: /\bdag_run\b/i, runs: /WORKFLOW_RUN_INSTANCE/i };
const readsTasks = ({ record }: Source) => TABLES.tasks.test(record.sql) || record.tool === 'get_task_details';
const readsRuns = ({ record }: Source) =>
  TABLES.runs.test(record.sql) || /^get_(batch|slice|historical)_/.test(record.tool);
const readsDagRuns = (source: Source) =>
  !readsTasks(source) &&
  !readsRuns(source) &&
  (TABLES.dagRuns.test(source.record.sql) || source.record.tool === 'get_dag_runs');

/** Whether the run is among those that the statement names: by its id, or by what the attempts at its unit have in common. */
function asks({ record }: Source, runId: string): boolean {
  const stem = runId.replace(/_\d{6,}$/, '');
  return record.parameters.some((parameter) => {
    const text = String(parameter);
    return text === runId || text.replaceAll('\\', '').replace(/[^\p{L}\p{N}]+$/u, '') === stem;
  });
}

/** A statement reads one business date, or all from one to another. */
function covers(source: Source, date: string): boolean {
  const dates = datesOf(source);
  if (dates.length === 0) return source.record.tool !== 'get_historical_runs';
  return dates.some((from) => from <= date) && dates.some((to) => to >= date);
}

function datesOf({ record }: Source): string[] {
  return record.parameters.map(String).filter((text) => DATE.test(text));
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function about(sources: readonly Source[], datasetId: string | null): readonly Source[] {
  const named = sources.filter(({ record }) => datasetId !== null && record.parameters.includes(datasetId));
  return named.length > 0 ? named : sources;
}

function ids(sources: readonly Source[]): string[] {
  return sources.map(({ id }) => id);
}
