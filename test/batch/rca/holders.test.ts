import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/batch/rca/engine.ts';
import { define, EVENING, run } from '../night-builder.ts';
import { history, scene } from './scene-builder.ts';

const MINUTE = 60_000;
/** `shared` waits for `first` here, and over there for `theirs` as well. */
const own = define(
  [
    { datasetId: 'first', slices: ['A'] },
    { datasetId: 'shared', slices: ['S'], sequenceOrder: 1 },
  ],
  'own',
);
const other = define(
  [
    { datasetId: 'theirs', slices: ['T'] },
    { datasetId: 'shared', slices: ['S', 'X'], sequenceOrder: 1 },
  ],
  'other',
);
const past = history(20, [
  { dataset: 'first', slice: 'A' },
  { dataset: 'theirs', slice: 'T' },
  { dataset: 'shared', slice: 'S', created: 40 },
]);
const done = run({ dataset: 'first', slice: 'A' });
const at = (minutes: number, more = {}) =>
  diagnose(scene(own, { others: [other], rows: [done], history: past, asOf: EVENING + minutes * MINUTE, ...more }));

describe('a unit that another essential holds up', () => {
  it('has the lateness over there as its cause', () => {
    const { causes } = at(180);
    expect(causes).toMatchObject([
      {
        family: 'late_start',
        datasetId: 'theirs',
        affects: { datasets: ['theirs', 'shared'], essentials: ['own', 'other'] },
      },
    ]);
  });

  it('merely waits while nothing is late over there, and what for is told', () => {
    const running = run({ dataset: 'theirs', slice: 'T', created: 10, ended: 30, status: 'RUNNING' });
    const diagnosis = at(35, { rows: [done, running] });
    expect(diagnosis.causes).toEqual([]);
    expect(diagnosis.outcome).toBe('nothing_wrong');
    expect(diagnosis.observations).toEqual([{ kind: 'blocked_upstream', datasetIds: ['shared'], by: 'theirs' }]);
  });

  it('cannot be judged without history of what is over there', () => {
    const mine = past.filter(({ datasetId }) => datasetId !== 'theirs');
    expect(at(180, { history: mine })).toMatchObject({ outcome: 'cannot_tell', causes: [] });
  });
});
