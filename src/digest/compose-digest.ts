import { nightVerdict } from '../agent/compose/night.ts';
import { clockTime } from '../agent/compose/times.ts';
import { hasStuck, plural } from '../agent/compose/units.ts';
import { headline } from '../agent/compose/verdict.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { NightOutlook } from '../batch/inquiry/outlook.ts';
import { HOUR, type Instant } from '../batch/instant.ts';
import { unitsOf } from '../batch/state.ts';
import { causesOfEntries, type Reading } from './cause-lines.ts';
import { type Digest, type DigestLine, type Told, toldKey } from './digest.ts';
import { endLines } from './end-lines.ts';
import { newsOf } from './news.ts';
import { runLines } from './run-lines.ts';

type Entry = NightFinding['entries'][number];

/** Without a run for so long, the latest business date is not last night's. */
const STALE_MS = 24 * HOUR;
const MOST_CAUSES = 8;

/**
 * The digest of one night. `essentials`: those that it is about, null for all. `told`: what the channel was told last, null
 * when this is its first.
 */
export function composeDigest(
  outlook: NightOutlook,
  {
    essentials,
    told,
    now,
    ...reading
  }: Reading & { essentials: readonly string[] | null; told: Told | null; now: Instant },
): Digest {
  const night = narrowed(outlook.night, essentials);
  const lines = night.entries.map((entry): DigestLine => {
    const { essential, phase, status, state } = entry;
    return { essential, phase, status, stuck: hasStuck(state), headline: headline(state), news: newsOf(entry, told) };
  });
  const causes = causesOfEntries(night.entries, reading);
  const ends = endLines(night.entries, outlook.prospectOf, reading.zone, now);
  const unknown = (essentials ?? []).filter((name) => !isKnown(outlook.night, name));
  const stale = staleNote(night, reading.zone, now);
  const troubled = night.entries.some(needsSomebody) || causes.length > 0 || ends.some((end) => end.late);
  const quiet =
    !troubled &&
    night.missing.length + unknown.length === 0 &&
    stale === null &&
    lines.every(({ news }) => news === null) &&
    lines.length > 0;
  if (quiet) return { ...EMPTY, title: quietTitle(night), quiet };
  return {
    title: nightVerdict(night),
    quiet,
    lines,
    causes: causes.slice(0, MOST_CAUSES),
    ends: ends.map(({ text }) => text),
    runs: runLines(night.entries, outlook.prospectOf),
    notes: [
      ...(stale === null ? [] : [stale]),
      ...unknown.map((name) => `${name} is not among the batches that are watched.`),
      ...night.missing.map(({ essential }) => `${essential} could not be read.`),
      ...(causes.length > MOST_CAUSES ? [`${causes.length - MOST_CAUSES} further causes are left out.`] : []),
      ...night.gaps.slice(0, 4),
    ],
  };
}

const EMPTY: Omit<Digest, 'title' | 'quiet'> = { lines: [], causes: [], ends: [], runs: [], notes: [] };

/** What the next digest of the channel is measured against. */
export function toldBy({ night }: NightOutlook, before: Told | null): Told {
  const now = night.entries.map((entry) => {
    const { businessDate, status } = entry;
    return [toldKey(entry), { businessDate, status }];
  });
  return { ...before, ...Object.fromEntries(now) };
}

/** The part of a night that is about some essentials. */
export function narrowed(night: NightFinding, essentials: readonly string[] | null): NightFinding {
  if (essentials === null) return night;
  const wanted = new Set(essentials);
  return {
    ...night,
    entries: night.entries.filter(({ essential }) => wanted.has(essential)),
    missing: night.missing.filter(({ essential }) => wanted.has(essential)),
  };
}

function isKnown({ entries, missing }: NightFinding, name: string): boolean {
  return [...entries, ...missing].some(({ essential }) => essential === name);
}

function needsSomebody({ status, state }: Entry): boolean {
  return status === 'FAILED' || status === 'PARTIAL_FAILURE' || status === 'UNKNOWN' || hasStuck(state);
}

function quietTitle({ entries, businessDate }: NightFinding): string {
  const named = (wanted: (entry: Entry) => boolean) =>
    new Set(entries.filter(wanted).map(({ essential }) => essential)).size;
  const idle = named(({ status }) => status === 'NOT_STARTED');
  const open = named(({ status }) => status !== 'SUCCESS' && status !== 'NOT_STARTED');
  const done = named(() => true) - open - idle;
  const rest = `${open === 0 ? '' : `, ${open} under way and in time`}${idle === 0 ? '' : `, ${idle} not begun`}`;
  return `All quiet for business date ${businessDate}: ${plural(done, 'batch', 'batches')} done${rest}.`;
}

/** A business date that ended long ago must not read as last night's. */
function staleNote({ entries, businessDate }: NightFinding, zone: string, now: Instant): string | null {
  const moments = entries
    .flatMap(({ state }) => unitsOf(state))
    .flatMap(({ attempts }) => attempts.map(({ endedAt }) => endedAt ?? now));
  if (moments.length === 0) return 'No run is recorded.';
  const latest = Math.max(...moments);
  if (now - latest < STALE_MS) return null;
  return `Nothing has run since ${clockTime(latest, zone, businessDate ?? undefined)}: this is ${businessDate}, the latest business date with runs.`;
}
