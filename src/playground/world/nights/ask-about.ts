import type { Random } from '../random.ts';
import { noCircumstances } from './circumstances.ts';
import type { Night } from './night.ts';
import { type Phase, type Unit, unitsOf } from './platform.ts';
import type { PhaseResult } from './scheduler.ts';
import { participants, type Site } from './site.ts';
import type { World } from './world.ts';

export const phaseOf = (night: Night, phase: Phase): PhaseResult | null =>
  phase === 'PRELIM' ? night.prelim : night.final;

/** Chooses an essential and a phase of it that is worth a question; null where the night has none. */
export function askAbout(world: World, prelim: boolean, random: Random): Site | null {
  const { platform, businessDate, plan } = world;
  const phase: Phase = prelim ? 'PRELIM' : 'FINAL';
  const calm = calmOf(world, phase);
  const able = platform.essentials.filter((essential) => prelim || plan.final.begin.has(essential));
  if (!calm || able.length === 0) return null;
  const site: Site = {
    platform,
    essential: random.pick(able),
    businessDate,
    midnight: plan.midnight,
    phase,
    calm,
    pace: plan.pace,
    // Only some faults need the past, and it is most of the work.
    get past() {
      return pastOf(world, phase);
    },
    taken: new Set(),
    random,
  };
  const ran = participants(site);
  if (ran.length === 0) return null;
  if (phase === 'PRELIM') return site;
  const owed = owedAgain(site);
  return owed?.every((unit) => ran.includes(unit)) ? site : null;
}

const calms = new WeakMap<World, Map<Phase, PhaseResult | null>>();

/** The phase with nothing put into it: the same for every question. */
function calmOf(world: World, phase: Phase): PhaseResult | null {
  const known = calms.get(world) ?? new Map<Phase, PhaseResult | null>();
  calms.set(world, known);
  const found = known.get(phase);
  if (found !== undefined) return found;
  const calm = world.phaseTonight(phase, noCircumstances());
  known.set(phase, calm);
  return calm;
}

const pasts = new WeakMap<World, Map<Phase, Site['past']>>();

function pastOf(world: World, phase: Phase): Site['past'] {
  const known = pasts.get(world) ?? new Map<Phase, Site['past']>();
  pasts.set(world, known);
  const found = known.get(phase);
  if (found) return found;
  const past = world.history().flatMap((night) => {
    const result = phaseOf(night, phase);
    return result ? [{ midnight: night.plan.midnight, result }] : [];
  });
  known.set(phase, past);
  return past;
}

/** What a second pass owes: whatever it reran on half of the last ten dates on which it reran anything; null when unclear. */
function owedAgain({ essential, past }: Site): Unit[] | null {
  const mine = unitsOf(essential);
  const reran = past
    .map(({ result }) => new Set(result.runs.map((run) => run.unit)))
    .filter((units) => mine.some((unit) => units.has(unit)))
    .slice(-10);
  if (reran.length < 3) return null;
  return mine.filter((unit) => reran.filter((units) => units.has(unit)).length >= reran.length / 2);
}
