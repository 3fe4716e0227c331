import type { Random } from '../random.ts';
import { datasetName } from './naming.ts';
import { MINUTE, type Pipeline, SECOND, type TaskKind, type TaskSpec } from './platform.ts';

const OPERATORS: Readonly<Record<TaskKind, string>> = {
  start: 'EpsInitOperator',
  enrich: 'EpsEnrichmentOperator',
  egress: 'EpsEgressOperator',
  export: 'EpsPostTaskOperator',
  end: 'EpsWorkflowCompleteOperator',
};

/** Pools of one seed: everything in one, or one for each kind of task. */
export type PoolPlan = 'one' | 'by-kind';

const KIND_POOLS: Readonly<Record<TaskKind, string>> = {
  start: 'default_pool',
  enrich: 'enrichment_pool',
  egress: 'egress_pool',
  export: 'snowflake_pool',
  end: 'default_pool',
};

export function drawPipeline(taken: ReadonlySet<string>, plan: PoolPlan, random: Random): Pipeline {
  const { datasetId, workflowId } = datasetName(taken, random);
  const ownPool = random.chance(0.4) ? `${workflowId}_pool` : null;
  const poolOf = (kind: TaskKind) => ownPool ?? (plan === 'one' ? 'default_pool' : KIND_POOLS[kind]);
  const version = random.chance(0.9) ? `_V${random.whole(1, 4)}` : '';
  return {
    datasetId,
    workflowId,
    workflowKey: 3_000 + random.whole(0, 60_000),
    dagId: workflowId + version,
    sliced: random.chance(0.78),
    tasks: drawTasks(datasetId, poolOf, random),
    retries: random.pick([0, 0, 1, 1, 2, 3]),
    retryDelay: random.pick([30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE]),
    latency: random.between(3, 150) * SECOND,
    sigma: random.between(0.03, 0.13),
    rank: random.next(),
    units: [],
  };
}

function drawTasks(datasetId: string, poolOf: (kind: TaskKind) => string, random: Random): TaskSpec[] {
  const task = (kind: TaskKind, id: string, usual: number, after: number[]): TaskSpec => ({
    id,
    kind,
    operator: OPERATORS[kind],
    pool: poolOf(kind),
    usual,
    after,
  });
  const whole = random.pick([3, 6, 10, 15, 22, 30, 45]) * random.between(0.7, 1.3) * MINUTE;
  const tasks = [task('start', 'start', random.between(0.6, 4) * SECOND, [])];

  const enrichWord = random.chance(0.8) ? 'enrich_' : random.pick(['transform_', 'calc_', 'enrichment_']);
  const share = random.between(0.55, 0.75);
  const two = random.chance(0.15);
  tasks.push(task('enrich', `${enrichWord}${datasetId}`, whole * (two ? share * 0.6 : share), [0]));
  if (two) {
    const inRow = random.chance(0.5);
    const usual = whole * share * (inRow ? 0.4 : 0.5);
    tasks.push(task('enrich', `${enrichWord}${datasetId}_${random.pick(['fx', 'ref', 'p2'])}`, usual, [inRow ? 1 : 0]));
  }

  const enriched = tasks.map((_, i) => i).slice(1);
  const egressWord = random.chance(0.85) ? 'egress_' : random.pick(['deliver_', 'publish_']);
  const egresses = random.pick([1, 1, 1, 1, 2, 3]);
  for (let i = 0; i < egresses; i++) {
    const id = `${egressWord}${datasetId}${i === 0 ? '' : `_${['hive', 's3', 'kdb'][i]}`}`;
    tasks.push(task('egress', id, whole * (1 - share) * random.between(0.5, 1), enriched));
  }
  if (random.chance(0.85)) {
    const usual = whole * (1 - share) * random.between(0.2, 0.8);
    tasks.push(task('export', `snowflake-export-${datasetId}`, usual, enriched));
  }
  const last = tasks.map((_, i) => i).slice(enriched.length + 1);
  tasks.push(task('end', 'end', random.between(0.5, 3) * SECOND, last));
  return tasks;
}
