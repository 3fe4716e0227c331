import { MINUTE } from '../../batch/instant.ts';
import type { PhaseState } from '../../batch/state.ts';
import type { Lateness, LatenessPart } from '../../batch/timing/lateness.ts';
import { type Caption, MOST_ALT } from '../chart.ts';
import { clock, clockOn, footnoteOf, spell } from '../local-time.ts';
import { plain, plainName, plural } from '../plain-text.ts';

/** One step of the waterfall, in minutes from the usual end. */
export interface LatenessRow {
  label: string;
  from: number;
  to: number;
  /** With its sign, e.g. `+25 min`. */
  value: string;
  kind: 'lost' | 'gained' | 'none' | 'total';
}

/** From the usual end, part by part, to the end there was (or to now). */
export interface LatenessChart {
  kind: 'lateness';
  caption: Caption;
  rows: readonly LatenessRow[];
  /** The clock at the usual end, where the waterfall begins. */
  usual: string;
}

/** In the order in which they come about. */
const LABELS: Readonly<Record<LatenessPart, string>> = {
  late_start: 'Late start',
  queue: 'Queue',
  run: 'Run time',
  retry: 'Retries',
  waiting: 'Waiting',
};
const REASONS: Readonly<Record<LatenessPart, string>> = {
  late_start: 'a late start',
  queue: 'queueing',
  run: 'longer runs',
  retry: 'retries',
  waiting: 'waiting',
};
const PARTS = Object.keys(LABELS) as LatenessPart[];

export function latenessChart(state: PhaseState, lateness: Lateness, zone: string): LatenessChart {
  let at = 0;
  const parts = PARTS.map((part): LatenessRow => {
    const minutes = lateness.parts[part];
    const row = { label: LABELS[part], from: at, to: at + minutes, value: signed(minutes) };
    at += minutes;
    return { ...row, kind: minutes > 0 ? 'lost' : minutes < 0 ? 'gained' : 'none' };
  });
  const total = lateness.totalMinutes;
  const sum: LatenessRow = {
    label: lateness.ended ? 'Total' : 'Total so far',
    from: 0,
    to: total,
    value: signed(total),
    kind: 'total',
  };
  return {
    kind: 'lateness',
    caption: captionOf(state, lateness, zone),
    rows: [...parts, sum],
    usual: clock(lateness.usualEndAt, zone),
  };
}

function captionOf(state: PhaseState, lateness: Lateness, zone: string): Caption {
  const subject = `${plainName(state.essential, 40)} ${state.phase}`;
  const { totalMinutes: total, endAt, usualEndAt, ended, basis } = lateness;
  const late = spell(total * MINUTE);
  const verdict =
    total === 0 ? 'on time' : total > 0 ? `${late} late${ended ? '' : ' so far'}` : earlyWords(late, ended);
  const most = largestPart(lateness);
  const mostly = total > 0 && most !== null ? [`mostly ${REASONS[most]}`] : [];
  const facts = [
    `${ended ? 'ended' : 'not ended at'} ${clockOn(endAt, zone, state.businessDate)}`,
    `usually ends ${clockOn(usualEndAt, zone, state.businessDate)} (${plural(basis, 'night')})`,
  ];
  const shares = PARTS.filter((part) => lateness.parts[part] !== 0).map(
    (part) => `${LABELS[part].toLowerCase()} ${signed(lateness.parts[part])}`,
  );
  return {
    title: `${subject}: ${[verdict, ...mostly].join(', ')}`,
    subtitle: sentenceCase(facts.join(' · ')),
    footnote: footnoteOf(state.businessDate, zone, endAt),
    alt: plain(
      `Where the time of ${subject} for business date ${state.businessDate} went: ${verdict}. ${sentenceCase(
        facts.join(', '),
      )}, ${zone}${shares.length === 0 ? '' : `; ${shares.join(', ')}`}.`,
      MOST_ALT,
    ),
  };
}

function earlyWords(early: string, ended: boolean): string {
  return ended ? `${early} early` : `usual end is ${early} away`;
}

/** The part that lost most; null where none did. */
function largestPart({ parts }: Lateness): LatenessPart | null {
  const [most] = PARTS.filter((part) => parts[part] > 0).sort((a, b) => parts[b] - parts[a]);
  return most ?? null;
}

function signed(minutes: number): string {
  if (minutes === 0) return '0 min';
  return `${minutes > 0 ? '+' : '−'}${spell(minutes * MINUTE)}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
