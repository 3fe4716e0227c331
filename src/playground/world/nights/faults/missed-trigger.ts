import { scriptOf } from '../circumstances.ts';
import { MINUTE, type Unit } from '../platform.ts';
import { freeUnits, participants, runsOf } from '../site.ts';
import { causeOf, type DrawFault, forever } from './fault.ts';

/** The trigger of one slice is never sent. */
export const missedTrigger: DrawFault = (site) => {
  const { random } = site;
  const siblingsOf = (unit: Unit) =>
    participants(site).filter((one) => one.pipeline === unit.pipeline && one !== unit && samePlaces(one, unit));
  const units = freeUnits(site).filter(
    (unit) => unit.pipeline.sliced && siblingsOf(unit).length > 0 && isOwed(site, unit),
  );
  if (units.length === 0) return null;
  const unit = random.pick(units);
  const patience = random.between(40, 90) * MINUTE;
  return {
    dataset: unit.pipeline,
    apply(circumstances) {
      scriptOf(circumstances, unit).silent = true;
    },
    effect({ night }) {
      const ready = night.readyAt.get(unit);
      const siblings = siblingsOf(unit).map((one) => runsOf(night, one)[0]?.epoch ?? Number.POSITIVE_INFINITY);
      if (ready === undefined || runsOf(night, unit).length > 0 || !siblings.every(Number.isFinite)) return null;
      return {
        datasets: new Set([unit.pipeline]),
        visible: forever(Math.max(ready, ...siblings) + patience),
        causeAt: () => causeOf('missed_trigger', { datasetId: unit.pipeline.datasetId, slices: [unit.slice] }),
      };
    },
  };
};

const samePlaces = (a: Unit, b: Unit) =>
  a.places.length === b.places.length && a.places.every(({ essential }, i) => b.places[i]?.essential === essential);

/** The second pass owes only what it usually reruns. */
function isOwed(site: Parameters<DrawFault>[0], unit: Unit): boolean {
  if (site.phase === 'PRELIM') return true;
  const mine = new Set(participants(site));
  const finals = site.past.filter(({ result }) => result.runs.some((run) => mine.has(run.unit))).slice(-10);
  const with_ = finals.filter(({ result }) => result.runs.some((run) => run.unit === unit));
  return finals.length >= 3 && with_.length >= 0.7 * finals.length;
}
