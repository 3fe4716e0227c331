import { subject } from '../agent/compose/subject.ts';
import { duration } from '../agent/compose/times.ts';
import { fullUnitName } from '../agent/compose/units.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { NightOutlook } from '../batch/inquiry/outlook.ts';
import { SECOND } from '../batch/instant.ts';
import { unitsOf } from '../batch/state.ts';

const MOST = 3;
/** A run that took this many minutes over its usual time on the way to the end is worth a line. */
const UNUSUAL_MINUTES = 10;

/**
 * The longest run of the night, and the runs that took much longer than usual where it mattered: those of which no root cause
 * tells already.
 */
export function runLines(entries: NightFinding['entries'], prospectOf: NightOutlook['prospectOf']): string[] {
  const told = new Set(entries.flatMap(({ diagnosis }) => (diagnosis?.causes ?? []).map(unitKey)));
  const unusual = entries
    .flatMap((entry) => (prospectOf(entry).lateness?.path ?? []).map((link) => ({ entry, link })))
    .filter(({ link }) => link.endedAt !== null && link.minutes.run >= UNUSUAL_MINUTES && !told.has(unitKey(link)))
    .sort((a, b) => b.link.minutes.run - a.link.minutes.run);
  const lines = unusual
    .slice(0, MOST)
    .map(
      ({ entry, link }) =>
        `${subject(entry.state)}: ${fullUnitName(link)} ran ${duration(link.minutes.run * 60)} longer than usual.`,
    );
  const longest = longestRun(entries);
  return longest === null ? lines : [...lines, longest];
}

function longestRun(entries: NightFinding['entries']): string | null {
  const runs = entries.flatMap(({ state }) =>
    unitsOf(state).flatMap((unit) =>
      unit.attempts.flatMap(({ startedAt, endedAt, status }) =>
        endedAt === null || status !== 'SUCCESS' ? [] : [{ state, unit, seconds: (endedAt - startedAt) / SECOND }],
      ),
    ),
  );
  const [longest] = runs.sort((a, b) => b.seconds - a.seconds);
  if (longest === undefined) return null;
  return `${subject(longest.state)} had the longest run: ${fullUnitName(longest.unit)}, ${duration(longest.seconds)}.`;
}

function unitKey({ datasetId, slice }: { datasetId: string | null; slice: string | null }): string {
  return `${datasetId} ${slice}`;
}
