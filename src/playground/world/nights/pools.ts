import type { Random } from '../random.ts';
import type { Congestion } from './circumstances.ts';

/** Answers how long a pool lets a task wait; asked in the order in which tasks are queued. */
export function createPools(usual: readonly [number, number], congestions: readonly Congestion[]) {
  const letInAt = new Map<Congestion, number>();
  return (pool: string, queuedAt: number, random: Random): number => {
    const [from, to] = usual;
    // Most pods start quickly, a few take long.
    let startAt = queuedAt + from + (to - from) * random.next() ** 3;
    for (const congestion of congestions) {
      if (congestion.pool !== pool || queuedAt < congestion.from || queuedAt >= congestion.to) continue;
      const held = queuedAt + random.between(...congestion.hold);
      const next = (letInAt.get(congestion) ?? 0) + congestion.interval * random.between(0.5, 1.5);
      startAt = Math.max(startAt, held, next);
      letInAt.set(congestion, startAt);
    }
    return startAt;
  };
}
