import type { NightFinding } from './batch/finding.ts';
import type { Clock } from './batch/ports.ts';
import type { Pictures } from './charts/rendering/open-pictures.ts';
import { timelineChart } from './charts/timeline/timeline-chart.ts';
import type { DigestPicture } from './digest/digest-post.ts';

/** Draws the essential of a night that is worst off, where something is wrong with it. */
export function pictureOfNight(from: { pictures: Pictures; clock: Clock; zone: string }) {
  return async ({ entries }: NightFinding): Promise<DigestPicture | null> => {
    const worst = entries.find(({ diagnosis }) => diagnosis?.outcome === 'causes');
    const chart =
      worst === undefined ? null : timelineChart({ state: worst.state, now: from.clock.now(), zone: from.zone });
    return chart === null ? null : from.pictures.render(chart);
  };
}
