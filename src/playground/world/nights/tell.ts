import { weekdaysUntil } from '../calendar.ts';
import { createRandom } from '../random.ts';
import { phaseOf } from './ask-about.ts';
import { writeTables } from './bookkeeping.ts';
import type { GeneratedNight, NightRequest, TrueCause } from './generated-night.ts';
import { lenzDocuments } from './lenz.ts';
import type { Night } from './night.ts';
import { beginOf } from './place-faults.ts';
import type { Run } from './run.ts';
import { endOf, participants, runsOf, type Site } from './site.ts';
import type { World } from './world.ts';

/** All that is known of a night, before it is written down. */
export interface Told {
  world: World;
  site: Site;
  night: Night;
  now: number;
  causes: readonly (TrueCause | null)[];
  herrings: readonly string[];
}

export function tell(
  { world, site, night, now, causes, herrings }: Told,
  seed: string,
  request: NightRequest,
): GeneratedNight {
  const { platform, businessDate } = world;
  const after = datesUpTo(now, businessDate).map(world.nightAfter);
  const runs = [...world.history(), night, ...after].flatMap(runsIn);
  const result = phaseOf(night, site.phase) ?? site.calm;
  const found = causes.filter((cause) => cause !== null);
  return {
    seed: request.seed,
    kind: request.kind,
    families: request.families ?? found.map((cause) => cause.family),
    zone: platform.zone,
    now,
    essential: site.essential.name,
    businessDate,
    phase: site.phase,
    definitions: lenzDocuments(platform, createRandom(seed, 'lenz')),
    tables: writeTables(runs, platform, seed),
    truth: {
      causes: found,
      withheld: null,
      startedAt: beginOf(site, result),
      endedAt: endOf(site, result),
      herrings: [world.olderFailure(), ...herrings].filter((words) => words !== null),
      repaired: participants(site)
        .filter((unit) => isRepaired(runsOf(result, unit), now))
        .map(({ pipeline, slice }) => ({ datasetId: pipeline.datasetId, slice })),
    },
  };
}

const runsIn = ({ prelim, final }: Night): Run[] => [...prelim.runs, ...(final?.runs ?? [])];

/** Business dates after this one whose night has begun, whatever hour it begins at. */
function datesUpTo(now: number, businessDate: string): string[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return today > businessDate ? weekdaysUntil(today, 6).filter((date) => date > businessDate) : [];
}

const isRepaired = (runs: readonly Run[], now: number) =>
  runs.some((run) => run.status === 'FAILED' && (run.endedAt as number) <= now) &&
  runs.some((run) => run.status === 'SUCCESS' && (run.endedAt as number) <= now);
