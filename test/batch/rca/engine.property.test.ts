import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/batch/rca/cause.ts';
import { diagnose, pastRunsWanted } from '../../../src/batch/rca/engine.ts';
import { openScene, type SceneInput } from '../../../src/batch/rca/scene.ts';
import { keyOfUnit, suspectsOf } from '../../../src/batch/rca/suspects.ts';
import type { DagRunRow, RunRow, TaskRow } from '../../../src/batch/run.ts';
import { PHASES } from '../../../src/batch/run.ts';
import { nights } from '../oracle/nights.ts';
import { sceneInput } from './scene-builder.ts';

const MINUTE = 60_000;
const FAILURES = ['task_failure', 'retry_exhausted', 'stuck', 'cancelled'];
const OPERATORS = ['EpsEnrichmentOperator', 'EpsEgressOperator', null];

/** Anything that Airflow might hold of a run, sensible or not. */
const taskSketch = fc.record({
  taskId: fc.constantFrom('start', 'enrich_x', 'egress_x', 'snowflake-export-x', '<!channel>'),
  mapIndex: fc.constantFrom(-1, -1, 0, 3),
  state: fc.constantFrom('success', 'failed', 'failed', 'upstream_failed', 'running', 'queued', null, 'odd'),
  tryNumber: fc.constantFrom(null, 0, 1, 1, 4),
  queued: fc.option(fc.nat({ max: 30 })),
  started: fc.option(fc.nat({ max: 60 })),
  ended: fc.option(fc.nat({ max: 90 })),
  operator: fc.constantFrom(...OPERATORS),
  hostname: fc.constantFrom('pod-1', 'pod-2', '', null),
});
type Sketch = typeof taskSketch extends fc.Arbitrary<infer S> ? S : never;

function taskOf(row: RunRow, sketch: Sketch): TaskRow {
  const { queued, started, ended, ...own } = sketch;
  const at = (minutes: number | null) => (minutes === null ? null : row.createdAt + minutes * MINUTE);
  return {
    ...own,
    dagId: row.dagId ?? '',
    runId: row.dagRunId ?? '',
    maxTries: 3,
    queuedAt: at(queued),
    startedAt: at(started),
    endedAt: at(ended),
    updatedAt: at(ended ?? started),
    durationS: started === null || ended === null ? null : (ended - started) * 60,
  };
}

/** Nights of the oracle with tasks and Airflow's opinion of their runs. */
const inputs: fc.Arbitrary<SceneInput> = fc
  .tuple(
    nights,
    fc.array(fc.array(taskSketch, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    fc.constantFrom(...PHASES),
  )
  .map(([night, sketches, phase]) => {
    const tasks = (rows: readonly RunRow[]) => {
      const found = rows.flatMap((row, index) => (sketches[index % sketches.length] ?? []).map((s) => taskOf(row, s)));
      return [...new Map(found.map((task) => [`${task.runId}\n${task.taskId}\n${task.mapIndex}`, task])).values()];
    };
    const { definition, others, businessDate, asOf, rows, history } = night;
    return sceneInput(definition, {
      others,
      businessDate,
      phase,
      asOf,
      rows,
      history,
      dagRuns: night.dagRuns ?? [],
      tasks: tasks(rows),
      pastTasks: tasks(history),
    });
  });

const reversed = (input: SceneInput): SceneInput => ({
  ...input,
  others: input.others,
  rows: input.rows.toReversed(),
  history: input.history.toReversed(),
  tasks: input.tasks.toReversed(),
  pastTasks: input.pastTasks.toReversed(),
  dagRuns: input.dagRuns.toReversed(),
});

function exists(evidence: Evidence, input: SceneInput): boolean {
  switch (evidence.kind) {
    case 'run':
      return [...input.rows, ...input.history].some(
        ({ key, dagRunId }) => key === evidence.key && dagRunId === evidence.dagRunId,
      );
    case 'task':
      return [...input.tasks, ...input.pastTasks].some(
        (task: TaskRow) =>
          task.dagId === evidence.dagId &&
          task.runId === evidence.runId &&
          task.taskId === evidence.taskId &&
          task.mapIndex === evidence.mapIndex,
      );
    case 'dag_run':
      return input.dagRuns.some((run: DagRunRow) => run.dagId === evidence.dagId && run.runId === evidence.runId);
    default:
      return true;
  }
}

describe('the engine on any night', () => {
  it('answers, always the same, whatever the order of rows', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const diagnosis = diagnose(openScene(input));
        expect(diagnose(openScene(input))).toEqual(diagnosis);
        expect(diagnose(openScene(reversed(input)))).toEqual(diagnosis);
        expect(pastRunsWanted(openScene(input)).length).toBeLessThanOrEqual(400);
      }),
      { numRuns: 150 },
    );
  });

  it('never blames a unit that waits or went well for a failure, and cites only rows that are there', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const scene = openScene(input);
        const units = new Map(suspectsOf(scene).map(({ unit }) => [keyOfUnit(unit, scene.businessDate), unit]));
        for (const cause of diagnose(scene).causes) {
          expect(cause.evidence.length).toBeGreaterThan(0);
          expect(cause.evidence.filter((evidence) => !exists(evidence, input))).toEqual([]);
          if (!FAILURES.includes(cause.family)) continue;
          for (const key of cause.units) {
            expect(['FAILED', 'RUNNING', 'CANCELLED']).toContain(units.get(key)?.status);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says one of three things: causes, nothing wrong, or that it cannot tell and why', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { outcome, causes, gaps } = diagnose(openScene(input));
        expect(outcome === 'causes').toBe(causes.length > 0);
        if (outcome === 'cannot_tell') expect(gaps.length).toBeGreaterThan(0);
        expect(causes.map(({ rank }) => rank)).toEqual(causes.map((_, index) => index + 1));
      }),
      { numRuns: 100 },
    );
  });
});
