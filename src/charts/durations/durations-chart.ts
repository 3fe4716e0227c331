import type { DurationsFinding } from '../../batch/finding.ts';
import { type Instant, SECOND } from '../../batch/instant.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { isUnusual, type Usual, type UsualDuration } from '../../batch/timing/usual.ts';
import { type Caption, MOST_ALT } from '../chart.ts';
import { footnoteOf, spell } from '../local-time.ts';
import { plain, plainName, plural } from '../plain-text.ts';

/** A unit beside its own history. */
export interface DurationRow {
  label: string;
  /** Multiples of its usual (median) duration. */
  actual: number;
  p90: number;
  /** How long it took: `1 h 40`. */
  value: string;
  running: boolean;
  /** Beyond its usual range. */
  slow: boolean;
  /** Of a slow one: what is usual. */
  notes: readonly string[];
}

/** Durations beside what is usual, each on a scale of its own median: what is slow sticks out, however short it is. */
export interface DurationsChart {
  kind: 'durations';
  caption: Caption;
  rows: readonly DurationRow[];
  /** What has no row, in words; may be empty. */
  folded: string;
}

const MOST_ROWS = 12;

/** Null where fewer than two have run and have a history: two figures are read faster than a picture. */
export function durationsChart(finding: DurationsFinding, now: Instant, zone: string): DurationsChart | null {
  const { units, state, datasetId } = finding;
  const measured = units.filter(isMeasured);
  if (measured.length < 2) return null;
  const slow = measured.filter(isUnusual);
  const shown = [...slow, ...measured.filter((unit) => !slow.includes(unit))].slice(0, MOST_ROWS);
  return {
    kind: 'durations',
    caption: captionOf(finding, slow, measured.length, footnoteOf(state.businessDate, zone, state.startedAt ?? now)),
    rows: shown.map((unit) => rowOf(unit, datasetId === null)),
    folded: foldedWords(measured.length - shown.length, slow.length > MOST_ROWS, units.length - measured.length),
  };
}

type Measured = UsualDuration & { actualS: number; usual: Usual };

/** A median of nothing has no multiples. */
function isMeasured(unit: UsualDuration): unit is Measured {
  return unit.actualS !== null && unit.usual !== null && unit.usual.p50 > 0;
}

function rowOf(unit: Measured, several: boolean): DurationRow {
  const { actualS, usual, running, datasetId, slice } = unit;
  const slow = isUnusual(unit);
  const dataset = several && slice !== null ? [plainName(shortDatasetName(datasetId) || datasetId, 40)] : [];
  return {
    label: nameOf(unit),
    actual: actualS / usual.p50,
    p90: usual.p90 / usual.p50,
    value: duration(actualS),
    running,
    slow,
    notes: slow ? [`usually ${duration(usual.p50)}, 9 of 10 within ${duration(usual.p90)}`, ...dataset] : [],
  };
}

function nameOf({ datasetId, slice }: UsualDuration): string {
  return plainName(slice ?? (shortDatasetName(datasetId) || datasetId), 60);
}

function foldedWords(further: number, slowToo: boolean, unknown: number): string {
  const more = further === 0 ? [] : [`+ ${further} more${slowToo ? '' : ', inside their usual range'}`];
  const rest = unknown === 0 ? [] : [`${plural(unknown, 'slice')} not run yet, or without history`];
  return [...more, ...rest].join(' · ');
}

function captionOf(
  { state, businessDate, datasetId, phaseUsual }: DurationsFinding,
  slow: readonly Measured[],
  measured: number,
  footnote: string,
): Caption {
  const dataset = datasetId === null ? [] : [plainName(shortDatasetName(datasetId) || datasetId, 32)];
  const subject = [`${plainName(state.essential, 32)} ${state.phase}`, ...dataset].join(', ');
  const [only, ...more] = slow;
  const verdict =
    only === undefined
      ? 'no slice slow'
      : more.length === 0
        ? `${nameOf(only)} slow`
        : `${slow.length} of ${plural(measured, 'slice')} slow`;
  const whole = datasetId === null ? wholeWords(phaseUsual, state.endedAt === null) : [];
  const told = slow
    .slice(0, 4)
    .map(
      (unit) =>
        `${nameOf(unit)}: ${duration(unit.actualS)}${unit.running ? ' so far' : ''}, usually ${duration(unit.usual.p50)}`,
    );
  return {
    title: `${subject}: ${verdict}`,
    subtitle: whole.join(' · ') || `${plural(measured, 'slice')} beside what is usual`,
    footnote,
    alt: plain(
      `How long the slices of ${subject} took on business date ${businessDate} beside what is usual: ${verdict}. ${[
        ...told,
        whole.join(', '),
      ]
        .filter(Boolean)
        .map((each) => `${each}. `)
        .join('')}`,
      MOST_ALT,
    ),
  };
}

function wholeWords({ actualS, usual }: DurationsFinding['phaseUsual'], open: boolean): string[] {
  const took = actualS === null ? [] : [`Whole phase: ${duration(actualS)}${open ? ' so far' : ''}`];
  return usual === null ? took : [...took, `usually ${duration(usual.p50)}, 9 of 10 within ${duration(usual.p90)}`];
}

/** Of a minute or more in minutes, below in seconds. */
function duration(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)}\u00a0s` : spell(seconds * SECOND);
}
