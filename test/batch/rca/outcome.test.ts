import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/batch/rca/engine.ts';
import { define, EVENING, MORNING, run } from '../night-builder.ts';
import { history, scene } from './scene-builder.ts';

const MINUTE = 60_000;
const definition = define([
  { datasetId: 'ds', slices: ['A'] },
  { datasetId: 'next', slices: ['N'], sequenceOrder: 1 },
]);
const usual = [
  { dataset: 'ds', slice: 'A' },
  { dataset: 'next', slice: 'N', created: 40 },
];
const done = [run({ dataset: 'ds', slice: 'A' }), run({ dataset: 'next', slice: 'N', created: 40 })];
const going = [run({ dataset: 'ds', slice: 'A', status: 'RUNNING', ended: 18 })];
const judge = (rows: typeof done, nights: number, more = {}) =>
  diagnose(scene(definition, { rows, history: history(nights, usual), ...more }));

describe('a night on which no rule finds a cause', () => {
  it('has nothing wrong once all is complete, also where it cannot be compared', () => {
    expect(judge(done, 20)).toMatchObject({ outcome: 'nothing_wrong', causes: [] });
    expect(judge(done, 0)).toMatchObject({ outcome: 'nothing_wrong', causes: [] });
  });

  it('has nothing wrong while it runs on time, which takes a history to know', () => {
    const asOf = EVENING + 20 * MINUTE;
    expect(judge(going, 20, { asOf })).toMatchObject({ outcome: 'nothing_wrong', gaps: [] });
    expect(judge(going, 2, { asOf }).outcome).toBe('cannot_tell');
    expect(judge(going, 2, { asOf }).gaps[0]).toContain('on time');
  });

  it('cannot be told about where it is late for no reason that was read', () => {
    const deadline = EVENING + 60 * MINUTE;
    const { outcome, causes, gaps } = judge(done, 20, { deadline, asOf: MORNING });
    expect({ outcome, causes }).toEqual({ outcome: 'cannot_tell', causes: [] });
    expect(gaps[0]).toContain('deadline');
  });

  it('cannot be told about where a status is none that is known', () => {
    const odd = run({ dataset: 'ds', slice: 'A', status: 'ODD' });
    expect(judge([odd], 20)).toMatchObject({ outcome: 'cannot_tell', causes: [] });
  });
});
