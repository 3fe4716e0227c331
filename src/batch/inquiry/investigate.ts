import type { Definition } from '../definition.ts';
import type { Clarification, Refusal } from '../finding.ts';
import type { Instant } from '../instant.ts';
import { openNight } from '../night.ts';
import { placeRuns } from '../placement.ts';
import { pastRunsWanted } from '../rca/engine.ts';
import { openScene, type Scene } from '../rca/scene.ts';
import type { Phase, RunRow } from '../run.ts';
import { withheldGap } from '../sight.ts';
import { unitsOf } from '../state.ts';
import { allDefinitions } from './all-definitions.ts';
import type { About, Desk } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import { noData, type OpenedEssential, openingNotes, withoutRepeats } from './open-essential.ts';
import { readNightTasks, readPastTasks, type Shortfall, verifyRuns } from './read-airflow.ts';
import { FIRST_LOOK_DAYS, readNight, readOthersHistory } from './read-night.ts';
import { whichDate } from './which-date.ts';

/** An essential on one business date with everything that tells why it went as it went. */
export interface Investigation {
  kind: 'investigated';
  opened: OpenedEssential;
  scene: Scene;
  /** Runs of the night, of all essentials. */
  rows: readonly RunRow[];
}

/**
 * Reads the scene of a night: tonight's runs of all essentials, own history, and Airflow's part of both; at most eight
 * statements for an ordinary essential, side by side where one does not need the other. A source that fails on the way
 * leaves a gap, and rules that need it abstain. `depth`: `runs` leaves tasks out, for questions that need none.
 */
export async function investigate(
  desk: Desk,
  about: About,
  depth: 'runs' | 'tasks' = 'tasks',
): Promise<Investigation | Refusal | Clarification> {
  const definition = await desk.sources.definitions.get(about.essential);
  const [{ definitions, missing, withheld }, chosen] = await Promise.all([
    allDefinitions(desk),
    whichDate(desk, [definition], about.date, [FIRST_LOOK_DAYS]),
  ]);
  if (chosen.kind !== 'chosen') return chosen;
  const { businessDate } = chosen;
  const asOf = desk.clock.now();
  const shortfall: Shortfall = { unread: new Set(), gaps: withheldGap(withheld) };
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    shortfall.gaps.push(`The definitions of ${names} could not be had: what they share with this one is not known.`);
  }
  const others = definitions.filter((other) => other.name !== definition.name);
  const { rows, history } = await readNight(desk, definition, others, chosen, shortfall);

  const ran = phasesRun(definition, rows, asOf);
  const phase = about.phase ?? (ran.has('FINAL') ? 'FINAL' : 'PRELIM');
  const nothingRan = ran.size === 0;
  if (nothingRan && history.length === 0) return noData(definition.name, businessDate);

  const { stuckAfterS } = desk.thresholds;
  const alone = openNight({ definition, others: [], businessDate, asOf, rows, history, stuckAfterS });
  const idle = unitsOf(alone(phase)).filter(({ status }) => status === 'NOT_STARTED');
  const own = new Set(datasetIdsOf([definition]));
  const night = { rows, asOf, isOwn: (datasetId: string) => own.has(datasetId) };
  const [dagRuns, tasks, othersHistory] = await Promise.all([
    verifyRuns(desk, night, shortfall),
    depth === 'runs' ? [] : readNightTasks(desk, night, history, [phase], shortfall),
    readOthersHistory(desk, { definition, others, businessDate, phase, idle }),
  ]);
  const evening = openScene({
    definition,
    others,
    businessDate,
    phase,
    asOf,
    rows,
    history: othersHistory.length === 0 ? history : withoutRepeats([...history, ...othersHistory]),
    tasks,
    pastTasks: [],
    dagRuns,
    deadline: desk.deadlineOf(definition.name, phase, businessDate),
    thresholds: desk.thresholds,
    unread: shortfall.unread,
  });
  const scene = depth === 'runs' ? evening : await withPast(desk, evening, shortfall);
  const other: Phase = phase === 'FINAL' ? 'PRELIM' : 'FINAL';
  return {
    kind: 'investigated',
    scene,
    rows,
    opened: {
      kind: 'opened',
      definition,
      essential: definition.name,
      businessDate,
      phase,
      state: scene.state,
      other: { phase: other, status: ran.has(other) ? alone(other).status : 'NOT_STARTED' },
      notes: openingNotes(definition, chosen, nothingRan),
      gaps: [...new Set([...scene.state.gaps, ...shortfall.gaps])],
      history,
    },
  };
}

/** The phases of which a unit of the essential has a run. */
function phasesRun(definition: Definition, rows: readonly RunRow[], asOf: Instant): Set<Phase> {
  const { runs } = placeRuns(definition, rows, asOf);
  return new Set(runs.flatMap(({ unit, phase }) => (unit === null || phase === null ? [] : [phase])));
}

async function withPast(desk: Desk, scene: Scene, shortfall: Shortfall): Promise<Scene> {
  const wanted = shortfall.unread.has('tasks') ? [] : pastRunsWanted(scene);
  return scene.withPastTasks(await readPastTasks(desk, wanted, shortfall), shortfall.unread);
}
