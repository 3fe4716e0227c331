import { type AttemptPlan, cancelled, failure, queued, stuck, success, unrecorded } from './attempt-plan.ts';
import type { Unit } from './network.ts';
import type { NightScript } from './night.ts';
import type { Random } from './random.ts';
import type { TaskKind } from './run.ts';

type Shape = (random: Random) => readonly AttemptPlan[];

const TASKS: readonly TaskKind[] = ['enrich', 'enrich', 'egress', 'snowflake-export'];
const failed = (random: Random) =>
  failure({ story: { kind: 'failed', task: random.pick(TASKS), tries: random.pick([1, 1, 2, 3]) } });
const retry = (random: Random, change: Partial<AttemptPlan> = {}) =>
  success({ wait: random.between(12, 70), ...change });

/** What a platform sees any week: it ends well. */
const ORDINARY: readonly Shape[] = [
  (random) => [failed(random), retry(random)],
  (random) => [failed(random), retry(random)],
  (random) => [success(), cancelled({ alongside: true, wait: random.between(1, 3), trigger: 'own' })],
  () => [success({ length: 1.4, story: { kind: 'done', tries: 2 } })],
  () => [success({ length: 2.4, story: { kind: 'done', slow: 'enrich' } })],
];

/** What it sees now and then; each comes round. Manual ones are told apart from the pass by what ran before them. */
const RARE: readonly (Shape & { prelimOnly?: true })[] = [
  (random) => [failed(random), failed(random), retry(random, { rewrite: 'never' })].map(never),
  () => [stuck()],
  () => [unrecorded(null)],
  (random) => [cancelled(), cancelled({ wait: random.between(5, 20), rewrite: 'never' })],
  Object.assign((random: Random) => [success({ trigger: 'ManualTrigger', wait: random.between(1, 9) })], {
    prelimOnly: true as const,
  }),
  (random) => [failed(random), cancelled({ wait: random.between(5, 25), rewrite: 'never' })],
  () => [],
  () => [
    failure({ minutes: 0.5, idLost: true, story: { kind: 'never-started' } }),
    success({ trigger: 'own', wait: 0.5 }),
  ],
  // Its heart beats on for hours after Airflow gave it up.
  () => [stuck({ minutes: 200, airflowEndsEarly: 14, story: { kind: 'given-up', task: 'enrich' } })],
  () => [success({ skewedMinutes: 130 })],
  Object.assign((random: Random) => [failed(random), retry(random, { wait: 25.5 * 60, rewrite: 'always' })], {
    prelimOnly: true as const,
  }),
  () => [queued()],
  () => [unrecorded('COMPLETED_WITH_WARNINGS')],
  (random) => [failed(random)],
];

function never(plan: AttemptPlan): AttemptPlan {
  return { ...plan, rewrite: 'never' };
}

/** Nights ago, counted from the last one, on which the slice that fails last night had failed before. */
const RECURRING_AGO: readonly number[] = [3, 7, 8];

/** An ordinary night of the past: most goes well, a few things go wrong, one of them is out of the ordinary. */
export function historyScript(nightsAgo: number, recurring: Unit): NightScript {
  return {
    incidents(pass, takingPart, random) {
      const incidents = new Map<Unit, readonly AttemptPlan[]>();
      if (takingPart.length === 0) return incidents;
      const rare = RARE[nightsAgo % RARE.length] as (typeof RARE)[number];
      const firstRound = Math.floor(nightsAgo / RARE.length) % 2 === 0;
      if (pass === 'PRELIM' ? firstRound || rare.prelimOnly : !firstRound && !rare.prelimOnly) {
        incidents.set(random.pick(takingPart), rare(random));
      }
      for (let left = random.whole(1, pass === 'PRELIM' ? 5 : 3); left > 0; left--) {
        const unit = random.pick(takingPart);
        if (!incidents.has(unit)) incidents.set(unit, random.pick(ORDINARY)(random));
      }
      if (pass === 'PRELIM' && RECURRING_AGO.includes(nightsAgo)) {
        incidents.set(recurring, [failure(), retry(random)]);
      }
      return incidents;
    },
  };
}
