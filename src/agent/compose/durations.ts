import type { DurationsFinding } from '../../batch/finding.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { isUnusual, type Usual, type UsualDuration } from '../../batch/timing/usual.ts';
import type { Answer } from '../answer.ts';
import { code, safeText } from '../safe-text.ts';
import { subject } from './subject.ts';
import { duration } from './times.ts';
import { fullUnitName, plural } from './units.ts';

/** Whether what was asked about took longer than it does: the phase as a whole, or the slices meant. */
export function durationsVerdict(finding: DurationsFinding): string {
  const { state, units, phaseUsual, datasetId, businessDate } = finding;
  const slow = units.filter(isUnusual);
  const [worst] = slow;
  const [only, ...more] = units;
  if (only !== undefined && more.length === 0)
    return `${fullUnitName(only)} in ${subject(state)} for ${businessDate} ${ranBeside(only)}.`;
  const what = datasetId === null ? '' : `${code(shortDatasetName(datasetId))} in `;
  const who = `${what}${subject(state)} for ${businessDate}`;
  const whole = datasetId === null ? phaseClause(phaseUsual, state.endedAt !== null) : '';
  const measured = units.filter((unit) => unit.actualS !== null && unit.usual !== null);
  if (measured.length === 0) {
    const usual = whole === '' ? 'too few comparable dates to say what is usual' : whole;
    return `${who}: ${usual}.`;
  }
  const slices =
    worst === undefined
      ? `no slice of ${measured.length} is beyond its usual range`
      : slow.length === 1
        ? `of ${plural(measured.length, 'slice')} only ${fullUnitName(worst)} is beyond its usual range`
        : `${slow.length} of ${plural(measured.length, 'slice')} are beyond their usual range, ${fullUnitName(worst)} most`;
  return `${who}: ${[whole, slices].filter((part) => part !== '').join('; ')}.`;
}

export function durationsSentences({ units }: DurationsFinding): string[] {
  if (units.length === 1) return units.flatMap(lastSentence);
  const slow = units.filter(isUnusual);
  const told = slow.length > 0 ? slow : units.filter((unit) => unit.actualS !== null);
  return told.slice(0, 3).map((unit) => `${fullUnitName(unit)} ${ranBeside(unit)}.`);
}

function lastSentence(unit: UsualDuration): string[] {
  return unit.lastAsLong === null ? [] : [`It last took as long on ${unit.lastAsLong}.`];
}

/** `ran 1 h 40 min, usually 45 min (9 of 10 within 52 min): longer than on 31 of 31 dates` */
export function ranBeside(unit: UsualDuration): string {
  if (unit.actualS === null)
    return unit.usual === null ? 'has not run' : `has not run; it usually takes ${duration(unit.usual.p50)}`;
  const ran = unit.running ? `has run ${duration(unit.actualS)} so far` : `ran ${duration(unit.actualS)}`;
  if (unit.usual === null) return `${ran}; too few comparable dates to say what is usual`;
  const rank =
    unit.longerThan === null
      ? ''
      : `: longer than on ${unit.longerThan.of} of ${plural(unit.longerThan.dates, 'date')}`;
  return `${ran}, ${usually(unit.usual)}${rank}`;
}

export function usually(usual: Usual): string {
  return `usually ${duration(usual.p50)} (9 of 10 within ${duration(usual.p90)})`;
}

function phaseClause({ actualS, usual }: DurationsFinding['phaseUsual'], ended: boolean): string {
  const took = ended ? 'took' : 'has taken';
  if (actualS === null && usual === null) return '';
  if (usual === null) return `the whole phase ${took} ${duration(actualS ?? 0)}`;
  if (actualS === null) return `the whole phase takes ${usually(usual)}`;
  return `the whole phase ${took} ${duration(actualS)}, ${usually(usual)}`;
}

export function durationsRecord({ units, phaseUsual }: DurationsFinding): NonNullable<Answer['durations']> {
  return {
    phase: { actual_s: phaseUsual.actualS, usual: phaseUsual.usual },
    units: units.map((unit) => ({
      dataset_id: safeText(unit.datasetId, 250),
      slice: unit.slice === null ? null : safeText(unit.slice, 250),
      actual_s: unit.actualS,
      running: unit.running,
      usual: unit.usual,
      longer_than: unit.longerThan,
      last_as_long: unit.lastAsLong,
    })),
  };
}
