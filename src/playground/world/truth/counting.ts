import { type Essential, type Member, unitKey } from '../network.ts';
import type { Pass } from '../run.ts';
import type { NightView } from './night-view.ts';

/** How far back the usual is looked for, in calendar days and in nights with a second pass. */
const DAYS_BACK = 60;
const NIGHTS_BACK = 10;
const NIGHTS_ENOUGH = 3;

/** A unit that counts: a slice, or null for an unnamed one or for the placeholder of a dataset without slices. */
export interface Counting {
  member: Member;
  slices: (string | null)[];
}

/** Which units an essential owes in a pass. Members without any are left out. */
export function countingUnits(
  essential: Essential,
  pass: Pass,
  tonight: NightView,
  earlier: readonly NightView[],
): Counting[] {
  const attempts = tonight.attempts(essential, pass);
  const isUsual = pass === 'PRELIM' ? () => true : usualInFinal(essential, tonight, earlier);
  return essential.members
    .map((member): Counting => {
      const has = (slice: string | null) => attempts.has(unitKey(member.pipeline.datasetId, slice));
      const usual = (slice: string | null) => isUsual(unitKey(member.pipeline.datasetId, slice));
      const slices = member.units.map((unit) => unit.slice);
      if (member.sliced) return { member, slices: slices.filter((slice) => has(slice) || usual(slice)) };
      const seen = slices.filter(has);
      return { member, slices: seen.length > 0 ? seen : slices.some(usual) ? [null] : [] };
    })
    .filter(({ slices }) => slices.length > 0);
}

/** Usual: reran on at least half of the last ten nights on which this essential reran anything; with few such, everything is. */
function usualInFinal(
  essential: Essential,
  tonight: NightView,
  earlier: readonly NightView[],
): (key: string) => boolean {
  const oldest = Date.parse(tonight.businessDate) - DAYS_BACK * 86_400_000;
  const reruns = earlier
    .filter((night) => night.businessDate < tonight.businessDate && Date.parse(night.businessDate) >= oldest)
    .map((night) => night.attempts(essential, 'FINAL'))
    .filter((attempts) => attempts.size > 0)
    .slice(-NIGHTS_BACK);
  if (reruns.length < NIGHTS_ENOUGH) return () => true;
  return (key) => reruns.filter((attempts) => attempts.has(key)).length * 2 >= reruns.length;
}
