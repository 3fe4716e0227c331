import { type Instant, MINUTE, SECOND } from '../instant.ts';
import { waitOf } from '../rca/queues/waits.ts';
import type { Scene } from '../rca/scene.ts';
import type { PlacedUnit } from './critical-path.ts';
import { runHistory } from './run-history.ts';

/** Whole minutes that one link of the chain lost by itself. */
export interface OwnParts {
  queue: number;
  run: number;
  retry: number;
}

/** Over what is usual for the unit. What is not known to be unusual is none of its minutes. */
export function ownParts(scene: Scene, { key, times }: PlacedUnit): OwnParts {
  const { decisive } = times;
  const queue = minutes(queued(scene, decisive));
  const usualS = runHistory(scene)(key).medianS;
  const ran = (decisive.endedAt ?? scene.asOf) - decisive.startedAt;
  const over = usualS === null ? 0 : minutes(ran - usualS * SECOND) - queue;
  return {
    queue,
    // A run that goes on, or broke off, has not saved what it has not done.
    run: decisive.status === 'SUCCESS' ? over : Math.max(0, over),
    retry: Math.max(0, minutes(decisive.startedAt - times.startedAt)),
  };
}

/** Milliseconds in which a task of the run stood in a queue for longer than any should; in parallel they count once. */
function queued(scene: Scene, run: PlacedUnit['times']['decisive']): number {
  const waits = scene
    .tasksOf(run)
    .flatMap((task) => waitOf(task, scene.asOf) ?? [])
    .filter(({ seconds }) => seconds > scene.thresholds.queueAfterS)
    .sort((a, b) => a.from - b.from);
  let lost = 0;
  let until: Instant = run.startedAt;
  for (const { from, to } of waits) {
    lost += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return lost;
}

export function minutes(ms: number): number {
  // Never a negative zero: it is shown.
  return Math.round(ms / MINUTE) + 0;
}
