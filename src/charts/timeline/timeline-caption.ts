import { type Instant, MINUTE } from '../../batch/instant.ts';
import type { Candidate } from '../../batch/rca/cause.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { causeWords } from '../cause-words.ts';
import { type Caption, MOST_ALT } from '../chart.ts';
import { clock, clockOn, footnoteOf, spell } from '../local-time.ts';
import { plain, plainName, plural } from '../plain-text.ts';
import { STATUS_STYLES } from '../status-style.ts';
import { lookOf } from './lanes.ts';

interface CaptionInput {
  state: PhaseState;
  now: Instant;
  zone: string;
  estimate: { p50: Instant; p90: Instant } | null;
  deadline: Instant | null;
  causes: readonly Candidate[];
  usualEnd: Instant | null;
}

/** What the night comes to, in words. */
export function timelineCaption({ state, now, zone, estimate, deadline, causes, usualEnd }: CaptionInput): Caption {
  const subject = subjectOf(state);
  const { step, of } = state.progress;
  const expected =
    estimate === null
      ? []
      : [`expected ${clock(estimate.p50, zone, now)}, P90 ${clock(estimate.p90, zone, estimate.p50)}`];
  const due = deadline === null ? [] : [`due ${clock(deadline, zone, now)}`];
  const began = state.startedAt ?? now;
  const ended = state.endedAt === null ? [] : [`ended ${clockOn(state.endedAt, zone, state.businessDate)}`];
  const beginning = `began ${clockOn(began, zone, state.businessDate)}`;
  const blamed = blame(causes);
  const facts = [
    ...(blamed === null ? [] : [verdictWords(state)]),
    ...(state.status === 'SUCCESS' ? [beginning, ...ended] : [`step ${step} of ${of}`, ...expected]),
    ...lateBy(usualEnd, state.status === 'SUCCESS' ? state.endedAt : now),
    ...due,
  ];
  const where = troubledUnits(state).slice(0, 3).map(nameOf);
  return {
    title: `${subject}: ${blamed ?? verdictWords(state)}`,
    subtitle: sentenceCase(facts.join(' · ')),
    footnote: footnoteOf(state.businessDate, zone, began, state.endedAt ?? now),
    alt: plain(
      [
        `Timeline of ${subject} for business date ${state.businessDate}: ${blamed ?? verdictWords(state)}`,
        ...(blamed !== null || where.length === 0
          ? []
          : [` (${where.join('; ')}${troubledUnits(state).length > 3 ? '; …' : ''})`]),
        `. ${sentenceCase([beginning, ...facts.filter((fact) => fact !== beginning)].join(', '))}, ${zone}.`,
      ].join(''),
      MOST_ALT,
    ),
  };
}

function lateBy(usualEnd: Instant | null, endAt: Instant | null): string[] {
  return usualEnd === null || endAt === null || endAt - usualEnd < MINUTE ? [] : [`${spell(endAt - usualEnd)} late`];
}

/** `EMEA_DERIV_CFG failed, source_snapshot_v6 began late`: at most two causes; null where none is known. */
function blame(causes: readonly Candidate[]): string | null {
  if (causes.length === 0) return null;
  const more = causes.length > 2 ? [`${causes.length - 2} more`] : [];
  return [...causes.slice(0, 2).map(causeWords), ...more].join(', ');
}

export function subjectOf({ essential, phase }: { essential: string; phase: string }): string {
  return `${plainName(essential, 40)} ${phase}`;
}

/** `2 of 26 slices failed, 1 stuck`: the worst first; what is done only where nothing is wrong. */
export function verdictWords(state: PhaseState): string {
  const units = unitsOf(state);
  const looks = Map.groupBy(units, lookOf);
  const wrong = (['FAILED', 'STUCK', 'CANCELLED', 'UNKNOWN'] as const).flatMap((look) => {
    const count = looks.get(look)?.length ?? 0;
    return count === 0 ? [] : [{ count, word: STATUS_STYLES[look].word }];
  });
  const [first, ...rest] = wrong;
  if (first !== undefined) {
    const all = `${first.count} of ${plural(units.length, 'slice')} ${first.word}`;
    return [all, ...rest.map(({ count, word }) => `${count} ${word}`)].join(', ');
  }
  const done = looks.get('SUCCESS')?.length ?? 0;
  if (state.status === 'SUCCESS') return units.length === 1 ? 'done' : `all ${units.length} slices done`;
  const word = state.status === 'RUNNING' ? 'running' : state.status === 'WAITING' ? 'waiting' : 'not started';
  return `${word}, ${done} of ${plural(units.length, 'slice')} done`;
}

function troubledUnits(state: PhaseState): UnitState[] {
  return unitsOf(state).filter((unit) => ['FAILED', 'STUCK', 'CANCELLED', 'UNKNOWN'].includes(lookOf(unit)));
}

function nameOf(unit: UnitState): string {
  const dataset = plainName(shortDatasetName(unit.datasetId) || unit.datasetId, 40);
  return unit.slice === null ? dataset : `${plainName(unit.slice, 40)} of ${dataset}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
