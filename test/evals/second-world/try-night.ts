import type { Family, GeneratedNight, NightKind } from '../../../src/playground/world/nights/generated-night.ts';
import { createRandom } from '../../../src/playground/world/random.ts';
import { drawClock } from './clock.ts';
import { isFriday, MINUTE } from './dates.ts';
import { drawWorld, fridaysIn } from './draw-world.ts';
import { drawHerrings } from './herrings.ts';
import { planHistory } from './history.ts';
import { lenzDocument } from './lenz-document.ts';
import { drawNoise } from './noise.ts';
import { keysOf, type PhasePlan, planPhase, spanOf } from './plan-night.ts';
import { type Phase, type Tonight, USUAL } from './planned.ts';
import { plantFaults } from './plant-faults.ts';
import type { Spell } from './stage.ts';
import { drawWithheld, withoutProof } from './withhold.ts';
import { unitKey, type World } from './world.ts';
import { writeNight } from './write-night.ts';

interface Wanted {
  seed: string;
  kind: NightKind;
  families: readonly Family[];
}

const TIMING: readonly Family[] = ['late_start', 'queue_delay', 'slow_run', 'data_skew', 'bad_host'];
const WIDE: readonly Family[] = ['shared_dependency', 'bad_host'];

/** One draw of a world and a night in it; null where what is wanted has no clear place there. */
export function tryNight({ seed, kind, families }: Wanted, attempt: number): GeneratedNight | null {
  const worldSeed = `second/${seed}/${kind}/${families.join('+')}/${attempt}`;
  const random = createRandom(worldSeed, 'night');
  const has = (wanted: readonly Family[]) => families.some((family) => wanted.includes(family));
  const withheld = kind === 'withheld' ? drawWithheld(random, families[0] as Family) : null;
  const phase: Phase = withheld !== 'history' && random.chance(0.3) ? 'FINAL' : 'PRELIM';
  const world = drawWorld(worldSeed, {
    final: phase === 'FINAL',
    monthEnd: kind === 'noisy' && random.chance(0.25),
    wide: has(WIDE) || kind === 'pair',
    sliced: has(['data_skew', 'missed_trigger']),
    steps: kind === 'pair' || (has(TIMING) && random.chance(0.8)),
    long: has(TIMING),
  });
  if (world.fridayShift > 0 && isFriday(world.tonight) && fridaysIn(world) < 4) return null;
  const essential = random.chance(0.7) ? world.essentials[0] : random.pick(world.essentials);
  if (!essential) return null;

  const faulty = families.length > 0;
  const herrings =
    faulty && random.chance(0.5) ? drawHerrings(random, world, essential, phase, has(TIMING) || has(WIDE)) : null;
  const noise = kind === 'noisy' ? drawNoise(random, world, essential, phase) : null;
  const extras = herrings ?? noise;
  const usual = planPhase(world, worldSeed, world.tonight, phase, USUAL);
  const ours = new Set(keysOf(essential));
  if (!usual.runs.some((run) => ours.has(unitKey(run.dataset, run.unit)))) return null;

  // Most draws that come to nothing do so before anybody looks back.
  let history: PhasePlan[] | null = null;
  const past = () => (history ??= planHistory(world, worldSeed, extras?.memories ?? new Map()));
  const pastOfPhase = () => past().filter((plan) => plan.phase === phase);

  const base: Tonight = { ...USUAL, units: extras?.units ?? new Map() };
  const plant = { world, essential, phase, usual, past: pastOfPhase, random, severity: 1 + (attempt % 6) * 0.15 };
  const planted = plantFaults(plant, families, base);
  if (planted === null) return null;
  const plan = planPhase(world, worldSeed, world.tonight, phase, planted.tonight);
  const judged = planted.judge(plan);
  if (judged === null || (phase === 'FINAL' && pastOfPhase().length < 5)) return null;

  const spells = settled(
    judged.spells ?? spellsOfHealth(plan, spanOf(usual, essential)),
    plan,
    extras?.units ?? new Map(),
  );
  if (spells.length === 0) return null;
  const plans = tonightsPlans(world, worldSeed, plan, !faulty && random.chance(0.6));
  const now = betweenTheBooks(drawClock(random, spells, world.tonight, world.zone), plans);
  const tables = writeNight(world, past(), plans, random.chance(0.5) ? now : null);
  const span = spanOf(plan, essential);
  return {
    seed,
    kind,
    families,
    zone: world.zone,
    now,
    essential: essential.name,
    businessDate: world.tonight,
    phase,
    definitions: Object.fromEntries(world.essentials.map((each) => [each.name, lenzDocument(random, each)])),
    tables: withheld === null ? tables : withoutProof(tables, withheld, world.tonight),
    truth: {
      causes: withheld === null ? judged.causes : [],
      withheld,
      startedAt: span.startedAt,
      endedAt: span.endedAt,
      herrings: [...(herrings?.words ?? []), ...(noise?.words ?? [])],
      repaired: repairedOf(plan)
        .filter(({ key }) => ours.has(key))
        .map(({ key: _, ...unit }) => unit),
    },
  };
}

/** The other pass of the date: the first one before the second; the second one after the first where it `follows`. */
function tonightsPlans(world: World, seed: string, plan: PhasePlan, follows: boolean): PhasePlan[] {
  if (plan.phase === 'FINAL') return [planPhase(world, seed, world.tonight, 'PRELIM', USUAL), plan];
  return follows && world.finalAfter !== null ? [plan, planPhase(world, seed, world.tonight, 'FINAL', USUAL)] : [plan];
}

/** Any time from the first start on, often after the end. */
function spellsOfHealth(plan: PhasePlan, span: { startedAt: number | null; endedAt: number | null }): Spell[] {
  const from = (span.startedAt ?? plan.beginsAt) + 5 * MINUTE;
  const to = (span.endedAt ?? from) + MINUTE;
  return to > from
    ? [
        [from, to],
        [to, Number.POSITIVE_INFINITY],
      ]
    : [[to, Number.POSITIVE_INFINITY]];
}

/** Only times at which every failure that is to be repaired has been. */
function settled(spells: readonly Spell[], plan: PhasePlan, extras: Tonight['units']): Spell[] {
  const repaired = repairedOf(plan).filter(({ key }) => extras.has(key));
  const from = Math.max(0, ...repaired.map(({ key }) => (plan.doneAt.get(key) as number) + MINUTE));
  return spells
    .map(([start, end]): Spell => [Math.max(start, from), end])
    .filter(([start, end]) => end - start > MINUTE);
}

function repairedOf(plan: PhasePlan): { key: string; datasetId: string; slice: string | null }[] {
  return plan.runs
    .filter((run) => run.status === 'SUCCESS' && run.trigger === 'ManualTrigger')
    .map((run) => ({ key: unitKey(run.dataset, run.unit), datasetId: run.dataset.id, slice: run.unit.slice }));
}

/** A run that just ended is closed in Airflow some seconds before the workflow table: no fair moment to look. */
function betweenTheBooks(now: number, plans: readonly PhasePlan[]): number {
  const closing = plans
    .flatMap((plan) => plan.runs)
    .filter(
      ({ status, airflow, updatedAt }) =>
        status !== 'RUNNING' && (airflow?.endedAt ?? now + 1) <= now && now < updatedAt,
    );
  return closing.length === 0 ? now : betweenTheBooks(Math.max(...closing.map((run) => run.updatedAt)) + 1000, plans);
}
