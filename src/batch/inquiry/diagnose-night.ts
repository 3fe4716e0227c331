import type { BusinessDate } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import type { Diagnosis } from '../rca/cause.ts';
import { diagnose, pastRunsWanted } from '../rca/engine.ts';
import { isLate } from '../rca/matters.ts';
import { openScene, type Scene } from '../rca/scene.ts';
import type { DagRunRow, RunRow, TaskRow } from '../run.ts';
import type { PhaseState } from '../state.ts';
import type { Desk } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import { readNightTasks, readPastTasks, type Shortfall } from './read-airflow.ts';

/** Every essential on one business date, read together. */
export interface Nights {
  definitions: readonly Definition[];
  businessDate: BusinessDate;
  rows: readonly RunRow[];
  /** Earlier business dates. */
  history: readonly RunRow[];
  dagRuns: readonly DagRunRow[];
}

/** Earlier runs that all diagnoses together compare with; the share of each is the most telling part of what it wants. */
const PAST_RUNS = 2000;

/** A phase that is not plainly fine: what is wrong with it, and the scene that it was judged by. */
export interface Diagnosed {
  scene: Scene;
  diagnosis: Diagnosis;
}

/**
 * Diagnoses every phase that is not plainly fine, null for the others. Their reads are shared: three statements, none where
 * all went well.
 */
export async function diagnoseNight(
  desk: Desk,
  nights: Nights,
  states: readonly PhaseState[],
  shortfall: Shortfall,
): Promise<(state: PhaseState) => Diagnosed | null> {
  const odd = states.filter(
    (state) => state.status !== 'SUCCESS' || isLate(sceneOf(desk, nights, state, [], shortfall)),
  );
  if (odd.length === 0) return () => null;

  const names = new Set(odd.map((state) => state.essential));
  const concerned = new Set(datasetIdsOf(nights.definitions.filter(({ name }) => names.has(name))));
  const isOwn = (datasetId: string) => concerned.has(datasetId);
  const night = { rows: nights.rows, asOf: desk.clock.now(), isOwn };
  const phases = [...new Set(odd.map((state) => state.phase))];
  const tasks = await readNightTasks(desk, night, nights.history, phases, shortfall);
  const scenes = odd.map((state) => sceneOf(desk, nights, state, tasks, shortfall));
  const share = Math.floor(PAST_RUNS / scenes.length);
  const wanted = shortfall.unread.has('tasks') ? [] : scenes.flatMap((scene) => pastRunsWanted(scene).slice(0, share));
  const pastTasks = await readPastTasks(desk, wanted, shortfall);
  const found = new Map(
    scenes.map((evening, index) => {
      const scene = evening.withPastTasks(pastTasks, shortfall.unread);
      return [odd[index], { scene, diagnosis: diagnose(scene) }];
    }),
  );
  return (state) => found.get(state) ?? null;
}

function sceneOf(
  desk: Desk,
  { definitions, businessDate, rows, history, dagRuns }: Nights,
  { essential, phase }: PhaseState,
  tasks: readonly TaskRow[],
  { unread }: Shortfall,
): Scene {
  const definition = definitions.find(({ name }) => name === essential) as Definition;
  return openScene({
    definition,
    others: definitions.filter((other) => other !== definition),
    businessDate,
    phase,
    asOf: desk.clock.now(),
    rows,
    history,
    tasks,
    pastTasks: [],
    dagRuns,
    deadline: desk.deadlineOf(essential, phase, businessDate),
    thresholds: desk.thresholds,
    unread,
  });
}
