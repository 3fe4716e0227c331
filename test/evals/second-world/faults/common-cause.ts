import { MINUTE } from '../dates.ts';
import type { PhasePlan } from '../plan-night.ts';
import type { Deviation, PlannedRun, PlannedTask } from '../planned.ts';
import { afterLateEnd, iso, NO_KEYS, type Planted, partOf, type Spell, type Stage, whileAwaited } from '../stage.ts';
import { unitKey } from '../world.ts';
import { slowFrom } from './slow-unit.ts';

interface Sighting {
  run: PlannedRun;
  task: PlannedTask;
  position: number;
}

function sightings(plan: PhasePlan, wanted: (sighting: Sighting) => boolean): Sighting[] {
  return plan.runs.flatMap((run) =>
    run.tasks
      .map((task, position) => ({ run, task, position }))
      .filter((sighting) => sighting.task.tries > 0 && wanted(sighting)),
  );
}

function isOurs(stage: Stage, { run }: Sighting): boolean {
  return stage.essential.members.some(
    (member) => member.dataset === run.dataset && partOf(stage, member).includes(run.unit),
  );
}

const datasetsOf = (seen: readonly Sighting[]) => [...new Set(seen.map(({ run }) => run.dataset))];

/** What an operator depends on is away for some minutes: whatever it runs then fails. */
export function plantOutage(stage: Stage): Planted | null {
  const { random, usual } = stage;
  if (stage.taken.size > 0 && stage.world.datasets.length < 4) return null;
  const tasks = sightings(usual, ({ task }) => task.recipe.usual > 5);
  const anchor = random.pick(
    tasks.filter((sighting) => isOurs(stage, sighting) && !stage.taken.has(sighting.run.dataset)),
  );
  if (!anchor) return null;
  const { operator } = anchor.task.recipe;
  const from =
    random.between(anchor.task.startedAt as number, anchor.task.endedAt as number) - random.between(0, 2) * MINUTE;
  const outage = { operator, from, to: from + random.between(5, 25) * MINUTE };
  const struck = tasks.filter(
    ({ task }) =>
      task.recipe.operator === operator && (task.startedAt as number) < outage.to && (task.endedAt as number) > from,
  );
  if (struck.some(({ run }) => stage.taken.has(run.dataset))) return null;
  return {
    units: new Map(),
    outage,
    datasets: datasetsOf(struck),
    judge: (plan) => {
      const failed = sightings(plan, ({ task }) => task.state === 'failed' && task.recipe.operator === operator);
      if (failed.some(({ task }) => (task.endedAt as number) < from || (task.endedAt as number) > outage.to))
        return null;
      const hosts = new Set(failed.map(({ task }) => task.host));
      const times = failed.map(({ task }) => task.endedAt as number);
      if (
        new Set(failed.map(({ run, task }) => `${unitKey(run.dataset, run.unit)} ${task.recipe.id}`)).size < 4 ||
        datasetsOf(failed).length < 2 ||
        hosts.size < 3 ||
        !failed.some((each) => isOurs(stage, each))
      )
        return null;
      const window = { from: iso(Math.min(...times)), to: iso(Math.max(...times)) };
      return {
        cause: { ...NO_KEYS, family: 'shared_dependency', operator, window },
        spells: [[Math.max(...failed.map(({ run }) => run.updatedAt)) + MINUTE, Number.POSITIVE_INFINITY]],
      };
    },
  };
}

/** A host on which everything fails, or everything crawls. */
export function plantBadHost(stage: Stage): Planted | null {
  const { random, usual, world, severity } = stage;
  if (world.hosts.length < 9) return null;
  const host = random.pick(world.hosts);
  const crawls = random.chance(0.4);
  const candidates = sightings(
    usual,
    ({ run, task }) =>
      !stage.taken.has(run.dataset) && task.recipe.mapIndex < 0 && task.recipe.usual > (crawls ? 200 : 10),
  );
  const anchor = random.pick(candidates.filter((sighting) => isOurs(stage, sighting)));
  if (!anchor) return null;
  const from = anchor.task.startedAt as number;
  const near = candidates.filter(({ task }) => Math.abs((task.startedAt as number) - from) < 150 * MINUTE);
  const chosen = [anchor];
  for (const each of near.sort(() => random.next() - 0.5)) {
    if (chosen.length >= 3 + (random.chance(0.5) ? 1 : 0)) break;
    if (chosen.every(({ run }) => run !== each.run) && (chosen.length !== 1 || each.run.dataset !== anchor.run.dataset))
      chosen.push(each);
  }
  const factor = random.between(3.2, 6) * severity;
  const deviation = ({ task, position }: Sighting): Deviation =>
    crawls
      ? {
          hosts: new Map([[position, host]]),
          stretch: new Map([[position, Math.max(factor, 2.9 + (1500 * severity) / task.recipe.usual)]]),
        }
      : { fail: { task: position, tries: 1, share: random.between(0.1, 0.8), host } };
  const first = Math.min(...chosen.map(({ task }) => task.startedAt as number));
  return {
    units: new Map(chosen.map((each) => [unitKey(each.run.dataset, each.run.unit), deviation(each)])),
    avoid: { host, from: first - 20 * MINUTE, to: Number.POSITIVE_INFINITY },
    datasets: datasetsOf(chosen),
    judge: (plan) => {
      const hit = sightings(
        plan,
        ({ run, position, task }) =>
          task.host === host &&
          chosen.some(
            (each) => each.run.unit === run.unit && each.run.dataset === run.dataset && each.position === position,
          ),
      );
      if (hit.length < 3 || datasetsOf(hit).length < 2 || !hit.some((each) => isOurs(stage, each))) return null;
      const cause = { ...NO_KEYS, family: 'bad_host' as const, host };
      if (crawls) {
        const spells = crawling(stage, plan, hit);
        return spells && { cause, spells };
      }
      const ends = hit.map(({ task }) => task.endedAt as number);
      const operators = new Set(hit.map(({ task }) => task.recipe.operator));
      if (
        operators.size < 2 ||
        Math.max(...ends) - Math.min(...ends) < 12 * MINUTE ||
        hit.some(({ task }) => task.state !== 'failed')
      )
        return null;
      return { cause, spells: [[Math.max(...hit.map(({ run }) => run.updatedAt)) + MINUTE, Number.POSITIVE_INFINITY]] };
    },
  };
}

/** When slowness of several tasks is told, and one of ours is still awaited or the end has moved. */
function crawling(stage: Stage, plan: PhasePlan, hit: readonly Sighting[]): Spell[] | null {
  let told = 0;
  for (const { run, task, position } of hit) {
    const age = slowFrom(stage, run.dataset, run.unit, position);
    if (age === null || task.state !== 'success' || (task.endedAt as number) - (task.startedAt as number) < age)
      return null;
    told = Math.max(told, (task.startedAt as number) + age);
  }
  const awaited = hit
    .filter((each) => isOurs(stage, each))
    .flatMap(({ run }) => {
      const member = stage.essential.members.find((each) => each.dataset === run.dataset);
      return member ? whileAwaited(stage, plan, member, told) : [];
    });
  return [...awaited, ...afterLateEnd(stage, plan)];
}
