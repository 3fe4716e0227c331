import { afterAll, describe, expect, it } from 'vitest';
import { inquireCauses } from '../../../src/batch/inquiry/causes.ts';
import { inquireComparison } from '../../../src/batch/inquiry/comparison.ts';
import type { Desk } from '../../../src/batch/inquiry/desk.ts';
import { inquireEta } from '../../../src/batch/inquiry/eta.ts';
import { inquireHistory } from '../../../src/batch/inquiry/history.ts';
import { NO_HOUSE_RULES } from '../../../src/batch/inquiry/house-rules.ts';
import { inquireNight } from '../../../src/batch/inquiry/night.ts';
import { connectSqlite } from '../../../src/db/connect-sqlite.ts';
import { openRunSource } from '../../../src/db/run-source.ts';
import { openTaskSource } from '../../../src/db/task-source.ts';
import { parseDefinition } from '../../../src/lenz/response.ts';
import { loadSqlite } from '../../../src/playground/world/load-sqlite.ts';
import { createWorld } from '../../../src/playground/world/world.ts';
import { scopeForTest } from '../../conformance/database-backends.ts';

/** The embedded world, the morning after a night on which some essentials did not go well. */
const now = Date.parse('2026-02-13T08:12:00Z');
const world = createWorld({ seed: 'night-desk', now });
const databases = connectSqlite();
loadSqlite(databases.sqlite, world.tables);
databases.makeReadOnly();
afterAll(() => databases.close());
const definitions = Object.entries(world.definitions).map(([name, document]) => parseDefinition(document, name, now));

/** A desk over the embedded database, and the statements that were run for it. */
function desk() {
  const scope = scopeForTest();
  const opened: Desk = {
    ...NO_HOUSE_RULES,
    clock: { now: () => now, frozen: true },
    zone: 'America/New_York',
    sources: {
      runs: openRunSource(databases, scope),
      tasks: openTaskSource(databases, scope),
      definitions: {
        names: () => definitions.map(({ name }) => name),
        get: async (wanted) => {
          const found = definitions.find(({ name }) => name === wanted);
          if (found === undefined) throw new Error(wanted);
          return found;
        },
        all: async () => ({ definitions: [...definitions], missing: [] }),
      },
    },
  };
  return { desk: opened, records: scope.records };
}

const anything = { dataset: null, slice: null };
/** Without a phase said, it is the latest: one of the two. */
const abouts = definitions.flatMap(({ name }, index) =>
  [...(index === 0 ? [null] : []), 'PRELIM' as const, 'FINAL' as const].map((phase) => {
    return { essential: name, date: null, phase };
  }),
);

describe('over the embedded database', () => {
  it.each(abouts)('$essential $phase is investigated with at most eight statements', async (about) => {
    const { desk: one, records } = desk();
    expect(await inquireCauses(one, about, anything, 'cause')).toHaveProperty('kind', 'causes');
    expect(records.length).toBeLessThanOrEqual(8);
    expect(records.length).toBeGreaterThanOrEqual(3);
  });

  it('every other question about an essential keeps to the same bound', async () => {
    const about = { essential: 'SNU', date: null, phase: 'FINAL' as const };
    for (const ask of [
      (one: Desk) => inquireEta(one, about, null),
      (one: Desk) => inquireComparison(one, { ...about, phase: 'PRELIM' }, null),
      (one: Desk) => inquireHistory(one, about, anything),
    ]) {
      const { desk: one, records } = desk();
      await ask(one);
      expect(records.length).toBeLessThanOrEqual(9);
    }
  });

  it('a whole night is told and diagnosed with a handful of statements', async () => {
    const { desk: one, records } = desk();
    const night = await inquireNight(one, { date: null, phase: null });
    if (night.kind !== 'night') throw new Error(night.kind);
    expect(night.entries.length).toBeGreaterThanOrEqual(definitions.length);
    expect(night.entries.some(({ diagnosis }) => diagnosis?.outcome === 'causes')).toBe(true);
    expect(records.length).toBeLessThanOrEqual(7);
  });
});
