import type { RunAddress } from '../run.ts';
import { oncePerScene } from '../timing/once-per-scene.ts';
import type { Candidate } from './cause.ts';
import { DELAYS } from './rank.ts';
import type { Rule } from './rule.ts';
import type { Scene } from './scene.ts';
import { suspectsOf } from './suspects.ts';

/** Another essential that holds up a unit of this one, and its datasets that the unit waits for. */
interface Holder {
  scene: Scene;
  datasetIds: ReadonlySet<string>;
}

const holdersOf = oncePerScene((scene): readonly Holder[] => {
  const theirs = suspectsOf(scene).filter(({ essential }) => essential !== scene.definition);
  return [...Map.groupBy(theirs, ({ essential }) => essential)].map(([essential, suspects]) => ({
    scene: scene.seenFrom(essential),
    datasetIds: new Set(suspects.map(({ unit }) => unit.datasetId)),
  }));
});

/**
 * What delays the datasets of other essentials that a unit of this one waits for now. What broke over there needs no second
 * look: it lies among the suspects.
 */
export function delaysBeyond(scene: Scene, rules: readonly Rule[]): Candidate[] {
  return holdersOf(scene).flatMap(({ scene: other, datasetIds }) =>
    rules
      .filter(({ family }) => DELAYS.has(family))
      .flatMap((rule) => rule.judge(other).candidates)
      .filter(({ datasetId }) => datasetId !== null && datasetIds.has(datasetId)),
  );
}

/** Earlier runs that the rules would compare with over there. */
export function pastRunsBeyond(scene: Scene, rules: readonly Rule[]): RunAddress[] {
  return holdersOf(scene).flatMap(({ scene: other }) =>
    rules.filter(({ family }) => DELAYS.has(family)).flatMap((rule) => rule.pastRuns?.(other) ?? []),
  );
}
