import type { Random } from '../../../src/playground/world/random.ts';
import { SECOND } from './dates.ts';
import type { Deviation, PlannedTask, Tonight } from './planned.ts';
import type { Dataset, Unit, World } from './world.ts';

interface Setting {
  world: World;
  dataset: Dataset;
  unit: Unit;
  /** Factor of this night on every duration. */
  nightFactor: number;
  deviation: Deviation;
  tonight: Tonight;
}

/** What becomes of a task whose predecessor ended like this. */
const AFTER: Readonly<Record<string, PlannedTask['state']>> = {
  failed: 'upstream_failed',
  upstream_failed: 'upstream_failed',
  skipped: 'skipped',
};

/** The tasks of one execution that begins at `start`, one after the other as the recipe says. */
export function planTasks(random: Random, start: number, setting: Setting): PlannedTask[] {
  const { world, dataset, unit, nightFactor, deviation, tonight } = setting;
  const tasks: PlannedTask[] = [];
  for (const [position, recipe] of dataset.tasks.entries()) {
    // Drawn for every task, whatever happens to it, so that a deviation changes nothing else.
    const lag = random.between(0.1, 2.5);
    const gap = deviation.queue
      ? random.between(deviation.queue.from, deviation.queue.to)
      : dataset.queueGap * random.spread(0.5);
    const usual = recipe.usual * unit.size * nightFactor * random.spread(world.taskSigma);
    const drawn = random.pick(world.hosts);
    const spare = random.pick(world.hosts);

    const before = recipe.after.map((index) => tasks[index] as PlannedTask);
    const broken = before.find((task) => task.state !== 'success');
    if (broken) {
      const state = AFTER[broken.state ?? 'none'] ?? null;
      const at = state === 'upstream_failed' && world.conventions.datesUpstreamFailed ? broken.endedAt : null;
      tasks.push({ recipe, state, tries: 0, queuedAt: null, startedAt: at, endedAt: at, host: null });
      continue;
    }
    const ready = Math.max(start, ...before.map((task) => task.endedAt as number));
    let queuedAt = ready + lag * SECOND;
    let startedAt = queuedAt + gap * SECOND;
    const length = usual * (deviation.stretch?.get(position) ?? 1) * SECOND;
    const avoided = tonight.avoid && startedAt < tonight.avoid.to && startedAt + length > tonight.avoid.from;
    const host = deviation.hosts?.get(position) ?? (avoided && drawn === tonight.avoid?.host ? spare : drawn);
    const done = (state: PlannedTask['state'], seconds: number, tries: number, on = host) =>
      tasks.push({ recipe, state, tries, queuedAt, startedAt, endedAt: startedAt + seconds * SECOND, host: on });

    if (deviation.fail?.task === position) {
      const { tries, share } = deviation.fail;
      const pause = (usual * share + 60) * SECOND;
      queuedAt += (tries - 1) * pause;
      startedAt += (tries - 1) * pause;
      done('failed', usual * share, tries, deviation.fail.host ?? host);
    } else if (deviation.hang?.task === position) {
      const at = startedAt + usual * deviation.hang.share * SECOND;
      const { airflow } = deviation.hang;
      if (airflow === 'success') done('success', usual, 1);
      else
        tasks.push({
          recipe,
          state: airflow === 'failed' ? 'skipped' : 'running',
          tries: 1,
          queuedAt,
          startedAt,
          endedAt: airflow === 'failed' ? at : null,
          host,
        });
    } else if (hitBy(tonight.outage, recipe.operator, startedAt, startedAt + length)) {
      const { from, to } = tonight.outage as NonNullable<Tonight['outage']>;
      const at = Math.min(Math.max(startedAt, from) + random.between(4, 50) * SECOND, to);
      done('failed', (at - startedAt) / SECOND, 1);
    } else if (deviation.retried?.task === position) {
      const pause = (usual * 0.3 + 45) * SECOND * (deviation.retried.tries - 1);
      queuedAt += pause;
      startedAt += pause;
      done('success', length / SECOND, deviation.retried.tries);
    } else {
      done('success', length / SECOND, 1);
    }
  }
  return tasks;
}

function hitBy(outage: Tonight['outage'], operator: string, from: number, to: number): boolean {
  return outage !== null && outage.operator === operator && from < outage.to && to > outage.from;
}
