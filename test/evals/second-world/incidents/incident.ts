import type {
  Family,
  GeneratedNight,
  NightKind,
  TrueCause,
  Withheld,
} from '../../../../src/playground/world/nights/generated-night.ts';
import { createRandom } from '../../../../src/playground/world/random.ts';
import type { WorldTables } from '../../../../src/playground/world/tables.ts';
import { addDays } from '../dates.ts';
import { allKeys } from '../history.ts';
import { lenzDocument } from '../lenz-document.ts';
import { type PhasePlan, planPhase, spanOf } from '../plan-night.ts';
import { type Deviation, type Phase, type Tonight, USUAL } from '../planned.ts';
import { iso, NO_KEYS } from '../stage.ts';
import type { World } from '../world.ts';
import { writeNight } from '../write-night.ts';
import { type BankOptions, bank } from './bank.ts';

/** A night made by hand, told in a sentence or two. */
export interface Incident {
  name: string;
  story: string;
  night: GeneratedNight;
}

/** What is told of an incident; the rest of the night is as always. Times are `HH:MM[:SS]`, UTC, with `+1` for the day after the business date. */
export interface Telling {
  name: string;
  story: string;
  now: string;
  /** By `datasetId|slice`; an unnamed unit is `datasetId|`. */
  tonight?: Readonly<Record<string, Deviation>>;
  outage?: { operator: string; from: string; to: string };
  /** A host that tonight runs nothing but what `tonight` puts there. */
  badHost?: string;
  /** The same for earlier nights, counted back from 1. */
  earlier?: Readonly<Record<number, Readonly<Record<string, Deviation>>>>;
  causes?: readonly TrueCause[];
  asks?: string;
  phase?: Phase;
  withheld?: Withheld;
  bank?: BankOptions;
  /** Last touches on the rows. */
  edit?(tables: WorldTables, at: (time: string) => number): WorldTables;
  repaired?: readonly { datasetId: string; slice: string | null }[];
}

export function cause(
  family: Family,
  datasetId: string,
  slices: readonly (string | null)[] = [],
  taskIds: readonly string[] = [],
): TrueCause {
  return { ...NO_KEYS, family, datasetId, slices, taskIds };
}

export function incident(telling: Telling): Incident {
  const { name, story, phase = 'PRELIM' } = telling;
  const world = bank(telling.bank);
  const at = (time: string) => instantOf(time, world.tonight);
  const deviations = (units: Readonly<Record<string, Deviation>> = {}): Tonight => ({
    ...USUAL,
    units: known(world, units),
  });
  const past = world.history.flatMap((date, index) => {
    const prelim = planPhase(world, name, date, 'PRELIM', deviations(telling.earlier?.[world.history.length - index]));
    // What the second passes were like matters little where the first is asked about.
    const recent = index >= world.history.length - 5;
    return phase === 'FINAL' || recent ? [prelim, planPhase(world, name, date, 'FINAL', USUAL)] : [prelim];
  });
  const outage = telling.outage
    ? { operator: telling.outage.operator, from: at(telling.outage.from), to: at(telling.outage.to) }
    : null;
  const avoid = telling.badHost ? { host: telling.badHost, from: 0, to: Number.POSITIVE_INFINITY } : null;
  const plan = planPhase(world, name, world.tonight, phase, { ...deviations(telling.tonight), outage, avoid });
  const causes = (telling.causes ?? []).map((each) => withWindow(each, plan));
  const plans = phase === 'FINAL' ? [planPhase(world, name, world.tonight, 'PRELIM', USUAL), plan] : [plan];
  const tables = writeNight(world, past, plans, null);
  const asked = world.essentials.find((essential) => essential.name === (telling.asks ?? 'TB-Ledger'));
  if (!asked) throw new Error(`${name} asks about an essential that the bank does not have.`);
  const night: GeneratedNight = {
    seed: name,
    kind: kindOf(telling),
    families: causes.map((each) => each.family),
    zone: world.zone,
    now: at(telling.now),
    essential: asked.name,
    businessDate: world.tonight,
    phase,
    definitions: Object.fromEntries(
      world.essentials.map((each) => [each.name, lenzDocument(createRandom(name, each.name), each)]),
    ),
    tables: telling.edit?.(tables, at) ?? tables,
    truth: {
      causes,
      withheld: telling.withheld ?? null,
      ...spanOf(plan, asked),
      herrings: [],
      repaired: telling.repaired ?? [],
    },
  };
  return { name, story, night };
}

/** The window of an outage goes from its first to its last symptom. */
function withWindow(each: TrueCause, plan: PhasePlan): TrueCause {
  if (each.operator === null) return each;
  const times = plan.runs
    .flatMap((run) => run.tasks)
    .filter((task) => task.state === 'failed' && task.recipe.operator === each.operator)
    .map((task) => task.endedAt as number);
  return { ...each, window: { from: iso(Math.min(...times)), to: iso(Math.max(...times)) } };
}

function kindOf({ causes = [], withheld, tonight, earlier }: Telling): NightKind {
  if (withheld) return 'withheld';
  if (causes.length > 0) return causes.length > 1 ? 'pair' : 'single';
  return tonight || earlier ? 'noisy' : 'healthy';
}

/** A slip in a unit's name would silently make a healthy night. */
function known(world: World, units: Readonly<Record<string, Deviation>>): Map<string, Deviation> {
  const keys = allKeys(world);
  const unknown = Object.keys(units).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`The bank has no unit ${unknown}.`);
  return new Map(Object.entries(units));
}

function instantOf(time: string, date: string): number {
  const [clock, days] = time.split('+') as [string, string?];
  return Date.parse(`${addDays(date, Number(days ?? 0))}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}
