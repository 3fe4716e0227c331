import type { NightFinding } from '../batch/finding.ts';
import type { Clock } from '../batch/ports.ts';
import { chartOf } from '../charts/chart-of.ts';
import type { Pictures } from '../charts/rendering/open-pictures.ts';
import type { DigestPicture } from '../digest/digest-post.ts';

/** Draws a night where a picture says more than the lines of its digest; null elsewhere. */
export function pictureOfNight(from: { pictures: Pictures; clock: Clock; zone: string }) {
  return async (night: NightFinding): Promise<DigestPicture | null> => {
    const chart = chartOf(night, from.clock.now(), from.zone);
    return chart === null ? null : from.pictures.render(chart);
  };
}
