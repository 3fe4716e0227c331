import { type BusinessDate, daysBefore } from '../business-date.ts';
import type { Clarification, HistoryEntry, HistoryFinding, Refusal } from '../finding.ts';
import { SECOND } from '../instant.ts';
import { HISTORY_DAYS, openNight } from '../night.ts';
import type { RunRow } from '../run.ts';
import { type UnitState, unitsOf } from '../state.ts';
import { essentialStatus } from '../status.ts';
import { chooseUnits, isNamed } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import { type OpenedEssential, openEssential } from './open-essential.ts';
import { readRuns } from './read-runs.ts';

const MOST_DATES = 30;
/** A median of fewer values says nothing. */
const ENOUGH_FOR_MEDIAN = 3;

/** Earlier business dates of an essential or of the units meant; `dates` (default 10, at most 30) counts those with runs. */
export async function inquireHistory(
  desk: Desk,
  about: About,
  reference: UnitReference,
  dates = 10,
): Promise<HistoryFinding | Refusal | Clarification> {
  const opened = await openEssential(desk, about, 'batchProgress');
  if (opened.kind !== 'opened') return opened;
  const { essential, businessDate, phase, state, other, notes, gaps } = opened;
  const named = isNamed(reference);
  const chosen = named ? chooseUnits(opened.definition, state, reference) : null;
  if (chosen !== null && chosen.kind !== 'units') return chosen;

  const meant = chosen === null ? null : [...chosen.units.map((unit) => unit.slice), ...chosen.uncounted];
  const datasetId = chosen?.datasetId ?? null;
  const wanted = Math.min(Math.max(1, Math.trunc(dates)), MOST_DATES);
  const entries = (await readNights(desk, opened))
    .map((units) =>
      entryOf(
        units.businessDate,
        units.units.filter((unit) => isMeant(unit, datasetId, meant)),
      ),
    )
    .filter((entry) => entry !== null)
    .slice(0, wanted);
  return {
    kind: 'history',
    essential,
    businessDate,
    phase,
    state,
    other,
    notes,
    gaps:
      entries.length < wanted
        ? [...gaps, `Only ${entries.length} earlier business dates with ${phase} runs are within ${HISTORY_DAYS} days.`]
        : gaps,
    datasetId,
    slices: meant === null ? [] : [...new Set(meant.filter((slice) => slice !== null))],
    entries,
    medianDurationS: median(entries),
    usual: null,
    recurrences: [],
  };
}

/** Earlier nights, newest first. What FINAL owed on each of them is decided by the window before that one. */
async function readNights(
  desk: Desk,
  { definition, businessDate, phase }: OpenedEssential,
): Promise<{ businessDate: BusinessDate; units: UnitState[] }[]> {
  const days = phase === 'FINAL' ? 2 * HISTORY_DAYS : HISTORY_DAYS;
  const rows = await readRuns(
    desk,
    datasetIdsOf([definition]),
    daysBefore(businessDate, days),
    daysBefore(businessDate, 1),
  );
  const oldest = daysBefore(businessDate, HISTORY_DAYS);
  const nights: [BusinessDate, RunRow[]][] = [...Map.groupBy(rows, (row) => row.businessDate)];
  return nights
    .filter(([date]) => date >= oldest)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([date, night]) => ({
      businessDate: date,
      units: unitsOf(
        openNight({
          definition,
          others: [],
          businessDate: date,
          asOf: desk.clock.now(),
          rows: night,
          history: rows,
          stuckAfterS: desk.thresholds.stuckAfterS,
        })(phase),
      ),
    }));
}

function isMeant(unit: UnitState, datasetId: string | null, slices: readonly (string | null)[] | null): boolean {
  return (datasetId === null || unit.datasetId === datasetId) && (slices === null || slices.includes(unit.slice));
}

function entryOf(businessDate: BusinessDate, units: readonly UnitState[]): HistoryEntry | null {
  const attempts = units.flatMap((unit) => unit.attempts);
  if (attempts.length === 0) return null;
  const ends = attempts.map((attempt) => attempt.endedAt);
  const startedAt = Math.min(...attempts.map((attempt) => attempt.startedAt));
  const endedAt = ends.some((end) => end === null) ? null : Math.max(...ends.map((end) => end ?? 0));
  return {
    businessDate,
    status: essentialStatus(units),
    startedAt,
    endedAt,
    durationS: endedAt === null ? null : Math.round((endedAt - startedAt) / SECOND),
    failedUnits: units.filter((unit) => unit.status === 'FAILED').length,
    repairedUnits: units.filter((unit) => unit.repaired).length,
  };
}

function median(entries: readonly HistoryEntry[]): number | null {
  const durations = entries
    .filter((entry) => entry.status === 'SUCCESS')
    .map((entry) => entry.durationS)
    .filter((duration) => duration !== null)
    .sort((a, b) => a - b);
  if (durations.length < ENOUGH_FOR_MEDIAN) return null;
  const middle = durations.length / 2;
  const [low, high] = [durations[Math.ceil(middle) - 1] ?? 0, durations[Math.floor(middle)] ?? 0];
  return Math.round((low + high) / 2);
}
