import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Answer } from '../../src/agent/answer.ts';
import { openWorldApp, type WorldApp } from './world-app.ts';

/** Every status of an answer, as lines that can be compared. */
interface Told {
  essential: string | null;
  businessDate: string | null;
  phase: string | null;
  status: string | null;
  units: string[];
}

/**
 * Of so many truths one is asked about; coprime to the 24 of a date, so that every essential and phase has its turn. A soak asks
 * about all. That MariaDB gives the rows that SQLite gives is held elsewhere, on any rows.
 */
const ONE_IN = process.env.SENTRY_SOAK_TIMES === undefined ? { sqlite: 5, mariadb: 17 } : { sqlite: 1, mariadb: 1 };

describe.each(['sqlite', 'mariadb'] as const)('answers over %s', (kind) => {
  let opened: WorldApp;
  beforeAll(async () => {
    opened = await openWorldApp(kind);
  });
  afterAll(() => opened?.stop());

  async function ask(text: string): Promise<Answer> {
    const question = { id: 'truth', text, context: null, turns: [] };
    for await (const event of opened.app.ask(question, { signal: new AbortController().signal })) {
      if (event.type === 'answer') return Answer.parse(JSON.parse(JSON.stringify(event.answer)));
    }
    throw new Error('no answer came');
  }

  it('agree with the ground truth for essentials, phases and business dates', async () => {
    const all = opened.world.truth();
    expect(all).toHaveLength(12 * 2 * 30);
    // The night that the clock is in is the liveliest.
    const tonight = opened.world.businessDates.at(-1);
    const truths = all.filter((truth, index) => index % ONE_IN[kind] === 0 || truth.businessDate === tonight);
    expect(new Set(truths.map((truth) => `${truth.essential} ${truth.phase}`)).size).toBe(24);
    expect(new Set(truths.map((truth) => truth.status)).size).toBeGreaterThanOrEqual(5);
    const mismatches: { told: Told; true: Told }[] = [];
    for (const truth of truths) {
      const answer = await ask(`status of ${truth.essential} ${truth.phase.toLowerCase()} on ${truth.businessDate}`);
      const told: Told = {
        essential: answer.essential,
        businessDate: answer.business_date,
        phase: answer.phase,
        status: answer.status,
        units: answer.datasets.flatMap((dataset) =>
          dataset.slices.map((unit) =>
            [
              dataset.dataset_id,
              dataset.sequence_order,
              dataset.status,
              unit.slice,
              unit.listed,
              unit.status,
              unit.attempts,
              unit.dag_run_id,
              unit.stuck,
            ].join(' '),
          ),
        ),
      };
      const expected: Told = {
        essential: truth.essential,
        businessDate: truth.businessDate,
        phase: truth.phase,
        status: truth.status,
        units: truth.datasets.flatMap((dataset) =>
          dataset.units.map((unit) =>
            [
              dataset.datasetId,
              dataset.sequenceOrder,
              dataset.status,
              unit.slice,
              unit.listed,
              unit.status,
              unit.attempts,
              unit.dagRunId,
              unit.stuck,
            ].join(' '),
          ),
        ),
      };
      told.units.sort();
      expected.units.sort();
      if (JSON.stringify(told) !== JSON.stringify(expected)) mismatches.push({ told, true: expected });
    }
    expect(mismatches).toEqual([]);
  }, 600_000);
});
