import { describe, expect, it } from 'vitest';
import { generateNight } from '../../../../src/playground/world/nights/generate-night.ts';
import { readRuns, runsOfTonight, unitStates } from './read-night.ts';

const SEEDS = Array.from({ length: 10 }, (_, i) => `quiet-${i}`);

describe.each(['healthy', 'noisy'] as const)('a %s night', (kind) => {
  it.each(SEEDS)('has nothing failed, cancelled or silent at its clock: %s', (seed) => {
    const night = generateNight({ seed, kind });
    const runs = runsOfTonight(night);
    const bad = unitStates(night, runs).filter(({ state }) => state !== 'SUCCESS' && state !== 'RUNNING');
    expect(bad).toEqual([]);
    expect(night.truth.causes).toEqual([]);
    expect(runs.filter(({ row, updated }) => row.STATUS === 'RUNNING' && updated <= night.now)).toEqual([]);
    if (kind === 'noisy') expect(night.truth.herrings.length).toBeGreaterThan(0);
  });
});

it('tells of repairs that the rows show', () => {
  const nights = SEEDS.map((seed) => generateNight({ seed, kind: 'noisy' }));
  const repaired = nights.flatMap((night) => {
    const runs = runsOfTonight(night, readRuns(night));
    return night.truth.repaired.map(({ datasetId, slice }) =>
      runs.filter((run) => run.datasetId === datasetId && run.slice === slice).sort((a, b) => a.start - b.start),
    );
  });
  expect(repaired.length).toBeGreaterThan(2);
  for (const attempts of repaired) {
    expect(attempts.at(-1)?.row.STATUS).toBe('SUCCESS');
    expect(attempts.at(-1)?.row.TRIGGER_TYPE).toBe('ManualTrigger');
  }
});
