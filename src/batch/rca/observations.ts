import { MINUTE } from '../instant.ts';
import { lists } from '../night.ts';
import type { TaskRow } from '../run.ts';
import { type UnitState, unitsOf } from '../state.ts';
import { tookARetry } from '../unit-state.ts';
import type { Observation, RankedCause } from './cause.ts';
import { failedAt } from './failed-units.ts';
import { recurrenceOf } from './recurrence.ts';
import type { Scene } from './scene.ts';
import { suspectsOf } from './suspects.ts';

/** On how many dates a failure must have been seen before it is called recurring. */
const SEVERAL = 2;

/** What is told beside the causes: what they block, what keeps failing, what was repaired, what only went well after retries. */
export function observe(scene: Scene, causes: readonly RankedCause[]): Observation[] {
  const units = unitsOf(scene.state);
  const repaired = units.filter(tookARetry);
  return [
    ...blocked(scene, causes),
    ...recurring(scene, causes, repaired),
    ...repaired.map((unit) => repair(scene, unit)),
    ...units.flatMap((unit) => flaky(scene, unit)),
  ];
}

type Blocked = Extract<Observation, { kind: 'blocked_upstream' }>;

function blocked(scene: Scene, causes: readonly RankedCause[]): Blocked[] {
  const waiting = new Set(
    scene.state.datasets
      .filter(({ units }) => units.every(({ status }) => status === 'WAITING'))
      .map(({ datasetId }) => datasetId),
  );
  const told = causes.flatMap(({ datasetId, affects }): Blocked[] => {
    const by = datasetId ?? affects.datasets[0];
    const datasetIds = affects.datasets.filter((id) => id !== by && waiting.has(id));
    return by === undefined || datasetIds.length === 0 ? [] : [{ kind: 'blocked_upstream', datasetIds, by }];
  });
  const covered = new Set(causes.flatMap(({ affects }) => affects.datasets));
  return [...told, ...heldUpElsewhere(scene).filter(({ datasetIds }) => datasetIds.some((id) => !covered.has(id)))];
}

/** Datasets that wait for nothing but a lower step of another essential with which they share a unit, by what is open there. */
function heldUpElsewhere(scene: Scene): Blocked[] {
  const open = suspectsOf(scene).filter(({ unit, essential }) => essential !== scene.definition && isOpen(unit));
  return scene.state.datasets.flatMap(({ datasetId, sequenceOrder, units }) => {
    const waits = units.filter(({ status }) => status === 'WAITING');
    const own = scene.state.datasets.some((lower) => lower.sequenceOrder < sequenceOrder && lower.status !== 'SUCCESS');
    if (waits.length === 0 || own) return [];
    const by = open.find(({ essential }) => waits.some((unit) => lists(essential, unit)))?.unit.datasetId;
    return by === undefined ? [] : [{ kind: 'blocked_upstream', datasetIds: [datasetId], by }];
  });
}

function isOpen({ status }: UnitState): boolean {
  return status !== 'SUCCESS' && status !== 'WAITING';
}

function recurring(scene: Scene, causes: readonly RankedCause[], repaired: readonly UnitState[]): Observation[] {
  const tasks = [
    ...causes.flatMap(({ datasetId, taskId }) =>
      datasetId === null || taskId === null ? [] : [{ datasetId, taskId }],
    ),
    ...repaired.flatMap((unit) => {
      const failure = failuresBefore(scene, unit)[0];
      return failure === undefined ? [] : [{ datasetId: unit.datasetId, taskId: failure.taskId }];
    }),
  ];
  const once = new Map(tasks.map((task) => [`${task.datasetId}\n${task.taskId}`, task]));
  return [...once.values()].flatMap(({ datasetId, taskId }) => {
    const recurrence = recurrenceOf(scene, datasetId, taskId, null);
    if (recurrence === null || recurrence.failed < SEVERAL) return [];
    return [{ kind: 'recurring', datasetId, taskId, failed: recurrence.failed, of: recurrence.of }];
  });
}

function repair(scene: Scene, unit: UnitState): Observation {
  const { datasetId, slice, attemptCount, attempts, decisive } = unit;
  const failed = [
    ...attempts.filter(({ status }) => status === 'FAILED').flatMap(({ endedAt }) => endedAt ?? []),
    ...failuresBefore(scene, unit).flatMap((task) => failedAt(task) ?? []),
  ];
  const endedAt = decisive?.endedAt ?? null;
  return {
    kind: 'repaired',
    datasetId,
    slice,
    attempts: attemptCount,
    afterMinutes: endedAt === null || failed.length === 0 ? null : Math.round((endedAt - Math.min(...failed)) / MINUTE),
    rewritten: decisive?.rewritten === true,
  };
}

/** Tasks that failed in attempts before the decisive one, in order of start. */
function failuresBefore(scene: Scene, { attempts, decisive }: UnitState): TaskRow[] {
  return attempts
    .flatMap((attempt) => [
      ...(attempt.rewritten ? scene.tasksBefore(attempt) : []),
      ...(attempt === decisive ? [] : scene.tasksOf(attempt)),
    ])
    .filter(({ state }) => state === 'failed');
}

function flaky(scene: Scene, { datasetId, slice, status, decisive }: UnitState): Observation[] {
  if (status !== 'SUCCESS' || decisive === null) return [];
  return scene
    .tasksOf(decisive)
    .filter(({ state, tryNumber }) => state === 'success' && (tryNumber ?? 1) > 1)
    .map(({ taskId, tryNumber }) => ({ kind: 'flaky', datasetId, slice, taskId, tryNumber: tryNumber as number }));
}
