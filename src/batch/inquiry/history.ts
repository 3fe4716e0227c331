import { type BusinessDate, daysBefore } from '../business-date.ts';
import type { Clarification, HistoryEntry, HistoryFinding, Refusal } from '../finding.ts';
import { SECOND } from '../instant.ts';
import { isMonthEnd } from '../month-end.ts';
import { HISTORY_DAYS, openNight } from '../night.ts';
import { nightsOf } from '../nights-of.ts';
import { USUAL_DATES } from '../owed-units.ts';
import { mayHave } from '../placement.ts';
import { recurrenceOf, recurrencesOf } from '../rca/recurrence.ts';
import type { Scene } from '../rca/scene.ts';
import type { RunRow } from '../run.ts';
import { type UnitState, unitsOf } from '../state.ts';
import { essentialStatus } from '../status.ts';
import { usualOf } from '../timing/baseline.ts';
import { keyOfState, timesByState } from '../timing/unit-keys.ts';
import type { Usual } from '../timing/usual.ts';
import { tookARetry } from '../unit-state.ts';
import { aboutOf } from './about-finding.ts';
import { type ChosenUnits, chooseUnits, isNamed } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import { investigate } from './investigate.ts';
import type { OpenedEssential } from './open-essential.ts';
import { LOOK_BACK_DAYS } from './read-night.ts';
import { readRuns } from './read-runs.ts';

const MOST_DATES = 30;

/** Earlier business dates of an essential or of the units meant; `dates` (default 10, at most 30) counts those with runs. */
export async function inquireHistory(
  desk: Desk,
  about: About,
  reference: UnitReference,
  dates = 10,
): Promise<HistoryFinding | Refusal | Clarification> {
  const investigation = await investigate(desk, about);
  if (investigation.kind !== 'investigated') return investigation;
  const { opened, scene } = investigation;
  const chosen = isNamed(reference) ? chooseUnits(opened.definition, opened.state, reference) : null;
  if (chosen !== null && chosen.kind !== 'units') return chosen;

  const meant = chosen === null ? null : [...chosen.units.map((unit) => unit.slice), ...chosen.uncounted];
  const datasetId = chosen?.datasetId ?? null;
  const wanted = Math.min(Math.max(1, Math.trunc(dates)), MOST_DATES);
  const entries: HistoryEntry[] = [];
  for (const { businessDate, units } of nightsBefore(desk, opened, await readWindow(desk, opened))) {
    const own = units.filter((unit) => isMeant(unit, datasetId, meant));
    const entry = entryOf(businessDate, own);
    if (entry !== null) entries.push(entry);
    if (entries.length === wanted) break;
  }
  const usual = usualDuration(entries);
  return {
    kind: 'history',
    ...aboutOf(
      opened,
      entries.length < wanted
        ? [`Only ${entries.length} earlier business dates with ${opened.phase} runs are within ${HISTORY_DAYS} days.`]
        : [],
    ),
    datasetId,
    slices: meant === null ? [] : [...new Set(meant.filter((slice) => slice !== null))],
    entries,
    medianDurationS: usual === null ? null : Math.round(usual.p50),
    usual,
    recurrences: repeated(scene, chosen),
  };
}

/** History deep enough to tell what FINAL owed on its oldest night, too: that is decided by the window before that one. */
async function readWindow(desk: Desk, opened: OpenedEssential): Promise<readonly RunRow[]> {
  const { definition, businessDate, history, phase } = opened;
  if (phase === 'PRELIM') return history;
  const oldest = daysBefore(businessDate, HISTORY_DAYS);
  const before = nightsOf(history.filter((row) => row.businessDate < oldest));
  if (before.filter(({ rows }) => mayHave(rows, phase)).length >= USUAL_DATES) return history;
  const from = daysBefore(businessDate, 2 * HISTORY_DAYS);
  const known = daysBefore(businessDate, LOOK_BACK_DAYS + 1);
  return [...(await readRuns(desk, datasetIdsOf([definition]), from, known)), ...history];
}

/** Earlier nights, newest first, each looked at only when it is asked for. */
function* nightsBefore(
  desk: Desk,
  { definition, businessDate, phase }: OpenedEssential,
  history: readonly RunRow[],
): Generator<{ businessDate: BusinessDate; units: UnitState[] }> {
  const oldest = daysBefore(businessDate, HISTORY_DAYS);
  for (const { businessDate: date, rows } of nightsOf(history)) {
    if (date < oldest || !mayHave(rows, phase)) continue;
    const night = { definition, others: [], businessDate: date, asOf: desk.clock.now(), rows, history };
    const state = openNight({ ...night, stuckAfterS: desk.thresholds.stuckAfterS })(phase);
    yield { businessDate: date, units: unitsOf(state) };
  }
}

/** Failures of the units meant, on the latest business dates on which their dataset ran, most often first. */
function repeated(scene: Scene, chosen: ChosenUnits | null): HistoryFinding['recurrences'] {
  const all = recurrencesOf(scene);
  if (chosen === null) return all;
  const timesOf = timesByState(scene.tonight);
  const keys = new Set(chosen.units.flatMap((unit) => keyOfState(unit, timesOf(unit)) ?? []));
  const datasets = new Set(chosen.units.map((unit) => unit.datasetId));
  return all
    .filter(({ datasetId }) => datasets.has(datasetId))
    .flatMap(({ datasetId, taskId }) => {
      const recurrence = recurrenceOf(scene, datasetId, taskId, keys);
      return recurrence === null || recurrence.failed === 0 ? [] : [{ datasetId, taskId, recurrence }];
    })
    .sort((a, b) => b.recurrence.failed - a.recurrence.failed);
}

/** How long the nights that succeeded took. */
function usualDuration(entries: readonly HistoryEntry[]): Usual | null {
  const done = entries.filter((entry) => entry.status === 'SUCCESS' && entry.durationS !== null);
  const monthEnds = done.filter((entry) => isMonthEnd(entry.businessDate)).length;
  const calendar = monthEnds === 0 ? 'ordinary' : monthEnds === done.length ? 'month_end' : 'all';
  return usualOf(
    done.map((entry) => entry.durationS ?? 0),
    calendar,
  );
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
    repairedUnits: units.filter(tookARetry).length,
  };
}
