import { type BusinessDate, daysBefore } from '../business-date.ts';
import type { Clarification, ComparisonFinding, Refusal } from '../finding.ts';
import { HISTORY_DAYS, lists, openNight } from '../night.ts';
import { placeRuns } from '../placement.ts';
import type { Phase, RunRow } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import { compareNights } from '../timing/compare.ts';
import type { NightInTime } from '../timing/compared-unit.ts';
import { timelineOf } from '../timing/timeline.ts';
import { aboutOf } from './about-finding.ts';
import type { About, Desk } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import { type Investigation, investigate } from './investigate.ts';
import { LOOK_BACK_DAYS } from './read-night.ts';
import { readRuns } from './read-runs.ts';
import { unusableDate, whichDate } from './which-date.ts';

/** What the night asked about is compared with. Null: the business date before it that had runs in the same phase. */
export type Against = { date: SpokenDate } | { phase: Phase } | null;

/** "What changed since yesterday?", "compare Friday with Thursday", "compare prelim and final": the earlier one comes first. */
export async function inquireComparison(
  desk: Desk,
  about: About,
  against: Against,
): Promise<ComparisonFinding | Refusal | Clarification> {
  const investigation = await investigate(desk, about, 'runs');
  if (investigation.kind !== 'investigated') return investigation;
  if (against !== null && 'phase' in against) return comparePhases(desk, investigation);

  const date = await dateAgainst(desk, investigation, against?.date ?? null);
  if (typeof date !== 'string') return date;
  const { opened, scene } = investigation;
  const { businessDate, phase } = opened;
  if (date === businessDate) return comparePhases(desk, investigation);
  if (date > businessDate) {
    const said = { kind: 'date' as const, start: 0, end: 0 };
    return inquireComparison(
      desk,
      { ...about, phase, date: { ...said, said: date, date } },
      { date: { ...said, said: businessDate, date: businessDate } },
    );
  }
  const before = nightIn(desk, investigation, date, phase, await historyBack(desk, investigation, date));
  if (before.state.ran.units === 0) return nothingOn(opened.essential, date, phase);
  const after = { state: scene.state, timeline: scene.tonight };
  return { kind: 'comparison', ...aboutOf(opened, before.state.gaps), comparison: compareNights(before, after) };
}

/** The first pass of a date and its second. */
function comparePhases(desk: Desk, investigation: Investigation): ComparisonFinding | Refusal {
  const { opened, rows } = investigation;
  const { essential, businessDate, history } = opened;
  const all = [...rows, ...history];
  const before = nightIn(desk, investigation, businessDate, 'PRELIM', all);
  const after = nightIn(desk, investigation, businessDate, 'FINAL', all);
  for (const { state } of [before, after]) {
    if (state.ran.units === 0) return nothingOn(essential, businessDate, state.phase);
  }
  return {
    kind: 'comparison',
    ...aboutOf(opened, before.state.gaps),
    phase: 'FINAL',
    state: after.state,
    other: { phase: 'PRELIM', status: before.state.status },
    comparison: compareNights(before, after),
  };
}

async function dateAgainst(
  desk: Desk,
  { opened, scene }: Investigation,
  said: SpokenDate | null,
): Promise<BusinessDate | Refusal | Clarification> {
  if (said?.kind === 'date') return said.date;
  if (said?.kind === 'last_night') {
    const chosen = await whichDate(desk, [opened.definition], said);
    return chosen.kind === 'chosen' ? chosen.businessDate : chosen;
  }
  const unusable = said === null ? null : unusableDate(said, desk);
  if (unusable !== null) return unusable;
  const previous = scene.past.find((night) =>
    [...night.units.values()].some(({ unit }) => lists(opened.definition, unit)),
  );
  return previous?.businessDate ?? nothingBefore(opened.essential, opened.businessDate, opened.phase);
}

/** Runs of a date and of the window before it that decides what it owed: mostly at hand. */
async function historyBack(desk: Desk, { opened }: Investigation, date: BusinessDate): Promise<readonly RunRow[]> {
  const { definition, businessDate, history } = opened;
  const from = daysBefore(date, HISTORY_DAYS);
  const known = daysBefore(businessDate, LOOK_BACK_DAYS);
  if (from >= known) return history;
  const last = daysBefore(known, 1);
  const earlier = await readRuns(desk, datasetIdsOf([definition]), from, date < last ? date : last);
  return [...earlier, ...history];
}

function nightIn(
  desk: Desk,
  { opened: { definition } }: Investigation,
  businessDate: BusinessDate,
  phase: Phase,
  all: readonly RunRow[],
): NightInTime {
  const asOf = desk.clock.now();
  const rows = all.filter((row) => row.businessDate === businessDate);
  const { stuckAfterS } = desk.thresholds;
  const state = openNight({ definition, others: [], businessDate, asOf, rows, history: all, stuckAfterS })(phase);
  return { state, timeline: timelineOf(placeRuns(definition, rows, asOf), businessDate, phase) };
}

function nothingOn(essential: string, date: BusinessDate, phase: Phase): Refusal {
  return {
    kind: 'refusal',
    reason: 'no_data',
    text: `No ${phase} run of ${essential} is recorded for ${date}: there is nothing to compare.`,
    offers: [`what changed in ${essential} since the run before?`],
  };
}

function nothingBefore(essential: string, date: BusinessDate, phase: Phase): Refusal {
  return {
    kind: 'refusal',
    reason: 'no_data',
    text: `No ${phase} run of ${essential} is recorded in the ${LOOK_BACK_DAYS} days before ${date}: there is nothing to compare with.`,
    offers: [`status of ${essential}`],
  };
}
