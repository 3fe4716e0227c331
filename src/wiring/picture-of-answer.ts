import type { Finding } from '../batch/finding.ts';
import type { Clock } from '../batch/ports.ts';
import { chartOf } from '../charts/chart-of.ts';
import type { Pictures } from '../charts/rendering/open-pictures.ts';
import type { DrawPicture } from '../slack/pictures.ts';

/** So many nights make a history that is seen better than read. */
const LEAST_NIGHTS = 3;

/**
 * Draws the picture of an answer where it says more than the words: what went wrong, where the time went, how it usually is,
 * when it will end, what differs. A plain status is read faster than any picture.
 */
export function pictureOfAnswer(from: { pictures: Pictures; clock: Clock; zone: string }): DrawPicture {
  return async ({ answer, finding }) => {
    if (answer.error !== null || !finding || !saysMore(finding)) return null;
    const chart = chartOf(finding, from.clock.now(), from.zone);
    return chart === null ? null : from.pictures.render(chart);
  };
}

function saysMore(finding: Finding): boolean {
  switch (finding.kind) {
    case 'causes':
      return finding.diagnosis.causes.length > 0;
    case 'lateness':
      return finding.lateness !== null;
    case 'history':
      return finding.entries.length >= LEAST_NIGHTS;
    case 'eta':
      return finding.estimate !== null;
    case 'night':
    case 'durations':
    case 'comparison':
      return true;
    default:
      return false;
  }
}
