import type { BusinessDate } from '../business-date.ts';
import { SECOND } from '../instant.ts';
import type { Scene } from '../rca/scene.ts';
import { type UnitState, unitsOf } from '../state.ts';
import { comparableNights, usualOf } from './baseline.ts';
import { keyOfState, timesByState } from './unit-keys.ts';
import type { Usual, UsualDuration } from './usual.ts';

/** Below a minute, and below a tenth of what is usual, nothing is unusual. */
const LEAST_SPREAD_S = 60;
const LEAST_SPREAD_SHARE = 0.1;

/**
 * How long units took tonight beside what they usually take, the most unusual first; without history, or without a run, last.
 * `meant` narrows the units that count to those asked about.
 */
export function durationsOf(scene: Scene, meant: (unit: UnitState) => boolean = () => true): UsualDuration[] {
  const { nights, calendar } = comparableNights(scene.past, scene.businessDate);
  const timesOf = timesByState(scene.tonight);
  return unitsOf(scene.state)
    .filter(meant)
    .map((unit): UsualDuration => {
      const key = keyOfState(unit, timesOf(unit));
      const before = nights.flatMap((night): PastRun[] => {
        const runS = key === null ? null : (night.units.get(key)?.runS ?? null);
        return runS === null ? [] : [{ date: night.businessDate, runS }];
      });
      const actualS = actualOf(unit, scene.asOf);
      return {
        datasetId: unit.datasetId,
        slice: unit.slice,
        actualS,
        running: unit.decisive !== null && unit.decisive.endedAt === null,
        usual: usualOf(
          before.map((run) => run.runS),
          calendar,
        ),
        ...(actualS === null ? { longerThan: null, lastAsLong: null } : rankOf(actualS, before)),
      };
    })
    .sort((a, b) => unusualness(b) - unusualness(a));
}

interface PastRun {
  date: BusinessDate;
  runS: number;
}

/** Of the decisive attempt: what came before it was no run of the data. */
function actualOf({ decisive }: UnitState, asOf: number): number | null {
  if (decisive === null || decisive.startedAt > asOf) return null;
  return Math.round(((decisive.endedAt ?? asOf) - decisive.startedAt) / SECOND);
}

/** `before` newest first. */
function rankOf(actualS: number, before: readonly PastRun[]): Pick<UsualDuration, 'longerThan' | 'lastAsLong'> {
  if (before.length === 0) return { longerThan: null, lastAsLong: null };
  return {
    longerThan: { of: before.filter((run) => run.runS < actualS).length, dates: before.length },
    lastAsLong: before.find((run) => run.runS >= actualS)?.date ?? null,
  };
}

/** How many of its usual spreads a unit is above its median. */
function unusualness({ actualS, usual }: Pick<UsualDuration, 'actualS' | 'usual'>): number {
  if (actualS === null || usual === null) return -Number.MAX_VALUE;
  return (actualS - usual.p50) / spreadOf(usual);
}

function spreadOf({ p50, p90 }: Usual): number {
  return Math.max(p90 - p50, p50 * LEAST_SPREAD_SHARE, LEAST_SPREAD_S);
}
