import type { Random } from './random.ts';
import type { SimulatedRun, TaskKind } from './run.ts';
import type { TaskInstanceRow } from './tables.ts';
import { micros, microsOrNull } from './timestamp.ts';

type Kind = 'start' | TaskKind | 'end';

interface KindTraits {
  operator: string;
  pool: string;
  weight: number;
}

const TRAITS: Readonly<Record<Kind, KindTraits>> = {
  start: { operator: 'EpsInitOperator', pool: 'default_pool', weight: 5 },
  enrich: { operator: 'EpsEnrichmentOperator', pool: 'enrichment_pool', weight: 4 },
  egress: { operator: 'EpsEgressOperator', pool: 'egress_pool', weight: 2 },
  'snowflake-export': { operator: 'EpsPostTaskOperator', pool: 'snowflake_pool', weight: 2 },
  end: { operator: 'EpsWorkflowCompleteOperator', pool: 'default_pool', weight: 1 },
};

const HOSTS: readonly string[] = [
  '2xk4q',
  '7hw9t',
  '8vbnm',
  'c5zrl',
  'd9fjp',
  'gk2sx',
  'h4t8w',
  'kq7nv',
  'm6pzd',
  'p3xcl',
  'r8jhg',
  't5wqn',
  'v2mbk',
  'x9dfs',
].map((pod) => `eps-worker-7c9f6d5b8-${pod}`);

interface Happening {
  kind: Kind;
  state: string | null;
  startedAt: number | null;
  endedAt: number | null;
  tries: number;
}

/** The tasks of one run as Airflow remembers them: the last try of each. */
export function tasksOf(run: SimulatedRun, random: Random): TaskInstanceRow[] {
  return happenings(run, random).map((task) => row(run, task, random));
}

function happenings(run: SimulatedRun, random: Random): Happening[] {
  const { story } = run;
  if (story.kind === 'never-started') return [];
  const from = run.startedAt;
  const over = story.kind === 'given-up' ? run.airflowEndedAt : (run.endedAt ?? run.heartbeatAt);
  const to = (over ?? from) - 400;
  const span = to - from;
  const at = (share: number) => Math.floor(from + span * share);

  const start = ran('start', from + Math.min(1_200, span * 0.02), from + Math.min(2_200, span * 0.05));
  const unreached = (kind: Kind, state: 'upstream_failed' | 'skipped' | null): Happening => ({
    kind,
    state,
    startedAt: state && to,
    endedAt: state && to,
    tries: 0,
  });
  const gap = () => Math.min(random.between(2_000, 9_000), span * 0.04);

  if (story.kind === 'cancelled') {
    const enrich = { ...ran('enrich', (start.endedAt as number) + gap(), to), state: 'skipped' };
    return [
      start,
      enrich,
      ...(['egress', 'snowflake-export', 'end'] as const).map((kind) => unreached(kind, 'skipped')),
    ];
  }

  const culprit = story.kind === 'done' ? null : story.task;
  const state = story.kind === 'stuck' ? story.state : 'failed';
  const upstream = story.kind === 'stuck' ? null : 'upstream_failed';
  const tries = story.kind === 'failed' ? story.tries : 1;
  const culprits = (kind: TaskKind, begin: number): Happening => ({
    kind,
    state,
    startedAt: lastTry(begin, to, tries),
    endedAt: state === 'running' ? null : to,
    tries,
  });

  const enrichFrom = (start.endedAt as number) + gap();
  if (culprit === 'enrich') {
    const after = (['egress', 'snowflake-export', 'end'] as const).map((kind) => unreached(kind, upstream));
    return [start, culprits('enrich', enrichFrom), ...after];
  }
  const enrichTries = story.kind === 'done' ? (story.tries ?? 1) : 1;
  const enrichTo = at(story.kind === 'done' && story.slow === 'enrich' ? 0.9 : random.between(0.62, 0.74));
  const enrich = { ...ran('enrich', lastTry(enrichFrom, enrichTo, enrichTries), enrichTo), tries: enrichTries };
  const egressFrom = enrichTo + gap();
  const exportFrom = enrichTo + gap();
  const closing = to - Math.min(2_500, span * 0.05);
  const egress =
    culprit === 'egress' ? culprits('egress', egressFrom) : ran('egress', egressFrom, Math.max(egressFrom, closing));
  const exported =
    culprit === 'snowflake-export'
      ? culprits('snowflake-export', exportFrom)
      : ran('snowflake-export', exportFrom, exportFrom + (to - exportFrom) * random.between(0.15, 0.5));
  const end = culprit ? unreached('end', upstream) : ran('end', to - Math.min(1_000, span * 0.02), to);
  return [start, enrich, egress, exported, end];
}

function ran(kind: Kind, startedAt: number, endedAt: number): Happening {
  return { kind, state: 'success', startedAt: Math.floor(startedAt), endedAt: Math.floor(endedAt), tries: 1 };
}

/** Only the last of several tries is kept, so that it begins late. */
function lastTry(from: number, to: number, tries: number): number {
  return Math.floor(from + (to - from) * (1 - 1 / tries));
}

function row(run: SimulatedRun, task: Happening, random: Random): TaskInstanceRow {
  const { pipeline } = run.unit;
  const plain = task.kind === 'start' || task.kind === 'end';
  const taskId = plain ? task.kind : `${task.kind}${task.kind === 'snowflake-export' ? '-' : '_'}${pipeline.datasetId}`;
  const traits = TRAITS[task.kind];
  const worked = task.tries > 0 && task.startedAt !== null;
  const { startedAt, endedAt } = task;
  return {
    task_id: taskId,
    dag_id: pipeline.dagId,
    run_id: run.runId,
    map_index: -1,
    start_date: microsOrNull(startedAt),
    end_date: microsOrNull(endedAt),
    duration: startedAt === null || endedAt === null ? null : Math.round(endedAt - startedAt) / 1000,
    state: task.state,
    try_number: task.tries,
    max_tries: task.state === 'failed' ? task.tries - 1 : 2,
    hostname: worked ? random.pick(HOSTS) : '',
    pool: traits.pool,
    queue: 'kubernetes',
    priority_weight: traits.weight,
    operator: traits.operator,
    queued_dttm: worked ? micros((startedAt as number) - random.between(300, 1_100)) : null,
    updated_at: micros(endedAt ?? startedAt ?? run.startedAt),
    task_display_name: taskId,
  };
}
