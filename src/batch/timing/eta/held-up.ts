import type { Definition } from '../../definition.ts';
import { lists } from '../../night.ts';
import { unitKey } from '../../owed-units.ts';
import type { Unit } from '../../placement.ts';
import type { ElsewhereRun, Scene } from '../../rca/scene.ts';
import type { Attempt } from '../../state.ts';
import { decisiveAttempt } from '../../unit-state.ts';
import type { RemainingCourse } from './remaining-course.ts';

/** Whether a unit that is left waits for something of another essential that does not end by itself. */
export function heldUpForGood(scene: Scene, { pending }: Pick<RemainingCourse, 'pending'>): boolean {
  const toStart = pending.filter(({ standing }) => standing.at === 'due' || standing.at === 'waiting');
  if (toStart.length === 0) return false;
  const broken = brokenUnits(scene);
  if (broken.length === 0) return false;
  const keys = new Set(toStart.map(({ key }) => key));
  const whole = new Set(toStart.map(({ datasetId }) => datasetId));
  return scene.others.some((other) => {
    const shared = other.datasets.filter(({ datasetId, slices }) =>
      slices.length === 0 ? whole.has(datasetId) : slices.some((slice) => keys.has(`${datasetId}\n${slice}`)),
    );
    const highest = Math.max(...shared.map(({ sequenceOrder }) => sequenceOrder));
    return broken.some((unit) => lists(other, unit) && orderOf(other, unit) < highest);
  });
}

/** Units of other essentials that failed or were cancelled tonight; own ones keep an estimate from being made at all. */
function brokenUnits({ tonight, elsewhere }: Scene): Unit[] {
  const siblings = [...tonight.units.values()].filter(({ decisive }) => isBroken(decisive)).map(({ unit }) => unit);
  const runs = Map.groupBy(
    elsewhere.filter((run): run is ElsewhereRun & { unit: Unit } => run.unit !== null),
    (run) => unitKey(run.unit),
  );
  const others = [...runs.values()]
    .filter((attempts) => isBroken(decisiveAttempt(attempts.map((run) => run.attempt))))
    .flatMap(([first]) => (first === undefined ? [] : [first.unit]));
  return [...siblings, ...others];
}

function isBroken(attempt: Attempt | null): boolean {
  return attempt?.status === 'FAILED' || attempt?.status === 'CANCELLED';
}

function orderOf(definition: Definition, { datasetId }: Unit): number {
  return definition.datasets.find((dataset) => dataset.datasetId === datasetId)?.sequenceOrder ?? 0;
}
