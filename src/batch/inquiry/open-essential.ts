import { SentryError } from '../../errors.ts';
import { type BusinessDate, spellDate } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import type { Clarification, Note, OtherPhase, Refusal } from '../finding.ts';
import { HISTORY_DAYS, lists, openNight } from '../night.ts';
import type { DagRunRow, Phase, RunRow } from '../run.ts';
import { withheldGap } from '../sight.ts';
import { type PhaseState, type UnitState, unitsOf } from '../state.ts';
import type { About, Desk } from './desk.ts';
import { datasetIdsOf, readHistory } from './history-window.ts';
import { staleNote } from './stale-note.ts';
import { type ChosenDate, whichDate } from './which-date.ts';

/** An essential on one business date, read completely: what every inquiry about it starts from. */
export interface OpenedEssential {
  kind: 'opened';
  definition: Definition;
  essential: string;
  businessDate: BusinessDate;
  phase: Phase;
  state: PhaseState;
  other: OtherPhase;
  notes: Note[];
  gaps: string[];
  history: readonly RunRow[];
}

/** `batchProgress` leaves the platform's free text out, where nobody is going to read it. */
export async function openEssential(
  desk: Desk,
  about: About,
  read: 'batchStatus' | 'batchProgress',
): Promise<OpenedEssential | Refusal | Clarification> {
  const definition = await desk.sources.definitions.get(about.essential);
  const chosen = await whichDate(desk, [definition], about.date);
  if (chosen.kind !== 'chosen') return chosen;
  const { businessDate } = chosen;
  const rows = await desk.sources.runs[read]({ datasetIds: datasetIdsOf([definition]), businessDate });
  const history = await readHistory(desk, [definition], businessDate, chosen.known);
  const night = await assess(desk, { definition, businessDate, rows, history }, about.phase);
  const { phase } = night;
  const otherPhase: Phase = phase === 'FINAL' ? 'PRELIM' : 'FINAL';
  const states = { PRELIM: night.state('PRELIM'), FINAL: night.state('FINAL') };
  const nothingRan = states.PRELIM.ran.units + states.FINAL.ran.units === 0;
  if (nothingRan && history.length === 0) return noData(definition.name, businessDate);
  return {
    kind: 'opened',
    definition,
    essential: definition.name,
    businessDate,
    phase,
    state: states[phase],
    other: { phase: otherPhase, status: states[otherPhase].status },
    notes: openingNotes(definition, chosen, nothingRan),
    gaps: [...new Set([...states[phase].gaps, ...night.gaps])],
    history,
  };
}

interface NightRows {
  definition: Definition;
  businessDate: BusinessDate;
  rows: readonly RunRow[];
  history: readonly RunRow[];
}

/**
 * Assesses a night, and reads other essentials only where one of them may hold up a unit of the phase in question: the
 * status of the other phase does not depend on it.
 */
async function assess(desk: Desk, night: NightRows, asked: Phase | null) {
  const gaps: string[] = [];
  const input = { ...night, others: [], asOf: desk.clock.now(), stuckAfterS: desk.thresholds.stuckAfterS };
  const alone = openNight(input);
  const phase = asked ?? latestPhase(alone);
  const dagRuns = await readDagRuns(desk, [...unitsOf(alone('PRELIM')), ...unitsOf(alone('FINAL'))], gaps);
  const idle = unitsOf(alone(phase)).filter((unit) => unit.status === 'NOT_STARTED');
  const others = idle.length === 0 ? [] : await othersThatShare(desk, night.definition, idle, gaps);
  if (others.length === 0) {
    return { phase, state: dagRuns.length === 0 ? alone : openNight({ ...input, dagRuns }), gaps };
  }

  const [rows, history] = await Promise.all([
    desk.sources.runs.batchProgress({ datasetIds: datasetIdsOf(others), businessDate: night.businessDate }),
    readHistory(desk, others, night.businessDate),
  ]);
  const state = openNight({
    ...input,
    others,
    dagRuns,
    rows: withoutRepeats([...night.rows, ...rows]),
    history: withoutRepeats([...night.history, ...history]),
  });
  return { phase, state, gaps };
}

/** The phase meant when none is named: FINAL from its first run on. */
export function latestPhase(state: (phase: Phase) => PhaseState): Phase {
  return state('FINAL').ran.units > 0 ? 'FINAL' : 'PRELIM';
}

async function othersThatShare(desk: Desk, own: Definition, idle: readonly UnitState[], gaps: string[]) {
  const { definitions, missing, withheld } = await desk.sources.definitions.all();
  gaps.push(...withheldGap(withheld));
  if (missing.length > 0) {
    gaps.push(
      `The definitions of ${missing.map((entry) => entry.name).join(', ')} could not be had: whether they hold up a shared slice is not known.`,
    );
  }
  return definitions.filter(
    (definition) => definition.name !== own.name && idle.some((unit) => lists(definition, unit)),
  );
}

/** What Airflow says of the runs that read RUNNING. Without Airflow a status stands, but a stuck run may go unseen. */
export async function readDagRuns(desk: Desk, units: readonly UnitState[], gaps: string[]): Promise<DagRunRow[]> {
  const running = units.flatMap(({ decisive }) =>
    decisive?.status === 'RUNNING' && decisive.dagId !== null
      ? [{ dagId: decisive.dagId, runId: decisive.dagRunId }]
      : [],
  );
  if (running.length === 0) return [];
  try {
    return await desk.sources.tasks.dagRuns(running);
  } catch (error) {
    if (!(error instanceof SentryError) || error.code === 'CANCELLED') throw error;
    gaps.push('Airflow could not be asked whether the running runs still run there; only their heartbeat was checked.');
    return [];
  }
}

export function withoutRepeats(rows: readonly RunRow[]): RunRow[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

export function openingNotes(definition: Definition, chosen: ChosenDate, nothingRan: boolean): Note[] {
  const notes = [...staleNote([definition]), ...chosen.notes];
  const { businessDate } = chosen;
  return nothingRan
    ? [...notes, `No run of ${definition.name} is recorded for ${businessDate} (${spellDate(businessDate)}).`]
    : notes;
}

export function noData(essential: string, businessDate: BusinessDate): Refusal {
  return {
    kind: 'refusal',
    reason: 'no_data',
    text: `No run of ${essential} is recorded for ${businessDate} (${spellDate(businessDate)}), nor in the ${HISTORY_DAYS} days before it: the data may not reach that far back.`,
    offers: [`status of ${essential}`],
  };
}
