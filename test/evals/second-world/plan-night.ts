import { createRandom } from '../../../src/playground/world/random.ts';
import { HOUR, isFriday, isMonthEnd, localInstant, MINUTE } from './dates.ts';
import { needsOf } from './needs.ts';
import { planUnit } from './plan-unit.ts';
import type { Phase, PlannedRun, Tonight } from './planned.ts';
import { type Essential, unitKey, unitsOf, type World } from './world.ts';

/** One phase of one business date. */
export interface PhasePlan {
  date: string;
  phase: Phase;
  /** When the pass begins by the timetable. */
  beginsAt: number;
  runs: readonly PlannedRun[];
  /** When each unit succeeded, by unit key; null for one that did not. Units that are not part of this pass are missing. */
  doneAt: ReadonlyMap<string, number | null>;
}

export function passBegins(world: World, date: string, phase: Phase): number {
  const first = localInstant(date, world.startHour + (isFriday(date) ? world.fridayShift : 0), world.zone);
  return phase === 'PRELIM' ? first : first + (world.finalAfter ?? 0) * HOUR;
}

/**
 * Writes the timetable of one phase for one date. A unit starts after the lower steps of every essential that lists it, and
 * never where one of those has not succeeded. The same date and phase always draw the same chances: what differs between two
 * plans is `tonight` and what follows from it.
 */
export function planPhase(
  world: World,
  seed: string,
  date: string,
  phase: Phase,
  tonight: Tonight,
  extra: ReadonlySet<string> = new Set(),
): PhasePlan {
  const beginsAt = passBegins(world, date, phase);
  const night = createRandom(seed, date, phase);
  const nightFactor = night.spread(world.nightSigma) * (isMonthEnd(date) ? world.monthEndFactor : 1);
  const doneAt = new Map<string, number | null>();
  const runs: PlannedRun[] = [];
  const gates = new Map<readonly string[], number | null>();
  for (const dataset of [...world.datasets].sort((a, b) => a.rank - b.rank)) {
    const together = createRandom(seed, date, phase, dataset.id);
    const offset = dataset.startOffset * together.spread(0.15) * MINUTE;
    for (const unit of dataset.units) {
      const key = unitKey(dataset, unit);
      if (phase === 'FINAL' && !unit.inFinal && !extra.has(key)) continue;
      const deviation = tonight.units.get(key) ?? {};
      const needs = needsOf(world, dataset, unit);
      if (!gates.has(needs)) gates.set(needs, gateOf(needs, { beginsAt, doneAt }));
      const gate = gates.get(needs) ?? null;
      doneAt.set(key, null);
      if (gate === null || deviation.absent) continue;
      const random = createRandom(seed, date, phase, key);
      const start = gate + offset + random.between(0, 40) * 1000 + (deviation.delay ?? 0) * 1000;
      const planned = planUnit(random, Math.floor(start), {
        world,
        dataset,
        unit,
        date,
        phase,
        nightFactor,
        deviation,
        tonight,
      });
      runs.push(...planned.runs);
      doneAt.set(key, planned.doneAt);
    }
  }
  return { date, phase, beginsAt, runs, doneAt };
}

/** When everything that a unit waits for is done; null when something is not. */
export function gateOf(
  needs: readonly string[],
  { beginsAt, doneAt }: Pick<PhasePlan, 'beginsAt' | 'doneAt'>,
): number | null {
  let gate = beginsAt;
  for (const key of needs) {
    const done = doneAt.get(key);
    if (done === null) return null;
    if (done !== undefined && done > gate) gate = done;
  }
  return gate;
}

/** First start and, once every unit has succeeded, last end of an essential's units in a phase. */
export function spanOf(plan: PhasePlan, essential: Essential): { startedAt: number | null; endedAt: number | null } {
  const keys = new Set(keysOf(essential));
  const starts = plan.runs.filter((run) => keys.has(unitKey(run.dataset, run.unit))).map((run) => run.createdAt);
  const ends = [...keys].map((key) => plan.doneAt.get(key)).filter((end) => end !== undefined);
  return {
    startedAt: starts.length > 0 ? Math.min(...starts) : null,
    endedAt: ends.length > 0 && ends.every((end) => end !== null) ? Math.max(...(ends as number[])) : null,
  };
}

export function keysOf(essential: Essential): string[] {
  return essential.members.flatMap((member) => unitsOf(member).map((unit) => unitKey(member.dataset, unit)));
}
