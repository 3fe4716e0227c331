import { describe, expect, it } from 'vitest';
import { defaultNow } from '../../../src/playground/world/calendar.ts';
import type { Unit } from '../../../src/playground/world/network.ts';
import type { SimulatedRun } from '../../../src/playground/world/run.ts';
import { visibleAt } from '../../../src/playground/world/truth/glimpse.ts';
import { passOf } from '../../../src/playground/world/truth/pass-of.ts';
import { createWorld } from '../../../src/playground/world/world.ts';

const now = defaultNow(Date.parse('2026-11-22T18:00:00Z'));
const worlds = ['sentry', 'another', 'third'].map((seed) => createWorld({ seed, now }));
const nights = worlds.flatMap((world) => world.simulation.nights.map((night) => ({ ...night, world })));

/** Ended in a way that lets the next step go on, whatever word was written down for it. */
const released = (runs: readonly SimulatedRun[] = []) =>
  Math.min(...runs.filter((run) => run.endedAt && run.story.kind === 'done').map((run) => run.endedAt as number));

describe('the order of steps', () => {
  it('lets no unit begin before every lower step of every essential that lists it is done', () => {
    let checked = 0;
    const early: unknown[] = [];
    for (const night of nights) {
      const prelim = Map.groupBy(
        night.runs.filter((run) => run.pass === 'PRELIM'),
        (run): Unit => run.unit,
      );
      for (const [unit, runs] of prelim) {
        const begin = Math.min(...runs.map((run) => run.startedAt));
        for (const { essential, order } of unit.places) {
          for (const member of essential.members.filter((candidate) => candidate.order < order)) {
            for (const below of member.units) {
              checked++;
              if (released(prelim.get(below)) >= begin) early.push({ night: night.businessDate, unit, below });
            }
          }
        }
      }
    }
    expect(early).toEqual([]);
    expect(checked).toBeGreaterThan(10_000);
  });

  it('lets a unit begin its second pass only after its first', () => {
    const units = nights.flatMap((night) => [...Map.groupBy(night.runs, (run) => run.unit).values()]);
    const early = units.filter((runs) => {
      const ends = runs.filter((run) => run.pass === 'PRELIM').map((run) => run.endedAt ?? Number.POSITIVE_INFINITY);
      return runs.some((run) => run.pass === 'FINAL' && run.startedAt <= Math.max(...ends));
    });
    expect(early).toEqual([]);
  });

  it('runs a shared slice once', () => {
    for (const night of nights.slice(-1)) {
      const shared = night.runs.filter((run) => run.unit.slice === 'GLOBAL_PBSYNTHETICS_CFG' && run.pass === 'PRELIM');
      expect(shared).toHaveLength(1);
      expect(shared[0]?.unit.places.map(({ essential }) => essential.name).sort()).toEqual([
        'PBSynthetics',
        'TB-Derivatives',
      ]);
    }
  });
});

describe('runs by hand', () => {
  it('can be told to belong to the pass that they were meant for, by everybody and at any time', () => {
    let checked = 0;
    for (const night of nights) {
      for (const run of night.runs.filter(
        (candidate) => candidate.trigger === 'ManualTrigger' && !candidate.replacedBy,
      )) {
        for (const at of [run.createdAt, run.startedAt, Number.POSITIVE_INFINITY]) {
          for (const { essential } of run.unit.places) {
            expect(passOf(run, visibleAt(night.runs, at), essential)).toBe(run.pass);
            checked++;
          }
        }
      }
    }
    expect(checked).toBeGreaterThan(200);
  });
});

describe('the past', () => {
  const truths = worlds.map((world) => world.truth());

  it('goes well most of the time', () => {
    for (const truth of truths) {
      const prelims = truth.filter(({ phase }) => phase === 'PRELIM');
      const share = prelims.filter(({ status }) => status === 'SUCCESS').length / prelims.length;
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(0.99);
    }
  });

  it('knows essentials that rerun most nights, and some that rarely do', () => {
    for (const truth of truths) {
      const reran = (essential: string) =>
        truth.filter((t) => t.essential === essential && t.phase === 'FINAL' && t.status !== 'NOT_STARTED').length;
      expect(reran('UPC')).toBeGreaterThan(20);
      expect(reran('TB-Derivatives')).toBeGreaterThan(15);
      expect(reran('TB-SecFIn')).toBeLessThan(13);
      expect(reran('SNU-REG-STRATEGIC')).toBeLessThan(10);
    }
  });

  it('saw the slice that failed last night fail before', () => {
    for (const world of worlds) {
      const failed = world.simulation.nights
        .slice(-11, -1)
        .filter(({ runs }) => runs.some((run) => run.unit.slice === 'EMEA_DERIV_CFG' && run.status === 'FAILED'));
      expect(failed.length).toBeGreaterThanOrEqual(3);
    }
  });
});
