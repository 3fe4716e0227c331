import { matters } from '../matters.ts';
import { slowFrom } from '../past.ts';
import { MINUTE, type Unit } from '../platform.ts';
import type { PhaseResult } from '../scheduler.ts';
import { type Happened, participants, type Site, tasksOf } from '../site.ts';
import { causeOf, type DrawFault, type Fault, forever } from './fault.ts';

/** A host breaks, or crawls, under whatever runs on it. */
export const badHost: DrawFault = (site) => {
  const { random } = site;
  const mine = new Set(participants(site));
  const work = tasksOf(site.calm).filter(({ run, task }) => mine.has(run.unit) && task.startedAt !== null);
  if (work.length === 0) return null;
  const crawls = site.past.length > 12 && random.chance(0.4);
  const from = (random.pick(work).task.startedAt as number) - random.between(1, 15) * MINUTE;
  const bad = {
    host: random.pick(site.platform.hosts),
    from,
    to: from + random.between(30, crawls ? 240 : 120) * MINUTE,
    crawl: crawls ? random.between(3, 8) : null,
    share: random.between(0.15, 0.5),
  };
  const effect: Fault['effect'] = crawls
    ? (outcome) => {
        const slow = slowOn(site, outcome.night, bad.host);
        const units = slow.map(({ run }) => run.unit).filter((unit) => mine.has(unit));
        const times = slow.map((one) => one.at).sort((a, b) => a - b);
        const clearAt = times.find((at) =>
          isCommon(
            slow.filter((one) => one.at <= at),
            mine,
          ),
        );
        if (clearAt === undefined) return null;
        return {
          datasets: new Set(slow.map(({ run }) => run.unit.pipeline)),
          visible: matters(site, outcome, units, clearAt + MINUTE),
          causeAt: () => causeOf('bad_host', { host: bad.host }),
        };
      }
    : ({ night }) => {
        const failed = failedOn(night, bad.host);
        const clearAt = failed
          .map((one) => one.at)
          .find((at) =>
            isCommon(
              failed.filter((one) => one.at <= at),
              mine,
            ),
          );
        if (clearAt === undefined || !othersWork(night, bad, failed)) return null;
        return {
          datasets: new Set(failed.map(({ run }) => run.unit.pipeline)),
          visible: forever(clearAt + random.between(3, 60) * 1000),
          causeAt: () => causeOf('bad_host', { host: bad.host }),
        };
      };
  return { dataset: null, apply: (circumstances) => circumstances.hosts.push(bad), effect };
};

type Symptom = Happened & { at: number };

/** Three tasks of two datasets, one of them of the essential that is asked about. */
function isCommon(symptoms: readonly Symptom[], mine: ReadonlySet<Unit>): boolean {
  const datasets = new Set(symptoms.map(({ run }) => run.unit.pipeline));
  return symptoms.length >= 3 && datasets.size >= 2 && symptoms.some(({ run }) => mine.has(run.unit));
}

function failedOn(night: PhaseResult, host: string): Symptom[] {
  return tasksOf(night)
    .filter(({ run, task }) => task.state === 'failed' && task.host === host && run.status === 'FAILED')
    .map((one) => ({ ...one, at: one.run.endedAt as number }))
    .sort((a, b) => a.at - b.at);
}

/** With at least the number that marks a common cause, each symptom far beyond the task's own history. */
function slowOn(site: Site, night: PhaseResult, host: string): Symptom[] {
  return tasksOf(night).flatMap((one) => {
    const { task, run } = one;
    if (task.host !== host || task.state !== 'success') return [];
    const lasted = (task.endedAt as number) - (task.startedAt as number);
    const from = lasted > 15 * MINUTE ? slowFrom(site, run.unit, task.spec) : null;
    return from !== null && lasted >= from ? [{ ...one, at: (task.startedAt as number) + from }] : [];
  });
}

/** Meanwhile the same kinds of tasks go well elsewhere, so that it is not what they depend on. */
function othersWork(night: PhaseResult, { host, to }: { host: string; to: number }, failed: readonly Symptom[]) {
  const from = Math.min(...failed.map(({ task }) => task.startedAt as number));
  const operators = new Set(failed.map(({ task }) => task.spec.operator));
  const well = tasksOf(night).filter(
    ({ task }) =>
      task.state === 'success' &&
      task.host !== host &&
      (task.endedAt as number) > from &&
      (task.startedAt as number) < to,
  );
  return [...operators].every((operator) => well.filter(({ task }) => task.spec.operator === operator).length >= 2);
}
