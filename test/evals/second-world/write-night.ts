import type { WorldTables } from '../../../src/playground/world/tables.ts';
import { createLedger } from './ledger.ts';
import type { PhasePlan } from './plan-night.ts';
import type { World } from './world.ts';

/** All rows, earlier nights first, each in the order of creation. With `asOf`, tonight's rows are those of a copy made then. */
export function writeNight(
  world: World,
  past: readonly PhasePlan[],
  tonight: readonly PhasePlan[],
  asOf: number | null,
): WorldTables {
  const ledger = createLedger(world, 70_000 + (Math.floor(past[0]?.beginsAt ?? 0) % 900_000));
  const byCreation = (plans: readonly PhasePlan[]) =>
    plans.flatMap((plan) => plan.runs).sort((a, b) => a.createdAt - b.createdAt);
  for (const run of byCreation(past)) ledger.write(run, null);
  for (const run of byCreation(tonight)) ledger.write(run, asOf);
  return ledger.tables;
}
