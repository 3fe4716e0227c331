import { lastNightOf, PLATFORM_ZONE } from './calendar.ts';
import { lenzDocuments } from './definitions.ts';
import { tablesOf } from './rows.ts';
import { type Simulation, simulate } from './simulation.ts';
import type { WorldTables } from './tables.ts';
import { type PhaseTruth, truthAt } from './truth/truth.ts';

export interface WorldOptions {
  /** The same seed and night give the same world. */
  seed: string;
  /** Epoch milliseconds, UTC. The last night is that of the latest weekday whose evening (19:00) is not after it. */
  now: number;
  /** Where the platform keeps its hours; default America/New_York. */
  zone?: string;
}

/** An overnight batch platform, simulated from its causes. */
export interface World {
  readonly now: number;
  readonly zone: string;
  /** Oldest first; the last one is the last night's. */
  readonly businessDates: readonly string[];
  /** The documents that Lenz serves, by essential name. */
  readonly definitions: Readonly<Record<string, unknown>>;
  /**
   * Both databases. The last night is told to its end, so that some rows lie after `now`: readers see it play out by
   * leaving out what the clock has not reached.
   */
  readonly tables: WorldTables;
  /** What is true at a moment (default: `now`) of every essential, pass and business date begun by then. */
  truth(at?: number): PhaseTruth[];
  /** The events themselves. */
  readonly simulation: Simulation;
}

/** Makes a world. Deterministic; takes well under a second, with the tables written on first use. */
export function createWorld(options: WorldOptions): World {
  const { seed, now, zone = PLATFORM_ZONE } = options;
  const simulation = simulate({ seed, now, zone });
  let tables: WorldTables | undefined;
  return {
    now,
    zone,
    businessDates: simulation.nights.map((night) => night.businessDate),
    definitions: lenzDocuments(),
    get tables() {
      tables ??= tablesOf(simulation, seed);
      return tables;
    },
    truth: (at = now) => truthAt(simulation, at, lastNightOf(at, zone)),
    simulation,
  };
}
