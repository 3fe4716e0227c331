import { z } from 'zod';
import type { Answer } from '../../agent/answer.ts';
import { cut } from '../blocks/pieces/text.ts';

const Source = z.object({
  tool: z.string(),
  sql: z.string(),
  parameters: z.array(z.string()),
  /** Of those parameters that were left out. */
  moreParameters: z.number(),
  rows: z.number(),
  ms: z.number(),
});

const Cause = z.object({
  family: z.string(),
  confidence: z.string(),
  datasetId: z.string().nullable(),
  slice: z.string().nullable(),
  dagId: z.string().nullable(),
  runId: z.string().nullable(),
  taskId: z.string().nullable(),
  summary: z.string(),
});

/** What stands behind an answer, as far as people ask for it later. All texts are untrusted, as they were in the answer. */
export const KeptAnswer = z.object({
  reference: z.string(),
  /** UTC milliseconds of real time: when it was answered. */
  at: z.number(),
  /** What the clock of the data said then, UTC milliseconds: what "last night" meant. */
  clock: z.number(),
  question: z.string(),
  kind: z.string(),
  verdict: z.string(),
  /** Every essential that it speaks of: whoever may not see one may not see what stands behind it. */
  essentials: z.array(z.string()),
  businessDate: z.string().nullable(),
  phase: z.string().nullable(),
  zone: z.string(),
  definitions: z.array(z.object({ essential: z.string(), fetchedAt: z.number(), stale: z.boolean() })),
  sources: z.array(Source),
  moreSources: z.number(),
  causes: z.array(Cause),
  runs: z.array(z.object({ dagId: z.string(), runId: z.string(), taskId: z.string().nullable() })),
  ruledOut: z.array(z.object({ family: z.string(), why: z.string() })),
  notes: z.array(z.string()),
  gaps: z.array(z.string()),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/** When Lenz last told of an essential, UTC milliseconds. */
export type DefinitionAge = { essential: string; fetchedAt: number; stale: boolean };

const MOST = { sources: 20, parameters: 12, causes: 8, runs: 12, ruledOut: 14, notes: 8, gaps: 10 };

/** Below what a kept record may have. */
const MAX_CHARACTERS = 50_000;

/** An answer cut down to what is kept: some kilobytes, whatever is in it. */
export function keptAnswerOf(
  answer: Answer,
  at: { real: number; clock: number; definitions: readonly DefinitionAge[] },
): KeptAnswer {
  const kept = cutDown(answer, at);
  // Escaping can make much of little; whatever it is, it is stored.
  while (kept.sources.length > 0 && JSON.stringify(kept).length > MAX_CHARACTERS) {
    kept.sources.pop();
    kept.moreSources += 1;
  }
  return kept;
}

function cutDown(answer: Answer, at: Parameters<typeof keptAnswerOf>[1]): KeptAnswer {
  return {
    reference: answer.reference,
    at: at.real,
    clock: at.clock,
    question: cut(answer.question, 500),
    kind: answer.kind,
    verdict: cut(answer.verdict, 600),
    essentials: essentialsOf(answer),
    businessDate: answer.business_date,
    phase: answer.phase,
    zone: answer.time_zone,
    definitions: at.definitions.slice(0, 40).map((each) => ({ ...each })),
    sources: answer.sources.slice(0, MOST.sources).map(({ tool, sql, parameters, rows, ms }) => ({
      tool: cut(tool, 60),
      sql: cut(sql.replace(/\s+/g, ' '), 700),
      parameters: parameters.slice(0, MOST.parameters).map((parameter) => cut(String(parameter), 90)),
      moreParameters: Math.max(0, parameters.length - MOST.parameters),
      rows,
      ms,
    })),
    moreSources: Math.max(0, answer.sources.length - MOST.sources),
    causes: answer.root_causes.slice(0, MOST.causes).map((cause) => ({
      family: cause.family,
      confidence: cause.confidence,
      datasetId: idOf(cause.dataset_id),
      slice: idOf(cause.slice),
      dagId: idOf(cause.dag_id),
      runId: idOf(cause.dag_run_id),
      taskId: idOf(cause.task_id),
      summary: cut(cause.summary, 400),
    })),
    runs: runsOf(answer),
    ruledOut: answer.ruled_out.slice(0, MOST.ruledOut).map(({ family, why }) => ({ family, why: cut(why, 300) })),
    notes: answer.notes.slice(0, MOST.notes).map((note) => cut(note, 300)),
    gaps: answer.gaps.slice(0, MOST.gaps).map((gap) => cut(gap, 300)),
  };
}

export function essentialsOf(answer: Answer): string[] {
  const named = answer.essentials.map(({ essential }) => essential);
  return [...new Set(answer.essential === null ? named : [answer.essential, ...named])].slice(0, 60);
}

/** The runs that the answer rests on, those of its causes first. */
function runsOf(answer: Answer): KeptAnswer['runs'] {
  const named = [
    ...answer.root_causes.map((cause) => ({ dagId: cause.dag_id, runId: cause.dag_run_id, taskId: cause.task_id })),
    ...answer.tasks
      .filter((task) => task.first_failure)
      .map((task) => ({ dagId: task.dag_id, runId: task.dag_run_id, taskId: task.task_id })),
  ];
  const distinct = new Map<string, KeptAnswer['runs'][number]>();
  for (const { dagId, runId, taskId } of named)
    if (dagId !== null && runId !== null && dagId.length + runId.length + (taskId?.length ?? 0) < 900)
      distinct.set(JSON.stringify([dagId, runId, taskId]), { dagId, runId, taskId });
  return [...distinct.values()].slice(0, MOST.runs);
}

function idOf(id: string | null): string | null {
  return id === null ? null : cut(id, 500);
}
