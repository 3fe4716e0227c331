import type { Diagnosis } from '../../src/batch/rca/cause.ts';
import type { GeneratedNight, NightKind, TrueCause } from '../../src/playground/world/nights/generated-night.ts';
import { asItStood } from './as-it-stood.ts';
import { diagnoseNight, shuffled } from './diagnose-night.ts';
import { evidenceChecker } from './evidence.ts';
import { firstFailedTask } from './first-failure-baseline.ts';
import { type Score, scoreOf } from './score.ts';
import { deskOf } from './sources.ts';
import { type ToldCause, toldByDiagnosis } from './told.ts';

/** One night, what was said of it, and how right that was. Plain data: it travels between processes. */
export interface Examination {
  seed: string;
  kind: NightKind;
  withheld: string | null;
  truth: readonly TrueCause[];
  told: readonly ToldCause[];
  outcome: Diagnosis['outcome'];
  /** Whether it said what the data cannot show. */
  saysGaps: boolean;
  score: Score;
  /** The score of blaming the first task that failed. */
  baseline: Score;
  /** Pieces of evidence that were looked up, and what was wrong with some. */
  evidence: { checked: number; wrong: readonly string[] };
  /** Asked again, with the rows in another order: the same diagnosis to the letter. */
  agrees: boolean;
  /** Asked on the tables as they stood at the clock, the same causes are named; null where they hold nothing later. */
  agreesLive: boolean | null;
  /** Milliseconds of the first diagnosis: reading in memory and the engine. */
  ms: number;
}

export async function examine(night: GeneratedNight): Promise<Examination> {
  const begun = performance.now();
  const diagnosis = await diagnoseNight(night, deskOf(night));
  const ms = performance.now() - begun;
  const otherwise = await diagnoseNight(night, deskOf(shuffled(night)));
  const then = asItStood(night);
  const live = then && (await diagnoseNight(then, deskOf(then)));
  const told = toldByDiagnosis(diagnosis);
  const check = evidenceChecker(night);
  const evidence = diagnosis.causes.flatMap((cause) => cause.evidence);
  // A cause that nothing speaks for is as bad as one that something wrong speaks for.
  const bare = diagnosis.causes.flatMap(({ family, evidence }) =>
    evidence.length === 0 ? [`${family}: no evidence`] : [],
  );
  return {
    seed: night.seed,
    kind: night.kind,
    withheld: night.truth.withheld,
    truth: night.truth.causes,
    told,
    outcome: diagnosis.outcome,
    saysGaps: diagnosis.gaps.length > 0,
    score: scoreOf(told, night.truth.causes),
    baseline: scoreOf(firstFailedTask(night), night.truth.causes),
    evidence: {
      checked: evidence.length + bare.length,
      wrong: [...bare, ...evidence.map(check).filter((problem) => problem !== null)],
    },
    agrees: JSON.stringify(diagnosis) === JSON.stringify(otherwise),
    agreesLive: live === null ? null : JSON.stringify(toldByDiagnosis(live)) === JSON.stringify(told),
    ms,
  };
}
