import { attemptUnit, type UnitOutcome } from './attempt.ts';
import { type AttemptPlan, success } from './attempt-plan.ts';
import type { Essential, Unit } from './network.ts';
import type { Random } from './random.ts';
import type { Pass } from './run.ts';

export interface PassInput {
  businessDate: string;
  pass: Pass;
  /** Who takes part. */
  units: ReadonlySet<Unit>;
  /** When the pass begins for an essential; without an entry it has no say in this pass. */
  begin: ReadonlyMap<Essential, number>;
  /** When units of no essential begin. */
  beginForeign: number;
  /** Units that do not go as usual. */
  incidents: ReadonlyMap<Unit, readonly AttemptPlan[]>;
  /** No unit begins before this, e.g. the end of its first pass. */
  notBefore?: (unit: Unit) => number;
  pace: number;
  random: Random;
}

/**
 * One pass over the platform: a unit begins once every lower step of every essential that lists it is done. Whatever waits
 * for something that never ends never begins.
 */
export function simulatePass(input: PassInput): Map<Unit, UnitOutcome> {
  const outcomes = new Map<Unit, UnitOutcome>();
  const underWay = new Set<Unit>();

  const outcomeOf = (unit: Unit): UnitOutcome => {
    const known = outcomes.get(unit);
    if (known) return known;
    if (underWay.has(unit)) throw new Error(`${unit.pipeline.datasetId} ${unit.slice} waits for itself.`);
    underWay.add(unit);
    const readyAt = Math.max(ready(unit), input.notBefore?.(unit) ?? 0);
    const planned = input.incidents.get(unit);
    // What is planned apart leaves the stream of chance where it would have been without it.
    const drawn = planned === undefined || planned.some((plan) => plan.apart);
    const usual = success(drawn && input.random.chance(0.015) ? RETRIED_INSIDE : {});
    const plans = planned ?? [usual];
    const outcome = Number.isFinite(readyAt)
      ? attemptUnit(unit, plans, { ...input, readyAt })
      : { runs: [], releasedAt: Number.POSITIVE_INFINITY };
    outcomes.set(unit, outcome);
    return outcome;
  };

  const ready = (unit: Unit): number => {
    const begins = unit.places.flatMap(({ essential, order }) => {
      const begin = input.begin.get(essential);
      return begin === undefined ? [] : [Math.max(begin, stepsBelow(essential, order))];
    });
    return begins.length > 0 ? Math.max(...begins) : input.beginForeign;
  };

  const barriers = new Map<Essential, Map<number, number>>();
  const stepsBelow = (essential: Essential, order: number): number => {
    const known = barriers.get(essential) ?? new Map<number, number>();
    barriers.set(essential, known);
    const found = known.get(order);
    if (found !== undefined) return found;
    let done = 0;
    for (const member of essential.members) {
      if (member.order >= order) break;
      for (const unit of member.units) if (input.units.has(unit)) done = Math.max(done, outcomeOf(unit).releasedAt);
    }
    known.set(order, done);
    return done;
  };

  for (const unit of input.units) outcomeOf(unit);
  return outcomes;
}

/** Airflow tried its longest task twice, and nobody noticed. */
const RETRIED_INSIDE: Partial<AttemptPlan> = { length: 1.25, story: { kind: 'done', tries: 2 } };
