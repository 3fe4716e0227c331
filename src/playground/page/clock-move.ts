import { DateTime } from 'luxon';
import { HOUR, type Instant, MINUTE } from '../../batch/instant.ts';
import type { ClockMove } from './protocol.ts';

const MORNING = 7;

/** Where a move leads from `now`: a while further, or to the next 07:00 in `zone` (IANA name). */
export function afterMove(move: ClockMove, now: Instant, zone: string): Instant {
  if (move === '10 min') return now + 10 * MINUTE;
  if (move === '1 h') return now + HOUR;
  const here = DateTime.fromMillis(now, { zone });
  const morning = here.startOf('day').set({ hour: MORNING });
  return (morning.toMillis() > now ? morning : morning.plus({ days: 1 })).toMillis();
}
