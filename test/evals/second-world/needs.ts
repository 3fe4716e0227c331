import { type Dataset, type Unit, unitKey, unitsOf, type World } from './world.ts';

const known = new WeakMap<World, Map<string, readonly string[]>>();

/**
 * The keys of all units that a unit waits for: the lower steps of every essential that lists it. Units of a dataset with the same
 * essentials get the very same list.
 */
export function needsOf(world: World, dataset: Dataset, unit: Unit): readonly string[] {
  const needs = known.get(world) ?? drawUp(world);
  known.set(world, needs);
  return needs.get(unitKey(dataset, unit)) ?? [];
}

function drawUp(world: World): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  const needs = new Map<string, readonly string[]>();
  for (const dataset of world.datasets) {
    const listed = world.essentials.map((essential) => {
      const own = essential.members.find((member) => member.dataset === dataset);
      return { essential, own, units: new Set(own ? unitsOf(own) : []) };
    });
    for (const unit of dataset.units) {
      const waiting = listed.filter(({ units }) => units.has(unit));
      const name = `${dataset.id}/${waiting.map(({ essential }) => essential.name).join('/')}`;
      const keys = waiting.flatMap(({ essential, own }) =>
        essential.members
          .filter((member) => member.order < (own?.order ?? 0))
          .flatMap((member) => unitsOf(member).map((needed) => unitKey(member.dataset, needed))),
      );
      const list = lists.get(name) ?? [...new Set(keys)];
      lists.set(name, list);
      needs.set(unitKey(dataset, unit), list);
    }
  }
  return needs;
}
