import type { Random } from '../random.ts';
import type { BadHost, Circumstances, UnitScript } from './circumstances.ts';
import { type Platform, SECOND, type TaskSpec, type Unit } from './platform.ts';
import type { TaskRun } from './run.ts';

export interface TaskSetting {
  platform: Platform;
  circumstances: Circumstances;
  /** Factor of the whole night. */
  pace: number;
  startAt: (pool: string, queuedAt: number, random: Random) => number;
}

const NOTHING: UnitScript = {};

/** Lets a task run to its end, with as many tries as Airflow gives it. */
export function executeTask(
  unit: Unit,
  spec: TaskSpec,
  readyAt: number,
  attempt: number,
  setting: TaskSetting,
  random: Random,
): TaskRun {
  const { pipeline } = unit;
  const script = setting.circumstances.units.get(unit) ?? NOTHING;
  const throws = script.throws?.task === spec.id && attempt <= script.throws.runs ? script.throws : undefined;
  let queuedAt = readyAt + random.between(50, 1_500);
  for (let tries = 1; ; tries++) {
    const startedAt = setting.startAt(spec.pool, queuedAt, random);
    const host = pickHost(setting, startedAt, random);
    const usual = usualDuration(unit, spec, setting.pace) * slowness(script, spec) * random.spread(pipeline.sigma);
    const duration = usual * crawl(setting.circumstances.hosts, host, startedAt);
    const endsAt = startedAt + Math.max(duration, 250);
    let failsAt = breakdown(setting.circumstances, spec, host, startedAt, endsAt, random);
    if (throws && (throws.how !== 'first_try' || tries === 1)) {
      failsAt = Math.min(failsAt, startedAt + (endsAt - startedAt) * random.between(0.05, 1));
    }
    const task = { spec, queuedAt, startedAt, tries, host };
    if (!Number.isFinite(failsAt)) return { ...task, state: 'success', endedAt: endsAt };
    const gaveUp = tries > pipeline.retries || throws?.how === 'at_once';
    if (gaveUp) return { ...task, state: 'failed', endedAt: failsAt };
    queuedAt = failsAt + pipeline.retryDelay + random.between(0.2, 4) * SECOND;
  }
}

/** Start and end do the same whatever the size of the data. */
export function usualDuration(unit: Unit, spec: TaskSpec, pace: number): number {
  return spec.kind === 'start' || spec.kind === 'end' ? spec.usual : spec.usual * unit.weight * pace;
}

function slowness({ slow }: UnitScript, spec: TaskSpec): number {
  if (!slow || spec.kind === 'start' || spec.kind === 'end') return 1;
  return slow.tasks === null || slow.tasks.includes(spec.id) ? slow.factor : 1;
}

const inTime = (one: { from: number; to: number }, at: number) => at >= one.from && at < one.to;

function pickHost({ platform, circumstances }: TaskSetting, at: number, random: Random): string {
  // One draw decides, so that a bad host changes nothing else about the night.
  const draw = random.next();
  const bad = circumstances.hosts.find((host) => inTime(host, at) && draw < host.share);
  return bad?.host ?? (platform.hosts[Math.floor(((draw * 7919) % 1) * platform.hosts.length)] as string);
}

function crawl(hosts: readonly BadHost[], name: string, at: number): number {
  return hosts.find(({ host, crawl, ...when }) => host === name && crawl !== null && inTime(when, at))?.crawl ?? 1;
}

/** When what the task depends on fails it; Infinity when nothing does. */
function breakdown(
  { outages, hosts }: Circumstances,
  spec: TaskSpec,
  host: string,
  startedAt: number,
  endsAt: number,
  random: Random,
): number {
  let failsAt = Number.POSITIVE_INFINITY;
  for (const outage of outages) {
    if (outage.operator === spec.operator) failsAt = Math.min(failsAt, hitBy(outage, startedAt, endsAt, random));
  }
  for (const bad of hosts) {
    if (bad.host === host && bad.crawl === null) failsAt = Math.min(failsAt, hitBy(bad, startedAt, endsAt, random));
  }
  return failsAt;
}

function hitBy({ from, to }: { from: number; to: number }, startedAt: number, endsAt: number, random: Random): number {
  const begins = Math.max(from, startedAt);
  const ends = Math.min(to, endsAt);
  return begins < ends ? begins + (ends - begins) * random.between(0.02, 0.6) : Number.POSITIVE_INFINITY;
}
