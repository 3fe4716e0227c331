import { clockTime } from '../agent/compose/times.ts';
import { hasStuck } from '../agent/compose/units.ts';
import { headline } from '../agent/compose/verdict.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { NightOutlook } from '../batch/inquiry/outlook.ts';
import { HOUR, type Instant } from '../batch/instant.ts';
import { unitsOf } from '../batch/state.ts';
import { isBroken, needsSomebody } from './attention.ts';
import { causesOfEntries, labelled, type Reading } from './cause-lines.ts';
import { type Digest, type DigestLine, type Told, toldKey } from './digest.ts';
import { digestTitle, quietTitle } from './digest-title.ts';
import { endLines } from './end-lines.ts';
import { newsOf, standingOf } from './news.ts';
import { runLines } from './run-lines.ts';

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
  const { prospectOf } = outlook;
  const night = narrowed(outlook.night, essentials);
  const lines = night.entries.map((entry): DigestLine => {
    const { essential, businessDate, phase, status, state } = entry;
    const [stuck, news] = [hasStuck(state), newsOf(entry, told)];
    return { essential, businessDate, phase, status, stuck, headline: headline(state, reading.zone), news };
  });
  const causes = causesOfEntries(night.entries, reading);
  const ends = endLines(night.entries, prospectOf, reading.zone, now);
  const unknown = (essentials ?? []).filter((name) => !isKnown(outlook.night, name));
  const stale = staleNote(night, reading.zone, now);
  const troubled = night.entries.some(isBroken) || causes.length > 0 || ends.some((end) => end.late);
  const quiet =
    !troubled &&
    night.missing.length + unknown.length === 0 &&
    stale === null &&
    lines.every(({ news }) => news === null) &&
    lines.length > 0;
  if (quiet) return { ...EMPTY, title: quietTitle(night), quiet };
  const open = causes.filter((cause) => cause.open);
  const over = causes.filter((cause) => !cause.open);
  const left = excess(open) + excess(over);
  return {
    title: digestTitle(
      night,
      night.entries.filter((entry) => needsSomebody(entry, prospectOf(entry), now)),
    ),
    quiet,
    lines,
    causes: open.slice(0, MOST_CAUSES).map(labelled),
    ends: ends.map(({ text }) => text),
    runs: [...over.slice(0, MOST_CAUSES).map(labelled), ...runLines(night.entries, prospectOf)],
    notes: [
      ...(stale === null ? [] : [stale]),
      ...unknown.map((name) => `${name} is not among the batches that are watched.`),
      ...night.missing.map(({ essential }) => `${essential} could not be read.`),
      ...(left > 0 ? [`${left} further causes are left out.`] : []),
      ...night.gaps.slice(0, 4),
    ],
  };
}

const EMPTY: Omit<Digest, 'title' | 'quiet'> = { lines: [], causes: [], ends: [], runs: [], notes: [] };

/** What a digest says where the night could not be seen; `why` is a sentence. */
export function unseenDigest(why: string): Digest {
  return { ...EMPTY, title: `The state of the batches could not be told. ${why}`, quiet: false };
}

/** What the next digest of the channel is measured against. */
export function toldBy({ night }: NightOutlook, before: Told | null): Told {
  const now = night.entries.map((entry) => {
    const { businessDate } = entry;
    return [toldKey(entry), { businessDate, status: standingOf(entry) }];
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

function excess({ length }: readonly unknown[]): number {
  return Math.max(0, length - MOST_CAUSES);
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
