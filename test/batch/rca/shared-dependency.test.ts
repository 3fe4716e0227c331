import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/batch/rca/engine.ts';
import { define, EVENING, run } from '../night-builder.ts';
import { failedRun, ordinaryTasks, scene, type TaskSketch } from './scene-builder.ts';

const MINUTE = 60_000;
const own = define([{ datasetId: 'ds', slices: ['A', 'B'] }], 'own');
const other = define([{ datasetId: 'x', slices: ['X1', 'X2', 'X3'] }, { datasetId: 'y' }], 'other');
const egress = (datasetId: string): TaskSketch => ({ taskId: `egress_${datasetId}`, operator: 'EpsEgressOperator' });
const fails = (dataset: string, slice: string, ended: number, failure: TaskSketch = egress(dataset)) =>
  failedRun({ dataset, slice, ended }, failure);
const rowsOf = (...runs: ReturnType<typeof failedRun>[]) => ({
  rows: runs.map(({ row }) => row),
  tasks: runs.flatMap(({ tasks }) => tasks),
});
const good = run({ dataset: 'ds', slice: 'B', ended: 90 });

describe('what several failures have in common', () => {
  it('is one cause for an essential that shows one symptom of it', () => {
    const { rows, tasks } = rowsOf(
      fails('ds', 'A', 22),
      fails('x', 'X1', 20),
      fails('x', 'X2', 34),
      fails('y', 'Y', 26),
    );
    const { causes } = diagnose(
      scene(own, { others: [other], rows: [...rows, good], tasks: [...tasks, ...ordinaryTasks(good)] }),
    );
    expect(causes).toMatchObject([
      {
        family: 'shared_dependency',
        operator: 'EpsEgressOperator',
        datasetId: null,
        slice: null,
        taskId: null,
        symptoms: 4,
        window: { from: EVENING + 20 * MINUTE, to: EVENING + 34 * MINUTE },
      },
    ]);
    expect(causes[0]?.evidence).toHaveLength(4);
  });

  it('is nobody else’s cause: an essential whose own failure is another one, or was repaired, has not got it', () => {
    const outage = rowsOf(fails('x', 'X1', 20), fails('x', 'X2', 24), fails('y', 'Y', 26));
    const enrich = fails('ds', 'A', 22, {});
    const mine = diagnose(
      scene(own, {
        others: [other],
        rows: [...outage.rows, enrich.row, good],
        tasks: [...outage.tasks, ...enrich.tasks],
      }),
    );
    expect(mine.causes).toMatchObject([{ family: 'task_failure', slice: 'A' }]);

    const hit = fails('ds', 'A', 22);
    const retried = run({ dataset: 'ds', slice: 'A', created: 50, trigger: 'ManualTrigger' });
    const repaired = diagnose(
      scene(own, {
        others: [other],
        rows: [...outage.rows, hit.row, retried, good],
        tasks: [...outage.tasks, ...hit.tasks],
      }),
    );
    expect(repaired.causes).toEqual([]);
  });

  it('is not one failure that came an hour before the rest', () => {
    const { rows, tasks } = rowsOf(
      fails('ds', 'A', 10),
      fails('x', 'X1', 70),
      fails('x', 'X2', 72),
      fails('y', 'Y', 74),
    );
    const { causes } = diagnose(scene(own, { others: [other], rows: [...rows, good], tasks }));
    expect(causes).toMatchObject([{ family: 'task_failure', slice: 'A' }]);
  });

  it('is over once tasks of the operator go well again: a failure some minutes later is another one', () => {
    const outage = [fails('x', 'X1', 10), fails('x', 'X2', 24), fails('y', 'Y', 33)];
    const later = fails('ds', 'A', 42);
    const fine = [run({ dataset: 'x', slice: 'X3', ended: 38 }), run({ dataset: 'x', slice: 'X4', ended: 40 })];
    const judge = (between: typeof fine) => {
      const { rows, tasks } = rowsOf(...outage, later);
      const all = [...tasks, ...between.flatMap((row) => ordinaryTasks(row))];
      return diagnose(scene(own, { others: [other], rows: [...rows, ...between, good], tasks: all })).causes;
    };
    expect(judge(fine)).toMatchObject([{ family: 'task_failure', slice: 'A' }]);
    expect(judge([])).toMatchObject([{ family: 'shared_dependency', symptoms: 4 }]);
  });

  it('is not two failures, nor three of one dataset', () => {
    const three = define([{ datasetId: 'ds', slices: ['A', 'B', 'C'] }], 'own');
    const cases = [
      { definition: own, ...rowsOf(fails('ds', 'A', 20), fails('x', 'X1', 22)), slices: ['A'] },
      {
        definition: three,
        ...rowsOf(fails('ds', 'A', 20), fails('ds', 'B', 22), fails('ds', 'C', 24)),
        slices: ['A', 'B', 'C'],
      },
    ];
    for (const { definition, rows, tasks, slices } of cases) {
      const { causes } = diagnose(
        scene(definition, { others: [other], rows: slices.length === 1 ? [...rows, good] : rows, tasks }),
      );
      expect(causes).toMatchObject([{ family: 'task_failure', slices }]);
    }
  });

  it('is contradicted by as many tasks of the same operator that went well meanwhile', () => {
    const { rows, tasks } = rowsOf(fails('ds', 'A', 20), fails('x', 'X1', 22), fails('y', 'Y', 26));
    const fine = Array.from({ length: 4 }, (_, index) => run({ dataset: 'x', slice: `X${index + 3}`, ended: 24 }));
    const { causes } = diagnose(
      scene(own, {
        others: [other],
        rows: [...rows, ...fine, good],
        tasks: [...tasks, ...fine.flatMap((r) => ordinaryTasks(r))],
      }),
    );
    expect(causes.map(({ family }) => family)).toEqual(['task_failure']);
  });

  it('is known by the kind of task where Airflow does not name the operator', () => {
    const nameless = (dataset: string) => ({ taskId: `snowflake-export-${dataset}`, operator: null });
    const { rows, tasks } = rowsOf(
      fails('ds', 'A', 20, nameless('ds')),
      fails('x', 'X1', 22, { ...nameless('x'), operator: 'SnowflakeOperator' }),
      fails('y', 'Y', 24, nameless('y')),
    );
    const { causes } = diagnose(scene(own, { others: [other], rows: [...rows, good], tasks }));
    expect(causes).toMatchObject([{ family: 'shared_dependency', operator: 'SnowflakeOperator', symptoms: 3 }]);
  });
});
