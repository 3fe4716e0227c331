import type { Instant } from '../instant.ts';
import type { Scene } from '../rca/scene.ts';
import { criticalPath, type PlacedUnit, placedUnits } from './critical-path.ts';
import { minutes, ownParts } from './link-parts.ts';
import { oncePerScene } from './once-per-scene.ts';
import { pastTable } from './past-table.ts';
import { type EndedNight, endedNights, usualInstant } from './phase-ends.ts';
import { slackOf } from './slack.ts';
import { endThrough } from './step-ends.ts';

/** Where minutes came from. `late_start`: before the first run; `waiting`: between the links of the chain, for steps below or a trigger. */
export const PARTS = ['late_start', 'queue', 'run', 'retry', 'waiting'] as const;
export type LatenessPart = (typeof PARTS)[number];

/** One unit on the chain that decides when the essential ends, in order of time. */
export interface PathLink {
  datasetId: string;
  slice: string | null;
  step: number;
  startedAt: Instant;
  /** Null while it has not ended. */
  endedAt: Instant | null;
  /** Whole minutes over (or, negative, under) what is usual for this link; `retry` is never negative. */
  minutes: Readonly<Record<LatenessPart, number>>;
}

/** How late a phase is (or was), and why. Whole minutes; the parts of all links add up to `totalMinutes` exactly. */
export interface Lateness {
  /** End of the phase; `now` while it is unfinished. */
  endAt: Instant;
  ended: boolean;
  /** When it usually ends, carried over to this date: the median of comparable dates. */
  usualEndAt: Instant;
  basis: number;
  /** `endAt - usualEndAt`; negative when early. An unfinished phase is late by at least this. */
  totalMinutes: number;
  parts: Readonly<Record<LatenessPart, number>>;
  /** The critical path, first to last. */
  path: readonly PathLink[];
  /** How many minutes each dataset could have taken longer without moving the end; 0 on the critical path. In sequence order. */
  slack: readonly { datasetId: string; minutes: number }[];
}

/**
 * How late the phase is and where the minutes were lost; null where nothing ran or history is too short to say what is usual.
 *
 * Each link of the critical path is set beside the usual end of its step: what is lost (or made up) between one such milestone
 * and the next is run, queue and retry of the link and, for the rest, waiting. So the parts add up by construction.
 */
export const latenessOf: (scene: Scene) => Lateness | null = oncePerScene((scene) => {
  const units = placedUnits(scene);
  const path = criticalPath(scene, units);
  const usualEndAt = usualInstant(scene, (night) => night.endedAt);
  const first = path[0];
  if (first === undefined || usualEndAt === null) return null;
  const ended = scene.state.status === 'SUCCESS';
  const endAt = ended ? Math.max(...units.map(({ times }) => times.endedAt as Instant)) : scene.asOf;
  const totalMinutes = minutes(endAt - usualEndAt);

  let lost = 0;
  const links = path.map((unit, index): PathLink => {
    const own = ownParts(scene, unit);
    const lateStart = index === 0 ? lateBy(scene, unit) : 0;
    const until = index === path.length - 1 ? totalMinutes : lateAt(scene, unit, totalMinutes);
    const waiting = until - lost - lateStart - own.queue - own.run - own.retry;
    lost = until;
    const { state, step, times } = unit;
    return {
      datasetId: state.datasetId,
      slice: state.slice,
      step,
      startedAt: times.startedAt,
      endedAt: times.endedAt,
      minutes: { late_start: lateStart, ...own, waiting },
    };
  });
  return {
    endAt,
    ended,
    usualEndAt,
    basis: endedNights(scene).length,
    totalMinutes,
    parts: sumOf(links),
    path: links,
    slack: slackOf(units, path, endAt),
  };
});

/** Minutes by which the first link began later than it usually does. */
function lateBy(scene: Scene, { key, times }: PlacedUnit): number {
  const usual =
    usualInstant(scene, (night) => startOf(scene, night, key)) ?? usualInstant(scene, (night) => night.startedAt);
  return usual === null ? 0 : minutes(times.startedAt - usual);
}

/** Minutes by which a link ended later than everything up to its step usually does. */
function lateAt(scene: Scene, { sequenceOrder, times }: PlacedUnit, otherwise: number): number {
  const usual = usualInstant(scene, (night) => endThrough(scene, night, sequenceOrder));
  return usual === null || times.endedAt === null ? otherwise : minutes(times.endedAt - usual);
}

function startOf(scene: Scene, { column }: EndedNight, key: string): Instant | null {
  const { rows, width, startedAt } = pastTable(scene.past);
  const row = rows.get(key);
  const start = row === undefined ? Number.NaN : (startedAt[row * width + column] as number);
  return Number.isNaN(start) ? null : start;
}

function sumOf(links: readonly PathLink[]): Record<LatenessPart, number> {
  const total = (part: LatenessPart) => links.reduce((sum, link) => sum + link.minutes[part], 0);
  return {
    late_start: total('late_start'),
    queue: total('queue'),
    run: total('run'),
    retry: total('retry'),
    waiting: total('waiting'),
  };
}
