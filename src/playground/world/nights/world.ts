import { isMonthEnd, weekdaysUntil } from '../calendar.ts';
import { createRandom, type Random } from '../random.ts';
import { type Circumstances, noCircumstances, scriptOf } from './circumstances.ts';
import type { NightKind } from './generated-night.ts';
import { datesBefore, ordinaryNight } from './history.ts';
import { failingTask } from './incidents.ts';
import {
  type Night,
  type NightInput,
  type NightPlan,
  planNight,
  simulateFinal,
  simulateNight,
  simulatePrelim,
} from './night.ts';
import type { Essential, Phase, Platform, Unit } from './platform.ts';
import { unitsOf } from './platform.ts';
import type { PhaseResult } from './scheduler.ts';
import { drawPlatform } from './topology.ts';

/** How many unit-nights a history may hold: what nobody looks at only costs time. */
const MOST_UNIT_NIGHTS = 1_700;

/** A platform with its past and the night that is asked about, before anything is put into that night. */
export interface World {
  platform: Platform;
  businessDate: string;
  plan: NightPlan;
  /** Nights before, oldest first; made when somebody looks. */
  history(): readonly Night[];
  /** A failure in this essential, on one of the last nights, that nobody made good. Too late once the history is made. */
  plantOlderFailure(essential: Essential): void;
  /** Such a failure in words. */
  olderFailure(): string | null;
  /** The night, with these circumstances in that phase. The same every time, but for what they change. */
  tonight(phase: Phase, circumstances: Circumstances): Night;
  /** The same, of that phase alone; null where it has none. */
  phaseTonight(phase: Phase, circumstances: Circumstances): PhaseResult | null;
  /** Ordinary nights after it. */
  nightAfter(businessDate: string): Night;
}

export function drawWorld(seed: string, kind: NightKind): World {
  const random = createRandom(seed, 'world');
  const platform = drawPlatform(random);
  const businessDate = drawDate(random, kind === 'noisy' ? 0.3 : 0.08);
  const most = Math.max(25, Math.min(60, Math.floor(MOST_UNIT_NIGHTS / platform.units.length)));
  const count = random.chance(0.07) ? random.whole(3, 8) : random.whole(25, most);
  const dates = datesBefore(businessDate, count, random);
  const plan = planNight(platform, businessDate, createRandom(seed, businessDate));
  const input: NightInput = {
    platform,
    plan,
    // A stream for every unit: what befalls one leaves the luck of the others alone.
    randomOf: ({ pipeline, slice }, phase) => createRandom(seed, businessDate, phase, pipeline.datasetId, slice ?? ''),
  };
  let calmPrelim: PhaseResult | undefined;
  let history: readonly Night[] | undefined;
  let older: { at: string | undefined; unit: Unit } | undefined;

  return {
    platform,
    businessDate,
    plan,
    history() {
      history ??= dates.map((date) =>
        ordinaryNight(platform, date, seed, (prelim) => {
          if (!older || date !== older.at) return;
          const task = failingTask(older.unit, random).id;
          scriptOf(prelim, older.unit).throws = { task, how: 'every_try', runs: 9 };
        }),
      );
      return history;
    },
    plantOlderFailure(essential) {
      if (!history) older = { at: dates.at(-random.whole(1, 3)), unit: random.pick(unitsOf(essential)) };
    },
    olderFailure: () => (older ? `failure of ${older.unit.pipeline.datasetId} on ${older.at}, never repaired` : null),
    phaseTonight(phase, circumstances) {
      if (phase === 'PRELIM') return simulatePrelim(input, circumstances);
      calmPrelim ??= simulatePrelim(input, noCircumstances());
      return simulateFinal(input, calmPrelim, circumstances);
    },
    tonight(phase, circumstances) {
      const none = noCircumstances();
      return phase === 'PRELIM' ? simulateNight(input, circumstances, none) : simulateNight(input, none, circumstances);
    },
    nightAfter: (date) => ordinaryNight(platform, date, seed),
  };
}

function drawDate(random: Random, monthEnd: number): string {
  const year = weekdaysUntil('2026-06-30', 270);
  const ends = year.filter(isMonthEnd);
  return random.chance(monthEnd) ? random.pick(ends) : random.pick(year);
}
