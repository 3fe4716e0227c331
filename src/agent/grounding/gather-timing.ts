import type { Finding } from '../../batch/finding.ts';
import type { Instant } from '../../batch/instant.ts';
import { type Lateness, PARTS } from '../../batch/timing/lateness.ts';
import type { Usual } from '../../batch/timing/usual.ts';
import { utcTime } from '../compose/times.ts';
import type { Gatherer } from './gatherer.ts';
import type { Entity, Truth } from './truth.ts';

/** What may be said of times: lateness and its parts, an estimate, durations beside their usual ones, two nights side by side. */
export function gatherTiming(truth: Truth, gather: Gatherer, finding: Finding): void {
  if ('deadline' in finding) gather.instant(finding.deadline);
  if ('lateness' in finding && finding.lateness !== null) gatherLateness(truth, gather, finding.lateness);
  switch (finding.kind) {
    case 'eta': {
      const { estimate, target, chanceOfMissing } = finding;
      gather.instant(target?.at ?? null);
      if (chanceOfMissing !== null) truth.percents.add(Math.round(chanceOfMissing * 100));
      if (estimate === null) return;
      gather.number(estimate.basis);
      for (const at of [estimate.p50, estimate.p90]) {
        gather.instant(at);
        for (const time of [utcTime(at), gather.zoneTime(at)]) truth.estimates.add(time);
      }
      return;
    }
    case 'durations': {
      const { actualS, usual } = finding.phaseUsual;
      gatherUsual(truth, gather, new Set(), actualS, usual);
      for (const unit of finding.units) {
        const of =
          unit.slice === null ? gather.dataset(unit.datasetId) : gather.entity('slice', unit.slice, [unit.slice]);
        gatherUsual(truth, gather, new Set([of, gather.dataset(unit.datasetId)]), unit.actualS, unit.usual);
        if (unit.longerThan !== null) gather.pair(unit.longerThan.of, unit.longerThan.dates);
        if (unit.lastAsLong !== null) truth.dates.add(unit.lastAsLong);
      }
      return;
    }
    case 'comparison': {
      const { before, after, differences, alike } = finding.comparison;
      for (const side of [before, after]) {
        truth.dates.add(side.businessDate);
        gather.instant(side.startedAt);
        gather.instant(side.endedAt);
        gather.duration(side.durationS);
      }
      gather.pair(differences.length, differences.length + alike);
      for (const { before: earlier, after: later } of differences)
        for (const unit of [earlier, later]) {
          gather.instant(unit?.startedAt ?? null);
          gather.duration(unit?.durationS ?? null);
        }
    }
  }
}

function gatherLateness(truth: Truth, gather: Gatherer, lateness: Lateness): void {
  gather.instant(lateness.endAt);
  gather.instant(lateness.usualEndAt);
  gather.number(lateness.basis);
  const span = (from: Instant, to: Instant) => (to - from) / 1000;
  truth.usual.push({ of: new Set(), actualS: span(lateness.usualEndAt, lateness.endAt), usualS: 0 });
  for (const minutes of [lateness.totalMinutes, ...PARTS.map((part) => lateness.parts[part])])
    gather.duration(minutes * 60);
  for (const link of lateness.path) {
    gather.dataset(link.datasetId);
    gather.instant(link.startedAt);
    gather.instant(link.endedAt);
    for (const part of PARTS) gather.duration(link.minutes[part] * 60);
  }
  for (const { minutes } of lateness.slack) gather.duration(minutes * 60);
}

function gatherUsual(
  truth: Truth,
  gather: Gatherer,
  of: ReadonlySet<Entity>,
  actualS: number | null,
  usual: Usual | null,
): void {
  gather.duration(actualS);
  if (usual === null) return;
  gather.number(usual.basis);
  for (const seconds of [usual.p50, usual.p90, usual.p95]) gather.duration(seconds);
  if (actualS === null) return;
  gather.duration(actualS - usual.p50);
  truth.usual.push({ of, actualS, usualS: usual.p50 });
}
