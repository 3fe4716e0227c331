import { describe, expect, it } from 'vitest';
import { openNight } from '../../src/batch/night.ts';
import { toRunRows } from '../../src/db/queries/run-rows.ts';
import { parseDefinition } from '../../src/lenz/response.ts';
import { createWorld } from '../../src/playground/world/world.ts';
import { NIGHT } from './world-app.ts';

const HOUR = 3_600_000;

/** A night plays out while it is watched: whatever the clock, states agree with what the simulation knows. */
describe.each([
  { seed: 'night-desk', clocks: [-8, -7, -6, -5, -3.5, -2, -1, -0.25, 0, 0.5, 2, 6, 30] },
  { seed: 'another', clocks: [-6, -2, 0, 1, 30] },
])('the world of seed $seed', ({ seed, clocks }) => {
  const world = createWorld({ seed, now: NIGHT });
  const definitions = Object.entries(world.definitions).map(([name, document]) => parseDefinition(document, name, 0));
  const rows = toRunRows(world.tables.WORKFLOW_RUN_INSTANCE as never, {
    datasetIds: new Set(definitions.flatMap((definition) => definition.datasets.map((dataset) => dataset.datasetId))),
    from: '2000-01-01',
    to: '2100-01-01',
  });
  const dagRuns = world.tables.dag_run.map((row) => ({
    dagId: row.dag_id,
    runId: row.run_id,
    state: row.state,
    startedAt: instant(row.start_date),
    endedAt: instant(row.end_date),
  }));
  const businessDate = world.businessDates.at(-1) ?? '';

  it.each(clocks)('agrees at %s hours from 03:12', (hours) => {
    const asOf = NIGHT + hours * HOUR;
    const truths = world.truth(asOf).filter((truth) => truth.businessDate === businessDate);
    expect(truths).toHaveLength(24);
    for (const truth of truths) {
      const definition = definitions.find((one) => one.name === truth.essential);
      if (definition === undefined) throw new Error(`${truth.essential} is not defined`);
      const night = { definition, others: definitions, businessDate, asOf, rows, history: rows, dagRuns };
      const state = openNight(night)(truth.phase);
      const told = state.datasets.flatMap((dataset) =>
        dataset.units.map((unit) =>
          [dataset.datasetId, dataset.status, unit.slice, unit.status, unit.attemptCount, unit.stuck].join(' '),
        ),
      );
      const known = truth.datasets.flatMap((dataset) =>
        dataset.units.map((unit) =>
          [dataset.datasetId, dataset.status, unit.slice, unit.status, unit.attempts, unit.stuck].join(' '),
        ),
      );
      expect([truth.essential, truth.phase, state.status, ...told.sort()]).toEqual([
        truth.essential,
        truth.phase,
        truth.status,
        ...known.sort(),
      ]);
    }
  });
});

function instant(text: string | null): number | null {
  return text === null ? null : Date.parse(`${text.replace(' ', 'T')}Z`);
}
