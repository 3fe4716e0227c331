import { plural } from '../plain-text.ts';
import type { Lane } from './lanes.ts';

/** Fewer datasets that have not run are worth their names. */
const WORTH_NAMES = 4;

/** Datasets that wait for the same step share a lane where they are many: their number says as much, and a phone is small. */
export function joinIdle(lanes: readonly Lane[]): Lane[] {
  if (lanes.filter(isIdle).length <= WORTH_NAMES) return [...lanes];
  const joined: { lane: Lane; datasets: number }[] = [];
  for (const lane of lanes) {
    const above = joined.at(-1);
    if (
      above !== undefined &&
      lane.step === null &&
      isIdle(lane) &&
      isIdle(above.lane) &&
      lane.look === above.lane.look
    )
      above.datasets += 1;
    else joined.push({ lane, datasets: 1 });
  }
  return joined.map(({ lane, datasets }) => (datasets === 1 ? lane : { ...lane, label: plural(datasets, 'dataset') }));
}

function isIdle({ kind, bars, cause }: Lane): boolean {
  return kind === 'dataset' && bars.length === 0 && !cause;
}
