import { unitKey } from '../../owed-units.ts';
import type { ElsewhereRun, Scene } from '../../rca/scene.ts';
import { decisiveAttempt } from '../../unit-state.ts';
import type { RemainingCourse } from './remaining-course.ts';

/** Whether a unit that is left waits for something of another essential that does not end by itself. */
export function heldUpForGood(scene: Scene, { pending }: Pick<RemainingCourse, 'pending'>): boolean {
  const toStart = pending.filter(({ standing }) => standing.at === 'due' || standing.at === 'waiting');
  if (toStart.length === 0) return false;
  const keys = new Set(toStart.map(({ key }) => key));
  const broken = brokenDatasets(scene.elsewhere);
  if (broken.size === 0) return false;
  return scene.others.some((other) => {
    const shared = other.datasets.filter(({ datasetId, slices }) =>
      slices.length === 0
        ? toStart.some((unit) => unit.datasetId === datasetId)
        : slices.some((slice) => keys.has(`${datasetId}\n${slice}`)),
    );
    const highest = Math.max(...shared.map(({ sequenceOrder }) => sequenceOrder));
    return other.datasets.some(
      ({ datasetId, sequenceOrder }) => sequenceOrder < highest && broken.get(datasetId)?.has(other.name) === true,
    );
  });
}

/** Datasets outside the essential with a unit that failed or was cancelled, and the essentials whose unit that is. */
function brokenDatasets(runs: readonly ElsewhereRun[]): Map<string, Set<string>> {
  const units = Map.groupBy(
    runs.filter((run) => run.unit !== null),
    (run) => (run.unit === null ? '' : unitKey(run.unit)),
  );
  const broken = new Map<string, Set<string>>();
  for (const attempts of units.values()) {
    const status = decisiveAttempt(attempts.map((run) => run.attempt))?.status;
    if (status !== 'FAILED' && status !== 'CANCELLED') continue;
    const [first] = attempts as [ElsewhereRun];
    const essentials = broken.get(first.row.datasetId) ?? new Set<string>();
    for (const run of attempts) for (const name of run.essentials) essentials.add(name);
    broken.set(first.row.datasetId, essentials);
  }
  return broken;
}
