import type { BusinessDate } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import type { Clarification, NightFinding, Refusal } from '../finding.ts';
import { openNights } from '../night.ts';
import type { Phase, RunRow } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import { type PhaseState, unitsOf } from '../state.ts';
import { compareSeverity } from '../status.ts';
import { allDefinitions } from './all-definitions.ts';
import type { Desk } from './desk.ts';
import { datasetIdsOf, readHistory } from './history-window.ts';
import { latestPhase, readDagRuns } from './open-essential.ts';
import { staleNote } from './stale-note.ts';
import { whichDate } from './which-date.ts';

/** All essentials of a night, worst first: "what happened last night?", "what failed?" without a batch. */
export async function inquireNight(
  desk: Desk,
  about: { date: SpokenDate | null; phase: Phase | null },
): Promise<NightFinding | Refusal | Clarification> {
  const { definitions, missing } = await allDefinitions(desk);
  const chosen = await whichDate(desk, definitions, about.date);
  if (chosen.kind !== 'chosen') return chosen;
  const { businessDate, known, notes } = chosen;
  const rows =
    known?.rows.filter((row) => row.businessDate === businessDate) ??
    (await desk.sources.runs.batchProgress({ datasetIds: datasetIdsOf(definitions), businessDate }));
  const history = await readHistory(desk, definitions, businessDate, known);
  const { states, gaps } = await assessAll(desk, { definitions, businessDate, rows, history });
  const entries = states
    .flatMap((state) => phasesToShow(state, about.phase))
    .sort(compareSeverity)
    .map((state) => ({
      essential: state.essential,
      businessDate,
      phase: state.phase,
      status: state.status,
      state,
      diagnosis: null,
    }));
  return {
    kind: 'night',
    entries,
    missing: missing.map(({ name, reason }) => ({ essential: name, reason })),
    businessDate,
    notes: [...staleNote(definitions), ...notes],
    gaps: [
      ...new Set([...gaps, ...entries.filter((entry) => entry.status === 'UNKNOWN').flatMap((e) => e.state.gaps)]),
    ],
  };
}

interface Nights {
  definitions: readonly Definition[];
  businessDate: BusinessDate;
  rows: readonly RunRow[];
  history: readonly RunRow[];
}

async function assessAll(desk: Desk, { definitions, ...night }: Nights) {
  const gaps: string[] = [];
  const input = { ...night, definitions, asOf: desk.clock.now(), stuckAfterS: desk.thresholds.stuckAfterS };
  const before = openNights(input);
  const units = definitions.map(before).flatMap((state) => [...unitsOf(state('PRELIM')), ...unitsOf(state('FINAL'))]);
  const dagRuns = await readDagRuns(desk, units, gaps);
  const after = dagRuns.length === 0 ? before : openNights({ ...input, dagRuns });
  return { states: definitions.map(after), gaps };
}

/** The phase asked; else the latest, and the other one as well where it is neither done nor simply not there. */
function phasesToShow(state: (phase: Phase) => PhaseState, asked: Phase | null): PhaseState[] {
  if (asked !== null) return [state(asked)];
  const latest = latestPhase(state);
  const other = state(latest === 'FINAL' ? 'PRELIM' : 'FINAL');
  return other.status === 'SUCCESS' || other.status === 'NOT_STARTED' ? [state(latest)] : [state(latest), other];
}
