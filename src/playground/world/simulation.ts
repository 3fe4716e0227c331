import { lastNightOf, weekdaysUntil } from './calendar.ts';
import { historyScript } from './history-script.ts';
import { lastNightScript } from './last-night-script.ts';
import { buildNetwork, type Network, type Unit } from './network.ts';
import { simulateNight } from './night.ts';
import { createRandom } from './random.ts';
import { takeOverRows } from './rewriting.ts';
import type { SimulatedRun } from './run.ts';

/** Business dates of history, the last night included. */
const NIGHTS = 30;

export interface Night {
  businessDate: string;
  runs: SimulatedRun[];
}

/** Everything that happened, or will have happened by the end of the last night. */
export interface Simulation {
  network: Network;
  /** Oldest first. */
  nights: Night[];
}

export function simulate(options: { seed: string; now: number; zone: string }): Simulation {
  const { seed, zone } = options;
  const network = buildNetwork();
  const recurring = network.units.find((unit) => unit.slice === 'EMEA_DERIV_CFG') as Unit;
  const dates = weekdaysUntil(lastNightOf(options.now, zone), NIGHTS);
  const nights = dates.map((businessDate, i): Night => {
    const ago = NIGHTS - 1 - i;
    const script = ago === 0 ? lastNightScript(network, businessDate, zone) : historyScript(ago, recurring);
    const runs = simulateNight({ network, businessDate, zone, seed, script });
    takeOverRows(runs, zone, createRandom(seed, businessDate, 'bookkeeping'));
    return { businessDate, runs };
  });
  return { network, nights };
}
