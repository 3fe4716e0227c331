import { MINUTE } from '../dates.ts';
import { spanOf } from '../plan-night.ts';
import {
  afterLateEnd,
  freeMembers,
  NO_KEYS,
  type Planted,
  runsOf,
  type Spell,
  type Stage,
  whileAwaited,
} from '../stage.ts';
import { unitKey } from '../world.ts';

/** A dataset's trigger fires hours late although nothing kept it waiting. */
export function plantLateStart(stage: Stage): Planted | null {
  const { random, severity, world } = stage;
  const shared = (id: string) =>
    world.essentials.filter((essential) => essential.members.some((member) => member.dataset.id === id)).length > 1;
  const members = freeMembers(stage).filter((member) => !shared(member.dataset.id));
  if (members.length === 0) return null;
  const member = random.pick(members);
  const { dataset } = member;
  const delay = random.between(110, 280) * 60 * severity;
  return {
    units: new Map(dataset.units.map((unit) => [unitKey(dataset, unit), { delay }])),
    datasets: [dataset],
    judge: (plan) => {
      const runs = runsOf(plan, dataset);
      if (runs.length === 0) return null;
      const told = Math.max(...runs.map((run) => run.createdAt)) + 2 * MINUTE;
      return {
        cause: { ...NO_KEYS, family: 'late_start', datasetId: dataset.id },
        spells: [...whileAwaited(stage, plan, member, told), ...afterLateEnd(stage, plan)],
      };
    },
  };
}

/** Tasks wait long for a place to run: those of one dataset in a pool of its own, or of everybody in a pool that all share. */
export function plantQueueDelay(stage: Stage): Planted | null {
  const { random, severity, world } = stage;
  const everybody = world.datasets[0]?.pool === 'default_pool';
  const longest = Math.max(...world.datasets.map((dataset) => dataset.queueGap));
  const from = Math.max(620, longest * 9) * severity;
  const queue = { from, to: from * 1.7 };
  const free = freeMembers(stage);
  const chosen = everybody ? world.datasets : free.length > 0 ? [random.pick(free).dataset] : [];
  if (chosen.length === 0) return null;
  return {
    units: new Map(
      chosen.flatMap((dataset) => dataset.units.map((unit) => [unitKey(dataset, unit), { queue }] as const)),
    ),
    datasets: chosen,
    judge: (plan) => {
      const sufferers = chosen
        .map((dataset) => {
          const tasks = runsOf(plan, dataset).flatMap((run) => run.tasks.filter((task) => task.tries > 0));
          const total = tasks.reduce((sum, task) => sum + ((task.startedAt as number) - (task.queuedAt as number)), 0);
          return {
            dataset,
            tasks: tasks.length,
            total,
            told: Math.max(...tasks.map((task) => task.startedAt as number)),
          };
        })
        .filter((each) => each.tasks >= 4)
        .sort((a, b) => b.total - a.total);
      const most = sufferers[0];
      if (!most) return null;
      if (everybody) {
        const alike = sufferers.filter((each) => each.total > most.total * 0.4).sort((a, b) => a.told - b.told);
        const [third] = alike.slice(2);
        const ours = stage.essential.members.some((member) => alike.some((each) => each.dataset === member.dataset));
        if (
          !third ||
          !ours ||
          chosen.some((dataset) =>
            runsOf(plan, dataset).some((run) => run.status !== 'SUCCESS' && run.status !== 'CANCELLED'),
          )
        )
          return null;
        const { endedAt } = spanOf(plan, stage.essential);
        const during: Spell[] =
          endedAt !== null && third.told < endedAt - 2 * MINUTE ? [[third.told, endedAt - MINUTE]] : [];
        return { cause: { ...NO_KEYS, family: 'queue_delay' }, spells: [...during, ...afterLateEnd(stage, plan)] };
      }
      const member = free.find((each) => each.dataset === most.dataset);
      if (!member) return null;
      const seen = runsOf(plan, most.dataset)
        .flatMap((run) => run.tasks.map((task) => task.startedAt as number))
        .sort((a, b) => a - b);
      const told = (seen[3] as number) + MINUTE;
      return {
        cause: { ...NO_KEYS, family: 'queue_delay', datasetId: most.dataset.id },
        spells: [...whileAwaited(stage, plan, member, told), ...afterLateEnd(stage, plan)],
      };
    },
  };
}
