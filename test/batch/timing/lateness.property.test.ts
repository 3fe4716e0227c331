import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/batch/rca/engine.ts';
import type { RunRow } from '../../../src/batch/run.ts';
import { latenessOf, PARTS } from '../../../src/batch/timing/lateness.ts';
import { define, type RunSketch, run } from '../night-builder.ts';
import { history, ordinaryTasks, scene } from '../rca/scene-builder.ts';

const MINUTE = 60_000;
const minute = (max: number) => fc.integer({ min: 0, max });
const definition = fc
  .array(fc.record({ sequenceOrder: fc.integer({ min: 0, max: 4 }), sliced: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((datasets) =>
    define(
      datasets.map(({ sequenceOrder, sliced }, index) => ({
        datasetId: `d${index}`,
        sequenceOrder,
        slices: sliced ? ['S-1', 'S-10'] : [],
      })),
    ),
  );
const anyRun = fc.record({
  dataset: fc.constantFrom('d0', 'd1', 'd2', 'd3', 'd4'),
  slice: fc.constantFrom('S-1', 'S-10', null),
  created: minute(600),
  lasts: minute(400),
  rewrittenAfter: fc.option(minute(300)),
  status: fc.constantFrom('SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', 'QUEUED', null),
  trigger: fc.constantFrom('ProcessTrigger', 'ProcessTrigger', 'ManualTrigger'),
});
const toRow = ({ lasts, rewrittenAfter, ...sketch }: typeof anyRun extends fc.Arbitrary<infer T> ? T : never): RunRow =>
  run({
    ...sketch,
    epoch: sketch.created + (rewrittenAfter ?? 0),
    ended: sketch.created + (rewrittenAfter ?? 0) + lasts,
  });

describe('lateness of any night', () => {
  it('adds up: the parts of all links to the whole minutes between the end and the usual end', () => {
    fc.assert(
      fc.property(
        definition,
        fc.array(anyRun, { minLength: 1, maxLength: 14 }),
        fc.array(anyRun, { minLength: 3, maxLength: 10 }),
        minute(1500),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (essential, tonight, before, clock, noise) => {
          const rows = tonight.map(toRow);
          const sketches = before.map(
            ({ lasts, rewrittenAfter: _, ...sketch }): RunSketch => ({
              ...sketch,
              status: 'SUCCESS',
              trigger: 'ProcessTrigger',
              ended: sketch.created + lasts,
            }),
          );
          const opened = scene(essential, {
            rows,
            history: history(8, sketches, noise),
            tasks: rows.flatMap((row) => ordinaryTasks(row)),
            asOf: Date.parse('2026-02-13T20:00:00Z') + clock * MINUTE,
          });
          const found = latenessOf(opened);
          if (found === null) return;
          const { path } = found;
          const sum = (of: (link: (typeof path)[number]) => number) => path.reduce((all, link) => all + of(link), 0);
          expect(found.totalMinutes).toBe(Math.round((found.endAt - found.usualEndAt) / MINUTE) + 0);
          for (const part of PARTS) expect(sum(({ minutes }) => minutes[part])).toBe(found.parts[part]);
          expect(PARTS.reduce((all, part) => all + found.parts[part], 0)).toBe(found.totalMinutes);
          expect(found.path.length).toBeGreaterThan(0);
          for (const { minutes } of found.path) {
            for (const part of PARTS) expect(Number.isInteger(minutes[part])).toBe(true);
            expect(minutes.retry).toBeGreaterThanOrEqual(0);
            expect(minutes.queue).toBeGreaterThanOrEqual(0);
          }
          const steps = found.path.map(({ step }) => step);
          expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
          const critical = new Set(found.path.map(({ datasetId }) => datasetId));
          for (const { datasetId, minutes } of found.slack) {
            expect(minutes).toBeGreaterThanOrEqual(0);
            if (critical.has(datasetId)) expect(minutes).toBe(0);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a night like those before it', () => {
  it("is nobody's fault, however long everything takes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (lengths, scale, noise) => {
          let end = 0;
          const sketches = lengths.map((length, index): RunSketch => {
            const created = end + 2;
            end = created + length * scale;
            return { dataset: `d${index}`, slice: null, created, ended: end };
          });
          const essential = define(lengths.map((_, index) => ({ datasetId: `d${index}`, sequenceOrder: index })));
          const rows = sketches.map((sketch) => run(sketch));
          const before = history(20, sketches, noise);
          const tasksOf = (all: readonly RunRow[]) => all.flatMap((row) => ordinaryTasks(row));
          const opened = scene(essential, {
            rows,
            history: before,
            tasks: tasksOf(rows),
            pastTasks: tasksOf(before),
            asOf: Math.max(...rows.map(({ updatedAt }) => updatedAt)) + MINUTE,
          });
          expect(diagnose(opened).causes).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
