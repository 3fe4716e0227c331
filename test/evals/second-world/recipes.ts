import type { Random } from '../../../src/playground/world/random.ts';
import type { Recipe } from './world.ts';

/** How a platform calls what its tasks do. */
const OPERATORS = [
  {
    start: 'EpsInitOperator',
    enrich: 'EpsEnrichmentOperator',
    egress: 'EpsEgressOperator',
    load: 'EpsPostTaskOperator',
    end: 'EpsWorkflowCompleteOperator',
  },
  {
    start: 'EmptyOperator',
    enrich: 'SparkKubernetesOperator',
    egress: 'S3CopyOperator',
    load: 'SnowflakeOperator',
    end: 'EmptyOperator',
  },
  {
    start: 'EpsInitOperator',
    enrich: 'EpsEnrichmentOperator',
    egress: 'EpsEgressOperator',
    load: 'SnowflakeExportOperator',
    end: 'EpsWorkflowCompleteOperator',
  },
] as const;

export type Platform = (typeof OPERATORS)[number];

export function drawPlatform(random: Random): Platform {
  return random.pick(OPERATORS);
}

/** The tasks of a dataset whose longest one usually takes `main` seconds. */
export function drawRecipe(random: Random, platform: Platform, datasetId: string, main: number): Recipe[] {
  const name = random.chance(0.8) ? datasetId : (datasetId.split('-').at(-1) as string);
  const task = (id: string, operator: string, usual: number, after: number[], mapIndex = -1): Recipe => ({
    id,
    operator,
    usual,
    after,
    mapIndex,
  });
  const start = task('start', platform.start, random.between(0.4, 9), []);
  const end = (after: number[]) => task('end', platform.end, random.between(0.3, 6), after);
  const egress = (part: string, after: number[]) =>
    task(`egress_${name}${part}`, platform.egress, main * random.between(0.08, 0.6), after);
  const load = (after: number[]) =>
    task(`snowflake-export-${name}`, platform.load, main * random.between(0.05, 0.3), after);
  const enrich = (part: string, share: number, after: number[]) =>
    task(`enrich_${name}${part}`, platform.enrich, main * share, after);
  switch (random.whole(0, 5)) {
    case 0:
      return [start, enrich('_prepare', 0.2, [0]), enrich('', 1, [1]), egress('', [2]), load([2]), end([3, 4])];
    case 1:
      return [start, enrich('', 1, [0]), egress('_nyc', [1]), egress('_ldn', [1]), egress('_tyo', [1]), end([2, 3, 4])];
    case 2: {
      const parts = [0, 1, 2].map((index) =>
        task(`enrich_${name}`, platform.enrich, main * (0.7 + index * 0.15), [0], index),
      );
      return [start, ...parts, egress('', [1, 2, 3]), load([1, 2, 3]), end([4, 5])];
    }
    default:
      return [start, enrich('', 1, [0]), egress('', [1]), load([1]), end([2, 3])];
  }
}

/** Position of the longest task. */
export function mainTask(tasks: readonly Recipe[]): number {
  return tasks.reduce((best, task, index) => (task.usual > (tasks[best]?.usual ?? 0) ? index : best), 0);
}
