import { memoizeByDefinition } from '../definition-key.ts';
import { type Instant, MINUTE, SECOND } from '../instant.ts';
import { memoize, memoizeWeakly } from '../memoize.ts';
import type { Scene } from '../rca/scene.ts';
import { type DatasetSpan, datasetSpans } from './dataset-spans.ts';
import { aheadAt, CLOCKS, instantAt, secondsInto } from './local-clocks.ts';
import { ordinaryOffset } from './ordinary.ts';
import { nightsAlike } from './start-class.ts';
import type { Timeline } from './timeline.ts';

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

/** What is ordinary for each dataset of an essential on these nights. Kept with them. */
const ordinaryOver = memoizeWeakly((nights: readonly Timeline[]) =>
  memoizeByDefinition((definition) => {
    const spansOf = (datasetId: string) =>
      nights.flatMap((night) => {
        const span = datasetSpans(night)(definition).get(datasetId);
        return span === undefined ? [] : [{ span, date: night.businessDate }];
      });
    return {
      /** Of its first start, in seconds after midnight: by each clock. */
      hours: memoize((datasetId: string) => {
        const starts = spansOf(datasetId).filter(({ span }) => !span.hasLower);
        return CLOCKS.map((_, clock) => {
          const offsets = starts.map(({ span: { firstStart: at }, date }) =>
            secondsInto(date, at, aheadAt(at)[clock] as number),
          );
          return ordinaryOffset(offsets, LIMITS);
        });
      }),
      /** Of the seconds between the end of what it waits for and its first start. */
      gap: memoize((datasetId: string) =>
        ordinaryOffset(
          spansOf(datasetId).flatMap(({ span }) => gapOf(span) ?? []),
          LIMITS,
        ),
      ),
    };
  }),
);

function ordinaryStart(scene: Scene) {
  return ordinaryOver(nightsAlike(scene))(scene.definition);
}

/** For a dataset of the first step, by the usual hour. `seenAt`: its first run or, while it has none, the clock. */
export function usualHour(scene: Scene, datasetId: string, seenAt: Instant): UsualStart | null {
  const hours = ordinaryStart(scene).hours(datasetId);
  const byClock = aheadAt(seenAt).flatMap((aheadMs, clock): UsualStart[] => {
    const ordinary = hours[clock] ?? null;
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
  const ordinary = ordinaryStart(scene).gap(datasetId);
  if (ordinary === null) return null;
  const { medianS, upperS, basis } = ordinary;
  const at = (seconds: number) => readyAt + seconds * SECOND;
  return { what: 'gap', usualAt: at(medianS), lateAfter: at(upperS), medianS, upperS, referenceAt: readyAt, basis };
}

function gapOf(span: DatasetSpan): number | null {
  if (span.readyAt === null) return null;
  const gap = (span.firstStart - span.readyAt) / SECOND;
  return gap < DID_NOT_WAIT_S ? null : gap;
}

/** Whole minutes from the usual start. */
export function minutesAfter(usual: UsualStart, at: Instant): number {
  return Math.round((at - usual.usualAt) / MINUTE);
}
