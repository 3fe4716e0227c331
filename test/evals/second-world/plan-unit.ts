import type { Random } from '../../../src/playground/world/random.ts';
import { MINUTE, SECOND } from './dates.ts';
import { planTasks } from './plan-run.ts';
import type { Deviation, Phase, PlannedRun, PlannedTask, Tonight } from './planned.ts';
import type { Dataset, Unit, World } from './world.ts';

export interface Occasion {
  world: World;
  dataset: Dataset;
  unit: Unit;
  date: string;
  phase: Phase;
  nightFactor: number;
  deviation: Deviation;
  tonight: Tonight;
}

/** Every execution of one unit in one phase, and when it succeeded: null if it never does. */
export function planUnit(
  random: Random,
  start: number,
  occasion: Occasion,
): { runs: PlannedRun[]; doneAt: number | null } {
  const { deviation, phase } = occasion;
  const trigger = phase === 'PRELIM' ? 'ProcessTrigger' : 'RerunTrigger';
  if (deviation.cancelled) return { runs: cancelledRuns(random, start, deviation.cancelled, occasion), doneAt: null };

  const first = execute(random, start, trigger, deviation, occasion);
  const runs = [first];
  if (deviation.duplicate === 'before') runs.unshift(cancelledAt(first.startedAt - 25 * SECOND, 4, occasion));
  if (deviation.duplicate === 'after') {
    const again = cancelledAt(first.startedAt + 9 * SECOND, 70, occasion);
    const retry = cancelledAt(first.updatedAt + 11 * MINUTE, 95, occasion);
    runs.push(first.status === 'FAILED' ? { ...retry, trigger: 'ManualTrigger' } : again);
  }
  if (first.status === 'FAILED' && deviation.repaired) {
    const { after, inPlace } = deviation.repaired;
    const healthy: Deviation = { detail: deviation.detail };
    const second = execute(random, first.updatedAt + after * SECOND, 'ManualTrigger', healthy, occasion);
    if (inPlace) {
      runs[runs.indexOf(first)] = { ...second, createdAt: first.createdAt, rewrites: first };
    } else runs.push(second);
    return { runs, doneAt: second.updatedAt };
  }
  return { runs, doneAt: first.status === 'SUCCESS' ? first.updatedAt : null };
}

function execute(
  random: Random,
  begin: number,
  trigger: PlannedRun['trigger'],
  deviation: Deviation,
  occasion: Occasion,
): PlannedRun {
  const { dataset, unit, date, phase } = occasion;
  const createdAt = Math.floor(begin);
  const startedAt = createdAt + random.whole(40, 2400);
  const tasks = planTasks(random, startedAt, { ...occasion, deviation });
  const lastEnd = Math.max(startedAt, ...tasks.map((task) => task.endedAt ?? 0));
  const base = {
    dataset,
    unit,
    date,
    phase,
    trigger,
    createdAt,
    startedAt,
    tasks,
    rewrites: null,
    detail: deviation.detail,
  };
  const closing = random.between(1, 9) * SECOND;
  if (deviation.hang) {
    const { airflow, share } = deviation.hang;
    const hung = tasks[deviation.hang.task] as PlannedTask;
    const begun = hung.startedAt as number;
    const usual = dataset.tasks[deviation.hang.task]?.usual ?? 60;
    const diedAt = airflow === 'success' ? lastEnd : begun + usual * unit.size * share * SECOND;
    const endedAt = airflow === 'running' ? null : Math.max(lastEnd, diedAt) + closing;
    return { ...base, status: 'RUNNING', updatedAt: Math.floor(diedAt), airflow: { state: airflow, endedAt } };
  }
  const failed = tasks.some((task) => task.state === 'failed');
  const endedAt = lastEnd + closing;
  return {
    ...base,
    status: failed ? 'FAILED' : 'SUCCESS',
    updatedAt: Math.floor(endedAt + random.between(1, 5) * SECOND),
    airflow: { state: failed ? 'failed' : 'success', endedAt },
  };
}

function cancelledRuns(random: Random, start: number, count: number, occasion: Occasion): PlannedRun[] {
  const runs: PlannedRun[] = [];
  let at = start;
  for (let attempt = 0; attempt < count; attempt++) {
    const minutes = random.between(2, 25);
    const run = cancelledAt(at, minutes * 60, occasion);
    runs.push(attempt === 0 ? run : { ...run, trigger: random.chance(0.5) ? 'ManualTrigger' : run.trigger });
    at += (minutes + random.between(3, 30)) * MINUTE;
  }
  return runs;
}

/** An execution that somebody cancelled after some seconds; Airflow skipped what had not been done. */
function cancelledAt(begin: number, length: number, occasion: Occasion): PlannedRun {
  const start = Math.floor(begin);
  const seconds = Math.ceil(length);
  const { dataset, unit, date, phase } = occasion;
  const endedAt = start + seconds * SECOND;
  const tasks = dataset.tasks.map((recipe, position): PlannedTask => {
    const touched = position === 0 && seconds > 30;
    const at = touched ? endedAt - 2 * SECOND : null;
    return {
      recipe,
      state: 'skipped',
      tries: touched ? 1 : 0,
      queuedAt: touched ? start + 3000 : null,
      startedAt: touched ? Math.min(start + 6000, at as number) : null,
      endedAt: at,
      host: null,
    };
  });
  return {
    dataset,
    unit,
    date,
    phase,
    trigger: phase === 'PRELIM' ? 'ProcessTrigger' : 'RerunTrigger',
    status: 'CANCELLED',
    createdAt: start,
    startedAt: start + 60,
    updatedAt: endedAt,
    airflow: seconds > 30 ? { state: 'failed', endedAt } : null,
    tasks: seconds > 30 ? tasks : [],
    rewrites: null,
  };
}
