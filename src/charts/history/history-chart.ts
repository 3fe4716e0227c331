import { type BusinessDate, spellDate } from '../../batch/business-date.ts';
import type { HistoryEntry, HistoryFinding } from '../../batch/finding.ts';
import { type Instant, SECOND } from '../../batch/instant.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type UnitState, unitsOf } from '../../batch/state.ts';
import { type Caption, MOST_ALT } from '../chart.ts';
import { footnoteOf, spell } from '../local-time.ts';
import { plain, plainName, plural } from '../plain-text.ts';

/** How one business date went. */
export interface HistoryBar {
  /** `13 Feb`. */
  label: string;
  /** Minutes; null where nothing is known to have ended. */
  minutes: number | null;
  look: 'SUCCESS' | 'REPAIRED' | 'FAILED' | 'RUNNING' | 'OTHER';
  /** The date that the finding is about. */
  tonight: boolean;
}

/** Durations of the last dates, oldest first, tonight last. */
export interface HistoryChart {
  kind: 'history';
  caption: Caption;
  bars: readonly HistoryBar[];
  /** Minutes; null with too little history. */
  band: { p50: number; p90: number } | null;
}

/** More bars than these are too thin to tell apart on a phone. */
const MOST_DATES = 20;

/** Null where there is no earlier date to show. */
export function historyChart(finding: HistoryFinding, now: Instant, zone: string): HistoryChart | null {
  const { entries, usual, state } = finding;
  const earlier = entries.slice(0, MOST_DATES).toReversed().map(earlierBar);
  if (earlier.every(({ minutes, look }) => minutes === null && look !== 'FAILED')) return null;
  const meant = unitsOf(state).filter((unit) => isMeant(unit, finding));
  const tonight = tonightBar(state.businessDate, meant, now);
  const bars = tonight === null ? earlier : [...earlier, tonight];
  const band = usual === null ? null : { p50: usual.p50 / 60, p90: usual.p90 / 60 };
  return { kind: 'history', caption: captionOf(finding, bars, band, now, zone), bars, band };
}

function earlierBar(entry: HistoryEntry): HistoryBar {
  const { businessDate, durationS, status } = entry;
  const minutes = durationS === null ? null : Math.max(0, durationS / 60);
  const failed = status === 'FAILED' || status === 'PARTIAL_FAILURE';
  const good = entry.repairedUnits > 0 ? 'REPAIRED' : 'SUCCESS';
  return {
    label: dayOf(businessDate),
    minutes,
    look: failed ? 'FAILED' : status === 'SUCCESS' ? good : 'OTHER',
    tonight: false,
  };
}

function isMeant(unit: UnitState, { datasetId, slices }: HistoryFinding): boolean {
  if (datasetId !== null && unit.datasetId !== datasetId) return false;
  return slices.length === 0 || (unit.slice !== null && slices.includes(unit.slice));
}

function tonightBar(businessDate: BusinessDate, units: readonly UnitState[], now: Instant): HistoryBar | null {
  const attempts = units.flatMap((unit) => unit.attempts);
  if (attempts.length === 0) return null;
  const from = Math.min(...attempts.map((attempt) => attempt.startedAt));
  const to = Math.max(...attempts.map((attempt) => attempt.endedAt ?? now));
  const failed = units.some(({ status, stuck }) => stuck || status === 'FAILED' || status === 'CANCELLED');
  const done = units.every(({ status }) => status === 'SUCCESS');
  const good = units.some((unit) => unit.repaired) ? 'REPAIRED' : 'SUCCESS';
  return {
    label: dayOf(businessDate),
    minutes: Math.max(0, to - from) / SECOND / 60,
    look: failed ? 'FAILED' : done ? good : 'RUNNING',
    tonight: true,
  };
}

function captionOf(
  finding: HistoryFinding,
  bars: readonly HistoryBar[],
  band: HistoryChart['band'],
  now: Instant,
  zone: string,
): Caption {
  const { essential, phase, businessDate, datasetId, slices } = finding;
  const dataset = datasetId === null ? [] : [plainName(shortDatasetName(datasetId) || datasetId, 32)];
  const one = slices.length === 1 && slices[0] !== undefined ? [plainName(slices[0], 28)] : [];
  const several = slices.length > 1 ? [plural(slices.length, 'slice')] : [];
  const subject = [`${plainName(essential, 32)} ${phase}`, ...dataset, ...one, ...several].join(', ');
  const earlier = bars.filter((bar) => !bar.tonight);
  const failed = earlier.filter(({ look }) => look === 'FAILED').length;
  const usually = band === null ? [] : [`usually ${span(band.p50)}, 9 of 10 within ${span(band.p90)}`];
  const tonight = bars.find((bar) => bar.tonight);
  const words = tonight?.minutes == null ? [] : [`${businessDate}: ${span(tonight.minutes)}${judged(tonight, band)}`];
  const verdict =
    failed === 0
      ? `no failure in ${plural(earlier.length, 'date')}`
      : `failed on ${failed} of ${plural(earlier.length, 'date')}`;
  return {
    title: `${subject}: ${verdict}`,
    subtitle: [...words, ...usually].join(' · ') || 'Too few dates to say what is usual',
    footnote: footnoteOf(businessDate, zone, finding.state.startedAt ?? now),
    alt: plain(
      `How long ${subject} took on the last ${plural(earlier.length, 'business date')} before ${businessDate}: ${verdict}. ${sentence([...usually, ...words])}`,
      MOST_ALT,
    ),
  };
}

function dayOf(businessDate: BusinessDate): string {
  return spellDate(businessDate).split(' ').slice(1, 3).join(' ');
}

function judged({ look, minutes }: HistoryBar, band: HistoryChart['band']): string {
  if (look === 'RUNNING') return ' so far';
  if (look === 'FAILED') return ', failed';
  return band !== null && (minutes ?? 0) > band.p90 ? ', longer than usual' : '';
}

function span(minutes: number): string {
  return spell(minutes * 60 * SECOND);
}

function sentence(facts: readonly string[]): string {
  const text = facts.join('; ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
