import { isMonthEnd, wallClock } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { Circumstances } from './circumstances.ts';
import { type Essential, HOUR, MINUTE, type Platform, type Unit, unitsOf } from './platform.ts';
import { type PhaseResult, simulatePhase } from './scheduler.ts';

/** What chance decides about a night before anything goes wrong. */
export interface NightPlan {
  businessDate: string;
  /** Factor of the whole night. */
  pace: number;
  prelim: { begin: ReadonlyMap<Essential, number>; beginForeign: number };
  /** Who wants a second pass, and of which units. */
  final: { begin: ReadonlyMap<Essential, number>; beginForeign: number; units: ReadonlySet<Unit> };
  dawn: number;
  /** Midnight at which the business date begins, in the zone. */
  midnight: number;
}

export interface Night {
  plan: NightPlan;
  prelim: PhaseResult;
  /** Null where no essential had a second pass. */
  final: PhaseResult | null;
}

export function planNight(platform: Platform, businessDate: string, random: Random): NightPlan {
  const midnight = wallClock(businessDate, 0, 0, 0, platform.zone);
  const eve = midnight + platform.prelimMinute * MINUTE;
  const dawn = eve + platform.finalAfter * MINUTE;
  const beginAt = (essential: Essential, base: number) =>
    base + essential.offset + random.between(-1, 1) * random.next() * platform.beginSpread;
  const together = random.next();
  const wanting = platform.essentials.filter(
    ({ finalChance }) => (platform.finalTogether ? together : random.next()) < finalChance,
  );
  // Now and then the business asks for a little more than usual.
  const more = random.chance(0.15) ? 0.1 : 0;
  const rerun = wanting.flatMap((essential) =>
    unitsOf(essential).filter(
      (unit) =>
        unit.usualInFinal || (more > 0 && (platform.finalTogether || unit.places.length === 1) && random.chance(more)),
    ),
  );
  return {
    businessDate,
    pace: random.spread(platform.nightSigma) * (isMonthEnd(businessDate) ? platform.monthEnd : 1),
    prelim: {
      begin: new Map(platform.essentials.map((essential) => [essential, beginAt(essential, eve)])),
      beginForeign: eve + random.between(0, 90) * MINUTE,
    },
    final: {
      begin: new Map(wanting.map((essential) => [essential, beginAt(essential, dawn)])),
      beginForeign: dawn + random.between(0, 90) * MINUTE,
      units: new Set(rerun),
    },
    dawn,
    midnight,
  };
}

export interface NightInput {
  platform: Platform;
  plan: NightPlan;
  randomOf(unit: Unit, phase: 'PRELIM' | 'FINAL'): Random;
}

/** Both passes of a night, to their end. */
export function simulateNight(input: NightInput, prelim: Circumstances, final: Circumstances): Night {
  const first = simulatePrelim(input, prelim);
  return { plan: input.plan, prelim: first, final: simulateFinal(input, first, final) };
}

const shared = ({ platform, plan }: NightInput) => ({
  platform,
  businessDate: plan.businessDate,
  pace: plan.pace,
  dawn: plan.dawn,
});

export function simulatePrelim(input: NightInput, circumstances: Circumstances): PhaseResult {
  return simulatePhase({
    ...shared(input),
    ...input.plan.prelim,
    phase: 'PRELIM',
    units: new Set(input.platform.units),
    circumstances,
    randomOf: (unit) => input.randomOf(unit, 'PRELIM'),
  });
}

/** The second pass, of essentials whose first pass ended, and not a day late; null where there is none. */
export function simulateFinal(input: NightInput, first: PhaseResult, circumstances: Circumstances): PhaseResult | null {
  const { platform, plan } = input;
  const done = (essential: Essential) =>
    Math.max(...unitsOf(essential).map((unit) => first.doneAt.get(unit) ?? Number.POSITIVE_INFINITY));
  const able = [...plan.final.begin].filter(([essential]) => done(essential) < plan.dawn + 2 * HOUR);
  const all = able.length === plan.final.begin.size;
  const begin = new Map(platform.finalTogether && !all ? [] : able);
  const units = [...plan.final.units].filter((unit) => unit.places.some(({ essential }) => begin.has(essential)));
  if (units.length === 0) return null;
  for (const [essential, at] of begin) begin.set(essential, Math.max(at, done(essential) + 10 * MINUTE));
  return simulatePhase({
    ...shared(input),
    begin,
    beginForeign: plan.final.beginForeign,
    phase: 'FINAL',
    units: new Set(units),
    circumstances,
    randomOf: (unit) => input.randomOf(unit, 'FINAL'),
  });
}
