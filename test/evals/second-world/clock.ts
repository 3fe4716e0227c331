import type { Random } from '../../../src/playground/world/random.ts';
import { HOUR, localInstant, MINUTE } from './dates.ts';
import type { Spell } from './stage.ts';

/** Spells that lie in both. */
export function intersect(a: readonly Spell[], b: readonly Spell[]): Spell[] {
  return a
    .flatMap(([from, to]) => b.map(([start, end]): Spell => [Math.max(from, start), Math.min(to, end)]))
    .filter(([from, to]) => to - from > MINUTE);
}

/** A clock within one of the spells: in a bounded one anywhere, after an open one soon, hours later, next morning or days later. */
export function drawClock(random: Random, spells: readonly Spell[], date: string, zone: string): number {
  const [from, to] = random.pick(spells);
  if (Number.isFinite(to)) return Math.floor(random.between(from, to));
  const morning = localInstant(date, 24 + random.between(6.5, 10), zone);
  const choices = [
    from + random.between(0, 30) * MINUTE,
    from + random.between(0.5, 6) * HOUR,
    morning >= from ? morning : from + random.between(0, 3) * HOUR,
    Math.max(from, localInstant(date, 24 * random.whole(2, 6) + random.between(8, 18), zone)),
  ];
  return Math.floor(random.pick(choices));
}
