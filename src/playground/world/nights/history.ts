import { weekdaysUntil } from '../calendar.ts';
import { createRandom, type Random } from '../random.ts';
import type { Circumstances } from './circumstances.ts';
import { ordinaryIncidents } from './incidents.ts';
import { type Night, planNight, simulateNight } from './night.ts';
import type { Platform } from './platform.ts';

/** Business dates before `businessDate` that had a night: weekdays but for a few holidays. */
export function datesBefore(businessDate: string, count: number, random: Random): string[] {
  const days = weekdaysUntil(businessDate, Math.ceil(count * 1.1) + 1).slice(0, -1);
  return days.filter(() => !random.chance(0.035)).slice(-count);
}

/** A night with nothing but the ordinary about it. */
export function ordinaryNight(
  platform: Platform,
  businessDate: string,
  seed: string,
  more: (prelim: Circumstances) => void = () => {},
): Night {
  const random = createRandom(seed, businessDate);
  const plan = planNight(platform, businessDate, random);
  const prelim = ordinaryIncidents(platform, platform.units, random);
  more(prelim);
  const final = ordinaryIncidents(platform, [...plan.final.units, ...platform.units.slice(0, 1)], random);
  return simulateNight({ platform, plan, randomOf: () => random }, prelim, final);
}
