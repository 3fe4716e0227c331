import { daysBefore } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import type { Clarification, NightFinding, Refusal } from '../finding.ts';
import { openNights } from '../night.ts';
import type { Phase } from '../run.ts';
import { withheldNote } from '../sight.ts';
import type { SpokenDate } from '../spoken-date.ts';
import type { PhaseState } from '../state.ts';
import { compareSeverity } from '../status.ts';
import { prospectOf } from '../timing/prospect.ts';
import { allDefinitions } from './all-definitions.ts';
import type { Desk } from './desk.ts';
import { type Diagnosed, diagnoseNight, type Nights } from './diagnose-night.ts';
import { datasetIdsOf } from './history-window.ts';
import { latestPhase } from './open-essential.ts';
import { type Shortfall, verifyRuns } from './read-airflow.ts';
import { FIRST_LOOK_DAYS, LOOK_BACK_DAYS } from './read-night.ts';
import { readRuns } from './read-runs.ts';
import { staleNote } from './stale-note.ts';
import { type ChosenDate, whichDate } from './which-date.ts';

/**
 * All essentials of a night, worst first: "what happened last night?", "what failed?" without a batch. What is not plainly
 * fine is diagnosed; all of them share a handful of reads.
 */
export async function inquireNight(
  desk: Desk,
  about: { date: SpokenDate | null; phase: Phase | null },
  onStatuses?: (night: NightFinding) => void,
): Promise<NightFinding | Refusal | Clarification> {
  return lookAtNight(desk, about.date, (state) => phasesToShow(state, about.phase), onStatuses);
}

/** The night in the phases that `phasesToShow` picks. `onStatuses` is told of it before anything is diagnosed. */
export async function lookAtNight(
  desk: Desk,
  date: SpokenDate | null,
  phasesToShow: (state: (phase: Phase) => PhaseState) => PhaseState[],
  onStatuses?: (night: NightFinding) => void,
): Promise<NightFinding | Refusal | Clarification> {
  const { definitions, missing, withheld } = await allDefinitions(desk);
  if (definitions.length === 0 && withheld) return nothingOpen(withheld);
  const chosen = await whichDate(desk, definitions, date, [FIRST_LOOK_DAYS]);
  if (chosen.kind !== 'chosen') return chosen;
  const { businessDate, notes } = chosen;
  const read = await readAll(desk, definitions, chosen);
  const shortfall: Shortfall = { unread: new Set(), gaps: [] };
  const { nights, states } = await assessAll(desk, { definitions, businessDate, ...read }, shortfall);
  const shown = states.flatMap(phasesToShow).sort(compareSeverity);
  const nightAs = (diagnosedOf: (state: PhaseState) => Diagnosed | null): NightFinding => ({
    kind: 'night',
    entries: shown.map((state) => {
      const { essential, phase, status } = state;
      const odd = diagnosedOf(state);
      const diagnosis = odd?.diagnosis ?? null;
      return { essential, businessDate, phase, status, state, diagnosis, prospect: prospectOf(odd?.scene ?? null) };
    }),
    missing: missing.map(({ name, reason }) => ({ essential: name, reason })),
    businessDate,
    notes: [...staleNote(definitions), ...notes, ...withheldNote(withheld)],
    gaps: [
      ...new Set([
        ...shortfall.gaps,
        ...shown.filter(({ status }) => status === 'UNKNOWN').flatMap(({ gaps }) => gaps),
      ]),
    ],
  });
  onStatuses?.(nightAs(() => null));
  return nightAs(await diagnoseNight(desk, nights, shown, shortfall));
}

function nothingOpen(withheld: number): Refusal {
  const text = `None of the ${withheld} batches that I watch is open here.`;
  return { kind: 'refusal', reason: 'not_open', text, offers: [] };
}

async function readAll(
  desk: Desk,
  definitions: readonly Definition[],
  { businessDate, known }: ChosenDate,
): Promise<Pick<Nights, 'rows' | 'history'>> {
  const datasetIds = datasetIdsOf(definitions);
  const from = daysBefore(businessDate, LOOK_BACK_DAYS);
  if (known === null) {
    const [rows, history] = await Promise.all([
      desk.sources.runs.batchProgress({ datasetIds, businessDate }),
      readRuns(desk, datasetIds, from, daysBefore(businessDate, 1)),
    ]);
    return { rows, history };
  }
  const earlier = known.from <= from ? [] : await readRuns(desk, datasetIds, from, daysBefore(known.from, 1));
  return {
    rows: known.rows.filter((row) => row.businessDate === businessDate),
    history: [...earlier, ...known.rows.filter((row) => row.businessDate < businessDate && row.businessDate >= from)],
  };
}

async function assessAll(desk: Desk, read: Omit<Nights, 'dagRuns'>, shortfall: Shortfall) {
  const asOf = desk.clock.now();
  const dagRuns = await verifyRuns(desk, { rows: read.rows, asOf, isOwn: () => true }, shortfall);
  const nights: Nights = { ...read, dagRuns };
  const stateOf = openNights({ ...nights, asOf, stuckAfterS: desk.thresholds.stuckAfterS });
  return { nights, states: read.definitions.map(stateOf) };
}

/** The phase asked; else the latest, and the other one as well where it is neither done nor simply not there. */
export function phasesToShow(state: (phase: Phase) => PhaseState, asked: Phase | null): PhaseState[] {
  if (asked !== null) return [state(asked)];
  const latest = latestPhase(state);
  const other = state(latest === 'FINAL' ? 'PRELIM' : 'FINAL');
  return other.status === 'SUCCESS' || other.status === 'NOT_STARTED' ? [state(latest)] : [state(latest), other];
}
