import type { RunAddress } from '../../run.ts';
import { oncePerScene } from '../../timing/once-per-scene.ts';
import type { UnitTimes } from '../../timing/timeline.ts';
import type { Scene } from '../scene.ts';
import { examinedRuns, pastRunsOf } from '../slowness/long-runs.ts';
import { longestTasks } from '../slowness/task-times.ts';

/** Hosts under suspicion, and units on each, whose history is looked at. */
const LOOK = { hosts: 3, units: 4, runs: 6 };

/**
 * Units that ran on the hosts on which long runs spent most of their time: how they fared there tells a bad host from a
 * dataset that is slow wherever it runs.
 */
export const neighbours = oncePerScene((scene): UnitTimes[] => {
  const examined = new Set(examinedRuns(scene).map(({ times }) => times.key));
  const suspected = new Map<string, number>();
  for (const { times } of examinedRuns(scene)) {
    const tasks = [...longestTasks(scene.tasksOf(times.decisive), scene.asOf).values()];
    const host = tasks.sort((a, b) => b.seconds - a.seconds)[0]?.task.hostname;
    if (host) suspected.set(host, (suspected.get(host) ?? 0) + 1);
  }
  const hosts = [...suspected].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([host]) => host);
  const looked = hosts.slice(0, LOOK.hosts);
  if (looked.length === 0) return [];
  const units = [...scene.tonight.units.values()]
    .filter(({ key }) => !examined.has(key))
    .filter(({ decisive }) => scene.tasksOf(decisive).some(({ hostname }) => looked.includes(hostname ?? '')))
    .map((times) => ({ times, on: secondsByHost(scene, times) }));
  const found = looked.flatMap((host) =>
    units
      .map(({ times, on }) => ({ times, seconds: on.get(host) ?? 0 }))
      .filter(({ seconds }) => seconds > 0)
      .sort((a, b) => b.seconds - a.seconds || (a.times.key < b.times.key ? -1 : 1))
      .slice(0, LOOK.units)
      .map(({ times }) => times),
  );
  return [...new Set(found)];
});

/** Earlier runs of these units. */
export function runsOfNeighbours(scene: Scene): RunAddress[] {
  return neighbours(scene).flatMap(({ key }) =>
    pastRunsOf(scene, key)
      .slice(0, LOOK.runs)
      .map(({ address }) => address),
  );
}

/** How long the unit's tasks ran on each host. */
function secondsByHost(scene: Scene, { decisive }: UnitTimes): Map<string, number> {
  const hosts = new Map<string, number>();
  for (const { task, seconds } of longestTasks(scene.tasksOf(decisive), scene.asOf).values()) {
    const { hostname } = task;
    if (hostname !== null) hosts.set(hostname, (hosts.get(hostname) ?? 0) + seconds);
  }
  return hosts;
}
