import type { RunAddress } from '../run.ts';
import { blastRadius } from './blast-radius.ts';
import type { Candidate, Diagnosis, Observation } from './cause.ts';
import { collapse } from './collapse.ts';
import { confidenceOf } from './confidence.ts';
import { delaysBeyond, pastRunsBeyond } from './holders.ts';
import { observe } from './observations.ts';
import { outcomeWithoutCause } from './outcome.ts';
import { rank } from './rank.ts';
import { failedRunsOf, recurrenceOf } from './recurrence.ts';
import { RULES } from './rules.ts';
import type { Scene } from './scene.ts';

/** All rules' wishes together are read in one statement; beyond this many runs the rest is left unread. */
const PAST_RUNS = 400;

/** What explains a delay without being a cause. */
const RETRIED: ReadonlySet<Observation['kind']> = new Set(['repaired', 'flaky']);

/** What is wrong with a phase of an essential, and why. Pure: the same rows, in any order, give the same diagnosis. */
export function diagnose(scene: Scene): Diagnosis {
  const opinions = RULES.map((rule) => ({ family: rule.family, ...rule.judge(scene) }));
  const candidates = [...opinions.flatMap((opinion) => opinion.candidates), ...delaysBeyond(scene, RULES)];
  const collapsed = collapse(candidates);
  const causes = rank(collapsed.map((candidate) => withContext(scene, candidate)));
  const found = new Set(causes.map(({ family }) => family));
  const unexplained = opinions.some((opinion) => opinion.unexplained === true);
  const observations = observe(scene, causes);
  const { outcome, gaps } =
    causes.length > 0
      ? { outcome: 'causes' as const, gaps: [] }
      : outcomeWithoutCause(scene, { unexplained, retried: observations.some(({ kind }) => RETRIED.has(kind)) });
  return {
    outcome,
    causes,
    ruledOut: opinions.flatMap(({ family, ruledOut }) =>
      ruledOut === null || found.has(family) ? [] : [{ family, why: ruledOut }],
    ),
    observations,
    gaps: [...new Set([...gaps, ...opinions.flatMap((opinion) => opinion.gaps)])],
  };
}

/** Earlier runs whose tasks the rules would compare with; asked once tonight's tasks are in the scene. */
export function pastRunsWanted(scene: Scene): RunAddress[] {
  const wanted = new Map<string, RunAddress>();
  const own = RULES.flatMap((rule) => rule.pastRuns?.(scene) ?? []);
  for (const run of [...own, ...failedRunsOf(scene), ...pastRunsBeyond(scene, RULES)]) {
    if (wanted.size === PAST_RUNS) break;
    wanted.set(`${run.dagId}\n${run.runId}`, { dagId: run.dagId, runId: run.runId });
  }
  return [...wanted.values()];
}

function withContext(scene: Scene, candidate: Candidate) {
  const { datasetId, taskId } = candidate;
  return {
    ...candidate,
    confidence: confidenceOf(candidate),
    affects: blastRadius(scene, candidate),
    recurring: datasetId === null || taskId === null ? null : recurrenceOf(scene, datasetId, taskId, null),
  };
}
