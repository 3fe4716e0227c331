import { type Essential, type Unit, unitKey } from '../network.ts';
import type { Pass, SimulatedRun } from '../run.ts';
import type { Night } from '../simulation.ts';
import { visibleAt } from './glimpse.ts';
import { passOf } from './pass-of.ts';

/** The attempts that were seen, by unit key. */
export type Attempts = ReadonlyMap<string, readonly SimulatedRun[]>;

export interface NightView {
  businessDate: string;
  /** Attempts of this essential's units in a pass. */
  attempts(essential: Essential, pass: Pass): Attempts;
}

/** What could be seen of a night at `at`. Runs of foreign slices and runs without an id are nobody's attempts. */
export function viewNight(night: Night, at: number): NightView {
  const visible = visibleAt(night.runs, at);
  const byUnit = Map.groupBy(
    visible.filter((run) => !run.idLost),
    (run) => run.unit,
  );
  const known = new Map<string, Attempts>();
  return {
    businessDate: night.businessDate,
    attempts(essential, pass) {
      const name = `${essential.name} ${pass}`;
      const attempts = known.get(name) ?? attemptsOf(essential, pass);
      known.set(name, attempts);
      return attempts;
    },
  };

  function attemptsOf(essential: Essential, pass: Pass): Attempts {
    const attempts = new Map<string, readonly SimulatedRun[]>();
    for (const unit of essential.members.flatMap((member): Unit[] => member.units)) {
      const runs = (byUnit.get(unit) ?? []).filter((run) => passOf(run, visible, essential) === pass);
      if (runs.length > 0) attempts.set(unitKey(unit.pipeline.datasetId, unit.slice), runs);
    }
    return attempts;
  }
}
