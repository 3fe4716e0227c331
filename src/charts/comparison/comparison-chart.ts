import { spellDate } from '../../batch/business-date.ts';
import type { ComparisonFinding } from '../../batch/finding.ts';
import { type Instant, MINUTE, SECOND } from '../../batch/instant.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import type { ComparedNight, ComparedUnit, UnitDifference } from '../../batch/timing/compare.ts';
import { type Caption, MOST_ALT } from '../chart.ts';
import { footnoteOf, spell } from '../local-time.ts';
import { plain, plainName, plural } from '../plain-text.ts';
import { type Look, STATUS_STYLES } from '../status-style.ts';

/** A run, in minutes after its phase began. */
export interface ComparedBar {
  from: number;
  to: number;
  look: Look;
}

/** A unit that ran on both sides and differs. */
export interface ComparisonRow {
  label: string;
  before: ComparedBar;
  after: ComparedBar;
  /** What differs, in words. */
  notes: readonly string[];
}

/** Two nights (or two phases) from their beginnings on, one below the other, where they differ. */
export interface ComparisonChart {
  kind: 'comparison';
  caption: Caption;
  /** What the sides are called. */
  names: { before: string; after: string };
  rows: readonly ComparisonRow[];
  folded: string;
}

const MOST_ROWS = 10;

/** Null where fewer than two units that differ ran on both sides: then words say as much. */
export function comparisonChart(finding: ComparisonFinding, now: Instant, zone: string): ComparisonChart | null {
  const { comparison, state } = finding;
  const { before, after, differences } = comparison;
  // What has not come yet differs from every night that is over, and there may be many of those.
  const both = differences.filter((each) => each.before?.startedAt != null && each.after?.startedAt != null);
  if (both.length < 2) return null;
  const shown = both.slice(0, MOST_ROWS);
  const names = sideNames(before, after);
  return {
    kind: 'comparison',
    caption: captionOf(finding, names, footnoteOf(state.businessDate, zone, after.startedAt ?? now)),
    names,
    rows: shown.flatMap((each) => {
      const [one, two] = [barOf(each.before, null), barOf(each.after, after.endedAt === null ? now : null)];
      if (one === null || two === null) return [];
      return [{ label: nameOf(each), before: one, after: two, notes: notesOf(each, names) }];
    }),
    folded: foldedWords(both.length - shown.length, differences.length - both.length),
  };
}

function foldedWords(further: number, once: number): string {
  const more = further === 0 ? [] : [`+ ${further} more`];
  return [...more, ...(once === 0 ? [] : [`+ ${once} that ran on one side only`])].join(' · ');
}

function sideNames(before: ComparedNight, after: ComparedNight): ComparisonChart['names'] {
  const day = ({ businessDate }: ComparedNight) => spellDate(businessDate).split(' ').slice(0, 3).join(' ');
  if (before.businessDate === after.businessDate) return { before: before.phase, after: after.phase };
  return { before: day(before), after: day(after) };
}

/** `openUntil`: the clock, where what has not ended still goes on. */
function barOf(unit: ComparedUnit | null, openUntil: Instant | null): ComparedBar | null {
  if (unit === null || unit.startedAt === null || unit.startedAfterMin === null) return null;
  const soFar = openUntil === null ? 0 : Math.max(0, (openUntil - unit.startedAt) / SECOND);
  const minutes = ((unit.durationS ?? soFar) * SECOND) / MINUTE;
  return { from: unit.startedAfterMin, to: unit.startedAfterMin + Math.max(0, minutes), look: unit.status };
}

function nameOf({ datasetId, slice }: UnitDifference): string {
  return plainName(slice ?? (shortDatasetName(datasetId) || datasetId), 60);
}

function notesOf({ before, after, what }: UnitDifference, names: ComparisonChart['names']): string[] {
  if (before === null || after === null) return [`only ${before === null ? names.after : names.before}`];
  const [was, is] = [STATUS_STYLES[before.status].word, STATUS_STYLES[after.status].word];
  const later = (after.startedAfterMin ?? 0) - (before.startedAfterMin ?? 0);
  return [
    ...(before.status === after.status ? [] : [`${is} instead of ${was}`]),
    ...(what.includes('duration') && before.durationS !== null && after.durationS !== null
      ? [`${spell(after.durationS * SECOND)} instead of ${spell(before.durationS * SECOND)}`]
      : []),
    ...(what.includes('start') && before.startedAfterMin !== null && after.startedAfterMin !== null
      ? [`began ${spell(later * MINUTE)} ${later > 0 ? 'later' : 'earlier'}`]
      : []),
    ...(what.includes('attempts') ? [`${plural(after.attempts, 'attempt')} instead of ${before.attempts}`] : []),
    ...(what.length === 1 && what[0] === 'order' ? ['finished in another order'] : []),
  ];
}

function captionOf(
  { comparison, state }: ComparisonFinding,
  names: ComparisonChart['names'],
  footnote: string,
): Caption {
  const { before, after, differences, alike } = comparison;
  const phases = before.businessDate === after.businessDate;
  const subject = `${plainName(state.essential, 32)} ${phases ? `${after.phase} beside ${before.phase}` : `${after.phase}, ${names.after} beside ${names.before}`}`;
  const total = differences.length + alike;
  const verdict = `${differences.length} of ${plural(total, 'slice')} ${differences.length === 1 ? 'differs' : 'differ'}`;
  const outcome =
    before.status === after.status ? `Both ${after.status}` : `${after.status} instead of ${before.status}`;
  const took =
    before.durationS === null || after.durationS === null
      ? []
      : [`${spell(after.durationS * SECOND)} instead of ${spell(before.durationS * SECOND)}`];
  const told = differences.slice(0, 4).map((each) => `${nameOf(each)}: ${notesOf(each, names).join(', ')}`);
  return {
    title: `${subject}: ${verdict}`,
    subtitle: [outcome, ...took].join(' · '),
    footnote,
    alt: plain(`${subject}: ${verdict}. ${[[outcome, ...took].join(', '), ...told].join('. ')}.`, MOST_ALT),
  };
}
