import type { Random } from '../random.ts';
import type { Circumstances } from './circumstances.ts';
import { EventQueue } from './event-queue.ts';
import type { TaskSetting } from './execute-task.ts';
import { type Essential, MINUTE, type Phase, type Pipeline, type Platform, SECOND, type Unit } from './platform.ts';
import { createPools } from './pools.ts';
import type { Run } from './run.ts';
import { runTasks } from './run-tasks.ts';

export interface PhaseInput {
  platform: Platform;
  businessDate: string;
  phase: Phase;
  /** Who is to run. */
  units: ReadonlySet<Unit>;
  /** When each essential begins; those without an entry have no say. */
  begin: ReadonlyMap<Essential, number>;
  /** When foreign slices begin. */
  beginForeign: number;
  /** From when on the second pass may count as one: rows rewritten close to it could not be told apart from it. */
  dawn: number;
  pace: number;
  circumstances: Circumstances;
  randomOf(unit: Unit): Random;
}

export interface PhaseResult {
  runs: Run[];
  /** When nothing was in the way of a unit any more. */
  readyAt: ReadonlyMap<Unit, number>;
  /** When a unit was done. */
  doneAt: ReadonlyMap<Unit, number>;
}

/** Lets one phase of one night happen: a unit's run is created when all lower steps of all who list it are done. */
export function simulatePhase(input: PhaseInput): PhaseResult {
  const { platform, circumstances, units } = input;
  const queue = new EventQueue();
  const runs: Run[] = [];
  const readyAt = new Map<Unit, number>();
  const doneAt = new Map<Unit, number>();
  const startAt = createPools(platform.podStart, circumstances.congestions);
  const setting: TaskSetting = { platform, circumstances, pace: input.pace, startAt };
  const waitsFor = new Map<Unit, number>();
  const steps = stepsOf(input);
  const left = new Map(steps.map((step) => [step, step.units.length]));
  const stepOf = new Map<Unit, Step[]>();

  for (const step of steps) {
    for (const unit of step.units) {
      stepOf.set(unit, [...(stepOf.get(unit) ?? []), step]);
      if (step.previous) waitsFor.set(unit, (waitsFor.get(unit) ?? 0) + 1);
    }
  }

  const open = (step: Step, at: number) => {
    for (const unit of step.units) {
      const waits = (waitsFor.get(unit) ?? 0) - 1;
      waitsFor.set(unit, waits);
      if (waits === 0) becomeReady(unit, at);
    }
  };

  const becomeReady = (unit: Unit, at: number) => {
    readyAt.set(unit, at);
    const script = circumstances.units.get(unit);
    if (script?.silent) return;
    const random = input.randomOf(unit);
    const { latency } = unit.pipeline;
    const late = circumstances.late.get(unit.pipeline) ?? 0;
    const createAt = at + latency * random.between(0.6, 1.6) + late * random.between(0.99, 1.01);
    queue.add(createAt, () => create(unit, createAt, random, null));
    const twice = script?.duplicate;
    if (twice) queue.add(createAt + twice.wait, () => runs.push(duplicateRun(unit, createAt, twice)));
  };

  const newRun = (unit: Unit, at: number, attempt: number): Run => {
    const epoch = Math.round(at);
    return {
      unit,
      businessDate: input.businessDate,
      phase: input.phase,
      trigger: attempt > 1 ? 'ManualTrigger' : input.phase === 'PRELIM' ? 'ProcessTrigger' : 'RerunTrigger',
      attempt,
      createdAt: Math.floor(epoch / SECOND) * SECOND,
      epoch,
      runId: runId(unit, input.businessDate, epoch),
      tasks: [],
      status: 'RUNNING',
      endedAt: null,
      heartbeatAt: null,
      airflow: { state: 'running', endedAt: null },
      remark: null,
      replacedBy: null,
    };
  };

  const create = (unit: Unit, at: number, random: Random, failed: Run | null) => {
    const run = newRun(unit, at, failed ? failed.attempt + 1 : 1);
    const script = circumstances.units.get(unit);
    // The row is written up to half a minute before Airflow has the run.
    const ahead = Math.floor(random.between(0, 30)) * SECOND;
    run.createdAt -= ahead;
    const failsAgain = run.attempt <= Math.max(script?.ending?.attempts ?? 1, script?.throws?.runs ?? 1);
    // A second retry after a rewritten one finds nothing left that says which pass it belongs to, but in the first pass.
    const told = input.phase === 'PRELIM' || !failsAgain;
    if (failed && script?.repair?.inPlace && told && mayRewrite(failed, runs, input)) {
      failed.replacedBy = run;
      run.createdAt = failed.createdAt;
    }
    if (run.attempt === 1) run.remark = script?.remark ?? null;
    runs.push(run);
    const ending = script?.ending && run.attempt <= (script.ending.attempts ?? 1) ? script.ending : undefined;
    runTasks(run, ending, setting, queue, random, (ended) => close(ended, random));
  };

  const close = (run: Run, random: Random) => {
    const { unit } = run;
    const script = circumstances.units.get(unit);
    if (run.status === 'RUNNING') run.heartbeatAt = lastBeat(run, platform.heartbeat);
    if (run.status === 'SUCCESS') return release(unit, run.endedAt as number);
    const again =
      (run.status === 'FAILED' && script?.repair?.wait) ||
      (run.status === 'CANCELLED' && run.attempt < (script?.ending?.attempts ?? 1) && random.between(3, 40) * MINUTE);
    if (!again || run.attempt > 4) return;
    const at = (run.endedAt as number) + again;
    queue.add(at, () => create(unit, at, random, run));
  };

  const release = (unit: Unit, at: number) => {
    doneAt.set(unit, at);
    for (const step of stepOf.get(unit) ?? []) {
      const rest = (left.get(step) as number) - 1;
      left.set(step, rest);
      if (rest === 0 && step.next) open(step.next, at);
    }
  };

  const duplicateRun = (unit: Unit, at: number, { wait, lasts }: { wait: number; lasts: number }): Run => {
    const run = newRun(unit, at + wait, 1);
    run.status = 'CANCELLED';
    run.endedAt = run.epoch + lasts;
    run.airflow = { state: 'failed', endedAt: run.endedAt };
    return run;
  };

  // Several who list a dataset first of all: the whole of it begins with the first of them.
  const firsts = [...stepOf].filter(([unit]) => !waitsFor.has(unit));
  const begins = new Map<Pipeline, number>();
  for (const [{ pipeline }, places] of firsts) {
    const at = Math.min(...places.map(({ essential }) => input.begin.get(essential) as number));
    begins.set(pipeline, Math.min(at, begins.get(pipeline) ?? at));
  }
  for (const [unit] of firsts) {
    const at = begins.get(unit.pipeline) as number;
    queue.add(at, () => becomeReady(unit, at));
  }
  for (const unit of units) {
    if (unit.places.length > 0) continue;
    const at = input.beginForeign + input.randomOf(unit).between(0, 30) * MINUTE;
    queue.add(at, () => becomeReady(unit, at));
  }
  queue.run();
  return { runs, readyAt, doneAt };
}

interface Step {
  essential: Essential;
  units: Unit[];
  previous: Step | null;
  next: Step | null;
}

/** The steps of every essential that takes part, of the units that do. */
function stepsOf({ units, begin }: PhaseInput): Step[] {
  const steps: Step[] = [];
  for (const essential of begin.keys()) {
    let previous: Step | null = null;
    for (const members of essential.steps) {
      const taking = members.flatMap((member) => member.units.filter((unit) => units.has(unit)));
      if (taking.length === 0) continue;
      const step: Step = { essential, units: taking, previous, next: null };
      if (previous) previous.next = step;
      steps.push(step);
      previous = step;
    }
  }
  return steps;
}

export function runId(unit: Unit, businessDate: string, epoch: number): string {
  const slice = unit.slice === null ? '' : `_${unit.slice}`;
  return `FGW_${unit.pipeline.dagId}_${businessDate}${slice}_${epoch}`;
}

/** Whether a retry may take over the row of what failed: only where its phase can still be told from what is left. */
function mayRewrite(failed: Run, runs: readonly Run[], input: PhaseInput): boolean {
  if (failed.trigger === 'ManualTrigger') return false;
  if (input.phase === 'PRELIM') return failed.createdAt + 61 * MINUTE < input.dawn;
  const { pipeline } = failed.unit;
  return runs.some(
    (run) =>
      run.unit.pipeline === pipeline &&
      run.unit !== failed.unit &&
      run.trigger === 'RerunTrigger' &&
      run.status === 'SUCCESS' &&
      run.createdAt <= failed.createdAt,
  );
}

/** The last whole beat before its last sign of life. */
function lastBeat(run: Run, every: number): number {
  const last = run.heartbeatAt ?? run.epoch;
  return run.epoch + Math.floor((last - run.epoch) / every) * every;
}
