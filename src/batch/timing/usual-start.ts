import { type Instant, MINUTE, SECOND } from '../instant.ts';
import type { Scene } from '../rca/scene.ts';
import { type DatasetSpan, datasetSpans } from './dataset-spans.ts';
import { aheadAt, instantAt, secondsInto } from './local-clocks.ts';
import { oncePerRuns } from './once-per-scene.ts';
import { ordinaryOffset } from './ordinary.ts';
import { startClass } from './start-class.ts';

/** When the first run of a dataset was to be expected tonight, and from when on it is late. */
export interface UsualStart {
  /** `start`: counted from the usual hour; `gap`: from the end of what it waits for. */
  what: 'start' | 'gap';
  usualAt: Instant;
  lateAfter: Instant;
  /** Median and bound, seconds after the reference: midnight of the business date, or the end of the predecessors. */
  medianS: number;
  upperS: number;
  referenceAt: Instant;
  basis: number;
}

/** A trigger that is late by less is not called late, in seconds. */
const FLOOR_S = 45 * 60;
/** To be clearly beyond the latest that has been seen, seconds. */
const BEYOND_LATEST_S = 20 * 60;
/** A run that began so much before its predecessors' (second) end did not wait for them. */
const DID_NOT_WAIT_S = -5 * 60;

const LIMITS = { floorS: FLOOR_S, beyondLatestS: BEYOND_LATEST_S };

/** The datasets of earlier nights of tonight's kind of day, newest first. */
const pastSpans = oncePerRuns((scene) => {
  const alike = startClass(scene);
  const spansOf = datasetSpans(scene.definition);
  return scene.past.filter((night) => alike(night.businessDate)).map((night) => ({ night, spans: spansOf(night) }));
});

/** For a dataset of the first step, by the usual hour. `seenAt`: its first run or, while it has none, the clock. */
export function usualHour(scene: Scene, datasetId: string, seenAt: Instant): UsualStart | null {
  const starts = pastSpans(scene).flatMap(({ night, spans }) => {
    const span = spans.get(datasetId);
    return span === undefined || span.hasLower ? [] : [{ at: span.firstStart, date: night.businessDate }];
  });
  const ahead = aheadAt(seenAt);
  const byClock = ahead.flatMap((aheadMs, clock): UsualStart[] => {
    const offsets = starts.map(({ at, date }) => secondsInto(date, at, aheadAt(at)[clock] as number));
    const ordinary = ordinaryOffset(offsets, LIMITS);
    if (ordinary === null) return [];
    const at = (seconds: number) => instantAt(scene.businessDate, seconds, aheadMs);
    const { medianS, upperS, basis } = ordinary;
    return [{ what: 'start', usualAt: at(medianS), lateAfter: at(upperS), medianS, upperS, referenceAt: at(0), basis }];
  });
  // Late only where it is late by every clock.
  return byClock.length === 0 ? null : byClock.reduce((a, b) => (b.lateAfter > a.lateAfter ? b : a));
}

/** For a dataset of a later step, by the end of what it waits for tonight. */
export function usualGap(scene: Scene, datasetId: string, readyAt: Instant): UsualStart | null {
  const gaps = pastSpans(scene).flatMap(({ spans }) => gapOf(spans.get(datasetId)) ?? []);
  const ordinary = ordinaryOffset(gaps, LIMITS);
  if (ordinary === null) return null;
  const { medianS, upperS, basis } = ordinary;
  const at = (seconds: number) => readyAt + seconds * SECOND;
  return { what: 'gap', usualAt: at(medianS), lateAfter: at(upperS), medianS, upperS, referenceAt: readyAt, basis };
}

function gapOf(span: DatasetSpan | undefined): number | null {
  if (span === undefined || span.readyAt === null) return null;
  const gap = (span.firstStart - span.readyAt) / SECOND;
  return gap < DID_NOT_WAIT_S ? null : gap;
}

/** Whole minutes from the usual start. */
export function minutesAfter(usual: UsualStart, at: Instant): number {
  return Math.round((at - usual.usualAt) / MINUTE);
}
