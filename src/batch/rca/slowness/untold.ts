import { MINUTE } from '../../instant.ts';
import { ENOUGH_TO_JUDGE } from '../../timing/ordinary.ts';
import { runHistory } from '../../timing/run-history.ts';
import type { Candidate } from '../cause.ts';
import { matters } from '../matters.ts';
import { ownUnits } from '../own-units.ts';
import type { Opinion } from '../rule.ts';
import type { Scene } from '../scene.ts';
import { actualRunS, longRuns } from './long-runs.ts';
import { slowDatasets } from './slow-datasets.ts';
import { slowTasks } from './slow-tasks.ts';

/** What is said of durations beside the candidates: that none was out of the ordinary, or why that cannot be told. */
export function untoldSlowness(scene: Scene): Omit<Opinion, 'candidates'> {
  const { candidates, harmless } = slowDatasets(scene);
  const own = ownUnits(scene);
  const unread = slowTasks(scene).unread.filter(({ key }) => own.has(key));
  const untold = unread.filter(({ key }) => {
    const run = longRuns(scene).find(({ times }) => times.key === key);
    const loss: Pick<Candidate, 'units' | 'minutes'> = {
      units: [key],
      minutes: Math.round(((run?.excessS ?? 0) * 1000) / MINUTE),
    };
    return matters(scene, loss);
  });
  const ran = [...own.keys()].flatMap((key) => {
    const times = scene.tonight.units.get(key);
    return times === undefined || actualRunS(scene, times) === null ? [] : [key];
  });
  const judged = ran.filter((key) => runHistory(scene)(key).runs.length >= ENOUGH_TO_JUDGE).length;
  return {
    ruledOut: candidates.length > 0 || untold.length > 0 || judged === 0 ? null : sentence(judged, harmless),
    gaps: [
      ...(untold.length > 0
        ? [
            `${count(untold.length, 'run')} took far longer than usual; without tasks in Airflow it cannot be told which part.`,
          ]
        : []),
      ...(ran.length > judged
        ? [
            `Whether ${count(ran.length - judged, 'run')} took long cannot be told: fewer than ${ENOUGH_TO_JUDGE} comparable dates.`,
          ]
        : []),
    ],
    unexplained: untold.length > 0,
  };
}

function sentence(judged: number, harmless: number): string {
  return harmless === 0
    ? `No task of ${count(judged, 'run')} with history ran far longer than its own history.`
    : `Slow tasks in ${count(harmless, 'dataset')} delayed nothing.`;
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}
