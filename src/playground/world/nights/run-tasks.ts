import type { Random } from '../random.ts';
import type { UnitScript } from './circumstances.ts';
import type { EventQueue } from './event-queue.ts';
import { executeTask, type TaskSetting } from './execute-task.ts';
import { MINUTE, SECOND } from './platform.ts';
import type { Run, TaskRun } from './run.ts';

/** Lets the tasks of a run happen, each after those that it waits for; `over` hears of the run's end, if it has one. */
export function runTasks(
  run: Run,
  ending: UnitScript['ending'],
  setting: TaskSetting,
  queue: EventQueue,
  random: Random,
  over: (run: Run) => void,
): void {
  const { unit, tasks } = run;
  const specs = unit.pipeline.tasks;
  const cutAt = ending && ending.how !== 'untold' ? run.epoch + ending.after : Number.POSITIVE_INFINITY;
  let closed = false;
  tasks.push(...specs.map((spec) => untouched(spec)));

  const begin = (i: number, at: number) => {
    const spec = specs[i] as TaskRun['spec'];
    const wholly = at < cutAt ? executeTask(unit, spec, at, run.attempt, setting, random) : untouched(spec);
    tasks[i] = cut(wholly, cutAt, ending);
    const { endedAt } = tasks[i];
    if (endedAt !== null) queue.add(endedAt, () => end(i, endedAt));
    else if (ending?.how !== 'dies') settle(at);
  };

  const end = (i: number, at: number) => {
    if ((tasks[i] as TaskRun).state === 'failed') failDownstream(i, at);
    for (const [next, spec] of specs.entries()) {
      const waits = spec.after.includes(i) && (tasks[next] as TaskRun).state === null;
      if (waits && spec.after.every((one) => isSuccess(tasks[one] as TaskRun))) begin(next, at);
    }
    settle(at);
  };

  const failDownstream = (i: number, at: number) => {
    for (const [next, spec] of specs.entries()) {
      const task = tasks[next] as TaskRun;
      if (!spec.after.includes(i) || task.state !== null) continue;
      tasks[next] = { ...task, state: 'upstream_failed', startedAt: at, endedAt: at };
      failDownstream(next, at);
    }
  };

  const settle = (at: number) => {
    const stopped = at >= cutAt && ending?.how !== 'dies';
    const left = tasks.some((task) => task.endedAt === null || task.endedAt > at);
    if (closed || (left && !stopped)) return;
    closed = true;
    for (const [i, task] of tasks.entries()) if (task.state === null) tasks[i] = skipped(task, at);
    const failed = tasks.some((task) => task.state === 'failed');
    run.airflow = { state: failed || stopped ? 'failed' : 'success', endedAt: at };
    const endedAt = at + random.between(0.3, 6) * SECOND;
    if (ending?.how === 'timed_out' ? stopped : ending?.how === 'untold' && !failed) {
      // Airflow is through with it; the workflow table hears nothing any more.
      run.heartbeatAt = at + (random.chance(0.5) ? 0 : random.between(5, 200) * MINUTE);
    } else {
      run.status = stopped ? 'CANCELLED' : failed ? 'FAILED' : 'SUCCESS';
      run.endedAt = endedAt;
    }
    queue.add(endedAt, () => over(run));
  };

  begin(0, run.epoch + random.between(0.3, 3) * SECOND);
  if (ending?.how !== 'dies') return;
  queue.add(cutAt, () => {
    if (closed) return;
    run.heartbeatAt = cutAt;
    over(run);
  });
}

const isSuccess = (task: TaskRun) => task.state === 'success';

function untouched(spec: TaskRun['spec']): TaskRun {
  return { spec, state: null, queuedAt: null, startedAt: null, endedAt: null, tries: 0, host: null };
}

function skipped(task: TaskRun, at: number): TaskRun {
  return { ...task, state: 'skipped', startedAt: at, endedAt: at };
}

/** What is left of a task whose run is stopped, or dies, at that moment. */
function cut(task: TaskRun, cutAt: number, ending: UnitScript['ending']): TaskRun {
  if (task.state === null || (task.endedAt ?? 0) <= cutAt) return task;
  if (ending?.how === 'dies') {
    const waits = (task.startedAt ?? 0) > cutAt;
    if (waits && (task.queuedAt ?? 0) > cutAt) return untouched(task.spec);
    return waits
      ? { ...task, state: 'queued', startedAt: null, endedAt: null, host: null }
      : { ...task, state: 'running', endedAt: null };
  }
  if ((task.startedAt ?? 0) > cutAt) return { ...skipped(task, cutAt), queuedAt: null, tries: 0, host: null };
  return { ...task, state: ending?.mark ?? 'skipped', endedAt: cutAt };
}
