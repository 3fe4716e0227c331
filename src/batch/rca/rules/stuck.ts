import { MINUTE } from '../../instant.ts';
import type { Attempt } from '../../state.ts';
import { candidateOf, keysOf } from '../candidate.ts';
import { dagRunEvidence, runEvidence, taskEvidence } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import type { Scene } from '../scene.ts';
import { suspectsOf } from '../suspects.ts';

/** Airflow ends a run a little before the platform is told: only a longer silence is a disagreement. */
const TOLD_WITHIN = 5 * MINUTE;

/** A run that still counts as running and shows no sign of life, or that Airflow ended long ago. */
export const stuck: Rule = {
  family: 'stuck',
  judge: (scene) => {
    const running = suspectsOf(scene).filter(({ unit }) => unit.status === 'RUNNING');
    const silent = running.filter(({ unit }) => unit.stuck && !isJustEnded(scene, unit.decisive as Attempt));
    return {
      candidates: silent.map((suspect) => {
        const attempt = suspect.unit.decisive as Attempt;
        const dagRun = endedDagRun(scene, attempt);
        const task = scene.tasksOf(attempt).find(({ state }) => state === 'running');
        return candidateOf({
          ...keysOf(suspect),
          family: 'stuck',
          at: Math.min(attempt.heartbeatAt ?? Number.POSITIVE_INFINITY, dagRun?.endedAt ?? scene.asOf),
          evidence: [
            runEvidence(attempt),
            ...(dagRun === null ? [] : [dagRunEvidence(dagRun)]),
            ...(task === undefined ? [] : [taskEvidence(task)]),
          ],
        });
      }),
      ruledOut:
        running.length === 0
          ? 'No run is open.'
          : `${running.length === 1 ? 'The only open run shows' : `All ${running.length} open runs show`} signs of life.`,
      gaps: [],
    };
  },
};

function endedDagRun(scene: Scene, attempt: Attempt) {
  const dagRun = scene.dagRunOf(attempt);
  return dagRun !== null && dagRun.endedAt !== null && dagRun.endedAt <= scene.asOf ? dagRun : null;
}

/** The heartbeat is fresh and Airflow ended the run only now. */
function isJustEnded(scene: Scene, attempt: Attempt): boolean {
  const { asOf, thresholds } = scene;
  if (attempt.heartbeatAt !== null && asOf - attempt.heartbeatAt > thresholds.stuckAfterS * 1000) return false;
  const dagRun = endedDagRun(scene, attempt);
  return dagRun !== null && asOf - (dagRun.endedAt as number) < TOLD_WITHIN;
}
