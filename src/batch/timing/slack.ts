import { type Instant, MINUTE } from '../instant.ts';
import type { PlacedUnit } from './critical-path.ts';

/**
 * How many whole minutes each dataset could have taken longer without moving the end: a step begins when all below are done,
 * and what begins later by so much ends later by so much. `path` is critical by definition. In sequence order.
 */
export function slackOf(
  units: readonly PlacedUnit[],
  path: readonly PlacedUnit[],
  endAt: Instant,
): { datasetId: string; minutes: number }[] {
  const critical = new Set(path.map(({ state }) => state.datasetId));
  const steps = [...Map.groupBy(units, ({ sequenceOrder }) => sequenceOrder)].sort(([a], [b]) => a - b);
  const done: Instant[] = [];
  for (const [, members] of steps)
    done.push(Math.max(done.at(-1) ?? Number.NEGATIVE_INFINITY, ...ends(members, endAt)));
  // The latest at which everything up to a step may be done.
  let latest = endAt;
  const found: { datasetId: string; minutes: number }[] = [];
  for (const [index, [, members]] of [...steps.entries()].reverse()) {
    const datasets = [...Map.groupBy(members, ({ state }) => state.datasetId)].reverse();
    for (const [datasetId, own] of datasets) {
      const spare = (latest - Math.max(...ends(own, endAt))) / MINUTE;
      found.unshift({ datasetId, minutes: critical.has(datasetId) ? 0 : Math.max(0, Math.floor(spare)) });
    }
    const before = done[index - 1];
    if (before !== undefined)
      latest = Math.min(latest, before + Math.max(0, latest - Math.max(...ends(members, endAt))));
  }
  return found;
}

function ends(units: readonly PlacedUnit[], endAt: Instant): Instant[] {
  return units.map(({ times }) => times.endedAt ?? endAt);
}
