import type { AttemptPlan } from './attempt-plan.ts';
import type { Unit } from './network.ts';
import { createRandom, type Random } from './random.ts';
import type { Pass, SimulatedRun } from './run.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export interface UnitOutcome {
  runs: SimulatedRun[];
  /** When the steps that wait for the unit may go on; Infinity when they never may. */
  releasedAt: number;
}

interface Circumstances {
  businessDate: string;
  pass: Pass;
  /** When nothing held the unit up any more. */
  readyAt: number;
  /** Factor of the whole night, e.g. at a month's end. */
  pace: number;
  random: Random;
}

/** Lets a unit make its planned attempts. */
export function attemptUnit(unit: Unit, plans: readonly AttemptPlan[], at: Circumstances): UnitOutcome {
  const outcome: UnitOutcome = { runs: [], releasedAt: Number.POSITIVE_INFINITY };
  let from = at.readyAt + at.random.between(20, 200) * SECOND;
  for (const plan of plans) {
    const previous = outcome.runs.at(-1);
    if (previous) from = plan.alongside ? previous.startedAt : (previous.endedAt ?? previous.heartbeatAt ?? from);
    const random = plan.apart ? createRandom(at.businessDate, unit.slice ?? '', 'apart') : at.random;
    const run = makeRun(unit, plan, from + plan.wait * MINUTE, previous ?? null, { ...at, random });
    outcome.runs.push(run);
    if (plan.releases && run.endedAt !== null) outcome.releasedAt = Math.min(outcome.releasedAt, run.endedAt);
  }
  return outcome;
}

function makeRun(
  unit: Unit,
  plan: AttemptPlan,
  from: number,
  previous: SimulatedRun | null,
  at: Circumstances,
): SimulatedRun {
  const { random } = at;
  const createdAt = Math.ceil(from / SECOND) * SECOND;
  // What never shows as running was registered after its id was made; everything else begins up to a minute after its row.
  const known = plan.status === 'SUCCESS' || plan.status === 'FAILED' || plan.status === 'CANCELLED';
  const registeredLate = !known && plan.status !== 'RUNNING';
  let epoch = createdAt + (registeredLate ? -random.whole(5, 900) : random.whole(3_000, 50_000));
  let startedAt = Math.max(createdAt, epoch);

  const usual = unit.pipeline.minutes * unit.weight * at.pace;
  const minutes = plan.minutes ?? usual * plan.length * random.spread(0.1);
  const planned = Math.max(startedAt + Math.max(minutes * MINUTE, 20 * SECOND), plan.notBefore ?? 0);
  const last = Math.ceil(planned / SECOND) * SECOND;
  const open = plan.status === 'RUNNING' || plan.status === 'QUEUED';
  if (plan.skewedMinutes) {
    epoch = last + plan.skewedMinutes * MINUTE + random.whole(1, 999);
    startedAt = createdAt;
  }

  const own = at.pass === 'PRELIM' ? 'ProcessTrigger' : 'RerunTrigger';
  const trigger = plan.trigger === 'own' ? own : (plan.trigger ?? (previous ? 'ManualTrigger' : own));
  const slice = unit.slice === null ? '' : `_${unit.slice}`;
  return {
    unit,
    businessDate: at.businessDate,
    pass: at.pass,
    trigger,
    createdAt,
    startedAt,
    epoch,
    endedAt: open ? null : last,
    heartbeatAt: plan.status === 'QUEUED' ? createdAt : open ? last : null,
    status: plan.status,
    story: plan.story,
    airflowEndedAt: airflowEnd(plan, startedAt, open ? null : last + random.whole(400, 6_000)),
    runId: `FGW_${unit.pipeline.dagId}_${at.businessDate}${slice}_${epoch}`,
    idLost: plan.idLost ?? false,
    remark: plan.remark ?? null,
    retryOf: previous && !plan.alongside ? previous : null,
    replaces: null,
    replacedBy: null,
    rewrite: plan.rewrite ?? 'maybe',
    apart: plan.apart ?? false,
  };
}

function airflowEnd(plan: AttemptPlan, startedAt: number, withRow: number | null): number | null {
  return plan.airflowEndsEarly === undefined ? withRow : startedAt + plan.airflowEndsEarly * MINUTE;
}
