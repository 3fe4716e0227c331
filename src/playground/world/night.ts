import type { UnitOutcome } from './attempt.ts';
import type { AttemptPlan } from './attempt-plan.ts';
import { FINAL_HOUR, isFriday, isMonthEnd, PRELIM_HOUR, wallClock } from './calendar.ts';
import type { Essential, Network, Unit } from './network.ts';
import { simulatePass } from './pass.ts';
import { createRandom, type Random } from './random.ts';
import type { Pass, SimulatedRun } from './run.ts';

const MINUTE = 60_000;

/** So rare that a shared unit never becomes usual for one essential while the other one has no second pass. */
const SHARED_RERUN = 0.05;

/** What makes one night different from another. */
export interface NightScript {
  /** Units that do not go as usual, once it is known who takes part. */
  incidents(pass: Pass, takingPart: readonly Unit[], random: Random): Map<Unit, readonly AttemptPlan[]>;
  /** Who has a second pass at all, where chance is not to decide. */
  finals?: ReadonlySet<string>;
}

interface NightInput {
  network: Network;
  businessDate: string;
  zone: string;
  seed: string;
  script: NightScript;
}

/** Both passes of one business date, to their end. */
export function simulateNight(input: NightInput): SimulatedRun[] {
  const { network, businessDate, zone, script } = input;
  const pace = isMonthEnd(businessDate) ? 1.33 : 1;

  const evening = createRandom(input.seed, businessDate, 'PRELIM');
  const eve = wallClock(businessDate, 0, PRELIM_HOUR, 0, zone);
  const everyone = new Set(network.units);
  const prelim = simulatePass({
    businessDate,
    pass: 'PRELIM',
    units: everyone,
    begin: new Map(network.essentials.map((essential, i) => [essential, eve + (i + evening.between(0, 4)) * MINUTE])),
    beginForeign: eve + evening.between(15, 40) * MINUTE,
    incidents: script.incidents('PRELIM', owned(everyone), evening),
    pace,
    random: evening,
  });

  const morning = createRandom(input.seed, businessDate, 'FINAL');
  // Now and then the business looks at Friday's figures on Monday only.
  const days = isFriday(businessDate) && !script.finals && morning.chance(0.25) ? 3 : 1;
  const dawn = wallClock(businessDate, days, FINAL_HOUR, 0, zone);
  const begin = new Map<Essential, number>();
  for (const [i, essential] of network.essentials.entries()) {
    const wanted = script.finals ? script.finals.has(essential.name) : morning.chance(essential.final.chance);
    const done = prelimDone(essential, prelim);
    const from = dawn + (2 + i + morning.between(0, 5)) * MINUTE;
    if (wanted && Number.isFinite(done)) begin.set(essential, Math.max(from, done + 10 * MINUTE));
  }
  const again = new Set(network.units.filter((unit) => rerun(unit, begin, prelim, morning, !script.finals)));
  const final = simulatePass({
    businessDate,
    pass: 'FINAL',
    units: again,
    begin,
    beginForeign: dawn + morning.between(5, 50) * MINUTE,
    incidents: script.incidents('FINAL', owned(again), morning),
    notBefore: (unit) => lastSign(prelim.get(unit)) + 2 * MINUTE,
    pace: pace * 0.8,
    random: morning,
  });

  return [...prelim.values(), ...final.values()].flatMap((outcome) => outcome.runs);
}

function owned(units: ReadonlySet<Unit>): Unit[] {
  return [...units].filter((unit) => unit.places.length > 0);
}

function prelimDone(essential: Essential, prelim: ReadonlyMap<Unit, UnitOutcome>): number {
  const ends = essential.members.flatMap((member) => member.units.map((unit) => prelim.get(unit)?.releasedAt ?? 0));
  return Math.max(...ends);
}

function lastSign(outcome: UnitOutcome | undefined): number {
  return Math.max(0, ...(outcome?.runs ?? []).map((run) => run.endedAt ?? run.heartbeatAt ?? 0));
}

/** Whether a unit takes part in the second pass. Shared units do only when all who list them have one. */
function rerun(
  unit: Unit,
  begin: ReadonlyMap<Essential, number>,
  prelim: ReadonlyMap<Unit, UnitOutcome>,
  random: Random,
  byChance: boolean,
): boolean {
  if (!Number.isFinite(prelim.get(unit)?.releasedAt)) return false;
  if (unit.places.length === 0) return random.chance(0.2);
  if (!unit.places.every(({ essential }) => begin.has(essential))) return false;
  if (unit.places.length > 1) return byChance && random.chance(SHARED_RERUN);
  const { usual, extra } = (unit.places[0] as Unit['places'][number]).essential.final;
  if (usual.test(unit.slice ?? '')) return !byChance || !random.chance(0.004);
  return random.chance(extra);
}
