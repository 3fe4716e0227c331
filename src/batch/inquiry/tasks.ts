import type { Clarification, Refusal, RunTasks, TasksFinding } from '../finding.ts';
import type { RunAddress } from '../run.ts';
import { type Attempt, type UnitState, unitsOf } from '../state.ts';
import { compareTasks, firstFailure, taskAt } from '../task-state.ts';
import { chooseUnits, isNamed } from './choose-units.ts';
import type { About, Desk, UnitReference } from './desk.ts';
import { openEssential } from './open-essential.ts';

const SHOWN_RUNS = 6;

type Decided = UnitState & { decisive: Attempt & { dagId: string } };

/**
 * The tasks of the runs meant: of the units referred to, else of those that failed or are stuck, else of those running.
 * At most 6 runs, the earliest failure first.
 */
export async function inquireTasks(
  desk: Desk,
  about: About,
  reference: UnitReference,
): Promise<TasksFinding | Refusal | Clarification> {
  const opened = await openEssential(desk, about, 'batchStatus');
  if (opened.kind !== 'opened') return opened;
  const { definition, essential, businessDate, phase, state, other, notes, gaps } = opened;
  const named = isNamed(reference);
  const chosen = named ? chooseUnits(definition, state, reference) : { kind: 'units' as const, units: unitsOf(state) };
  if (chosen.kind !== 'units') return chosen;

  const meant = (named ? chosen.units : worthALook(chosen.units)).filter(isDecided).sort(compareUrgency);
  const shown = meant.slice(0, SHOWN_RUNS);
  const runs = await readTasks(desk, shown);
  const without = runs.filter((run) => run.tasks.length === 0);
  return {
    kind: 'tasks',
    essential,
    businessDate,
    phase,
    state,
    other,
    notes,
    gaps:
      without.length === 0
        ? gaps
        : [...gaps, `Airflow has no tasks for ${without.map((run) => run.attempt.dagRunId).join(', ')}.`],
    runs,
    omitted: meant.length - shown.length,
  };
}

async function readTasks(desk: Desk, units: readonly Decided[]): Promise<RunTasks[]> {
  const addresses: RunAddress[] = units.map(({ decisive }) => ({ dagId: decisive.dagId, runId: decisive.dagRunId }));
  const rows = addresses.length === 0 ? [] : await desk.sources.tasks.taskDetails(addresses);
  const asOf = desk.clock.now();
  return units.map((unit) => {
    const tasks = rows
      .filter((task) => task.dagId === unit.decisive.dagId && task.runId === unit.decisive.dagRunId)
      .map((task) => taskAt(task, asOf))
      .sort(compareTasks);
    return { unit, attempt: unit.decisive, tasks, firstFailure: firstFailure(tasks) };
  });
}

function worthALook(units: readonly UnitState[]): UnitState[] {
  const broken = units.filter((unit) => unit.status === 'FAILED' || unit.stuck);
  return broken.length > 0 ? broken : units.filter((unit) => unit.status === 'RUNNING');
}

function isDecided(unit: UnitState): unit is Decided {
  return unit.decisive !== null && unit.decisive.dagId !== null;
}

/** Failed runs first, by when they ended; the rest by when they began. */
function compareUrgency(a: Decided, b: Decided): number {
  const failed = (unit: Decided) => (unit.status === 'FAILED' ? 0 : 1);
  const when = (unit: Decided) => unit.decisive.endedAt ?? unit.decisive.startedAt;
  return failed(a) - failed(b) || when(a) - when(b);
}
