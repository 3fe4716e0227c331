import type { Random } from '../random.ts';
import { type Circumstances, noCircumstances, scriptOf } from './circumstances.ts';
import { HOUR, MINUTE, type Platform, type TaskSpec, type Unit } from './platform.ts';

/** Tasks that work on data: where things go wrong. */
export const workOf = (unit: Unit): TaskSpec[] =>
  unit.pipeline.tasks.filter(({ kind }) => kind !== 'start' && kind !== 'end');

/** Longest tasks fail more often than short ones. */
export function failingTask(unit: Unit, random: Random): TaskSpec {
  const tasks = workOf(unit);
  return random.chance(0.6) ? (tasks[0] as TaskSpec) : random.pick(tasks);
}

/** A run that fails and that somebody starts again. */
export function failAndRepair(circumstances: Circumstances, unit: Unit, platform: Platform, random: Random): void {
  const script = scriptOf(circumstances, unit);
  const how = unit.pipeline.retries > 0 && random.chance(0.6) ? 'every_try' : 'at_once';
  script.throws = { task: failingTask(unit, random).id, how, runs: random.chance(0.12) ? 2 : 1 };
  script.repair = { wait: random.between(9, 55) * MINUTE, inPlace: random.chance(platform.inPlace) };
}

export function retryInside(circumstances: Circumstances, unit: Unit, random: Random): void {
  if (unit.pipeline.retries === 0) return;
  scriptOf(circumstances, unit).throws = { task: failingTask(unit, random).id, how: 'first_try', runs: 1 };
}

export function sendTwice(circumstances: Circumstances, unit: Unit, random: Random): void {
  const duplicate = { wait: random.between(0.3, 6) * MINUTE, lasts: random.between(0.5, 30) * MINUTE };
  scriptOf(circumstances, unit).duplicate = duplicate;
}

/** What an ordinary night of the past brings: most of it comes right, some of it did not. */
export function ordinaryIncidents(platform: Platform, units: readonly Unit[], random: Random): Circumstances {
  const circumstances = noCircumstances();
  const expected = (platform.incidentRate * units.length) / 100 + 0.25;
  for (let left = expected; left > 0; left--) {
    if (left < 1 && !random.chance(left)) break;
    const unit = random.pick(units);
    if (circumstances.units.has(unit)) continue;
    const draw = random.next();
    if (draw < 0.36) failAndRepair(circumstances, unit, platform, random);
    else if (draw < 0.6) retryInside(circumstances, unit, random);
    else if (draw < 0.76) sendTwice(circumstances, unit, random);
    else if (draw < 0.94) scriptOf(circumstances, unit).slow = { tasks: null, factor: random.between(1.2, 1.9) };
    else if (draw < 0.97) circumstances.late.set(unit.pipeline, random.between(8, 35) * MINUTE);
    else neverRepaired(circumstances, unit, random);
  }
  return circumstances;
}

function neverRepaired(circumstances: Circumstances, unit: Unit, random: Random): void {
  const script = scriptOf(circumstances, unit);
  script.throws = { task: failingTask(unit, random).id, how: 'every_try', runs: 9 };
  // Some are made good on the day after.
  if (random.chance(0.4)) {
    script.throws.runs = 1;
    script.repair = { wait: random.between(8, 26) * HOUR, inPlace: random.chance(0.7) };
  }
}
