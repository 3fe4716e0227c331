import { describe, expect, it } from 'vitest';
import { placeRuns } from '../../../src/batch/placement.ts';
import type { Phase, RunRow } from '../../../src/batch/run.ts';
import { pastNights } from '../../../src/batch/timing/past-nights.ts';
import { type Timeline, timelineOf } from '../../../src/batch/timing/timeline.ts';
import { generateNight } from '../../../src/playground/world/nights/generate-night.ts';
import { deskOf } from '../../evals/sources.ts';

const plain = ({ units, ...night }: Timeline) => ({
  ...night,
  units: [...units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { unit, ...times }]) => [key, unit.slice, times]),
});

describe.each(['past-1', 'past-2', 'past-3', 'past-4'])('earlier nights of %s', async (seed) => {
  const generated = generateNight({ seed, kind: 'noisy' });
  const { businessDate: before, now: asOf } = generated;
  const { sources } = deskOf(generated);
  const definition = await sources.definitions.get(generated.essential);
  const datasetIds = definition.datasets.map(({ datasetId }) => datasetId);
  const rows = await sources.runs.historicalRuns({ datasetIds, from: '2000-01-01', to: before });

  const oneByOne = (from: readonly RunRow[], phase: Phase, clock: number) =>
    [...Map.groupBy(from, (row) => row.businessDate)]
      .filter(([date]) => date < before)
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([date, night]) => timelineOf(placeRuns(definition, night, clock), date, phase))
      .filter(({ units }) => units.size > 0)
      .map(plain);

  it.each(['PRELIM', 'FINAL'] as const)('are what placing each of them says (%s), also when asked again', (phase) => {
    const expected = oneByOne(rows, phase, asOf);
    expect(pastNights(definition, rows, { before, phase, asOf }).map(plain)).toEqual(expected);
    const again = pastNights(definition, structuredClone(rows), { before, phase, asOf });
    expect(again.map(plain)).toEqual(expected);
    if (phase === 'PRELIM') expect(expected.length).toBeGreaterThan(0);
  });

  it('are laid out anew when a row was rewritten, and at a clock before they were over', () => {
    const [first] = pastNights(definition, rows, { before, phase: 'PRELIM', asOf });
    const date = first?.businessDate ?? '';
    const changed = rows.map((row) =>
      row.businessDate === date && row.status === 'SUCCESS' ? { ...row, status: 'FAILED' } : row,
    );
    expect(pastNights(definition, changed, { before, phase: 'PRELIM', asOf }).map(plain)).toEqual(
      oneByOne(changed, 'PRELIM', asOf),
    );
    const middle = (first?.units.values().next().value?.startedAt ?? asOf) + 1;
    expect(pastNights(definition, rows, { before, phase: 'PRELIM', asOf: middle }).map(plain)).toEqual(
      oneByOne(rows, 'PRELIM', middle),
    );
  });
});
