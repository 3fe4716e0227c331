import { DateTime } from 'luxon';
import { type BusinessDate, calendarDate, daysBefore, spellDate } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import type { Clarification, Note, Refusal } from '../finding.ts';
import type { Instant } from '../instant.ts';
import { HISTORY_DAYS } from '../night.ts';
import { nightsOf } from '../nights-of.ts';
import { type PlacedRun, placeRuns } from '../placement.ts';
import type { RunRow } from '../run.ts';
import type { SpokenDate } from '../spoken-date.ts';
import type { Desk } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import { readRuns } from './read-runs.ts';

const FIRST_LOOK_DAYS = 14;
/** Runs between 16:00 of the day before and now belong to last night. */
const EVENING_HOUR = 16;

export interface ChosenDate {
  kind: 'chosen';
  businessDate: BusinessDate;
  notes: Note[];
  /** Rows read on the way, complete for all dates from `from` on. */
  known: { from: BusinessDate; rows: readonly RunRow[] } | null;
}

/**
 * The business date that a question means, by the rules of the domain; says which one it chose. Several essentials share one.
 * `looks`: calendar days to look back, the next one only where the one before is not enough. Who needs history anyway looks
 * back once, and far.
 */
export async function whichDate(
  desk: Desk,
  definitions: readonly Definition[],
  said: SpokenDate | null,
  looks: readonly number[] = [FIRST_LOOK_DAYS, HISTORY_DAYS],
): Promise<ChosenDate | Refusal | Clarification> {
  if (said?.kind === 'date') return { kind: 'chosen', businessDate: said.date, notes: [], known: null };
  const unusable = said === null ? null : unusableDate(said, desk);
  if (unusable !== null) return unusable;

  const today = calendarDate(desk.clock.now(), desk.zone);
  const oldest = daysBefore(today, HISTORY_DAYS);
  for (const days of looks) {
    const from = daysBefore(today, days);
    const rows = await readRuns(desk, datasetIdsOf(definitions), from, today);
    const recent = rows.filter((row) => row.businessDate >= oldest);
    const choice = choose(datesWithRuns(definitions, recent, desk.clock.now()), said, desk);
    if (choice !== null) return { kind: 'chosen', ...choice, known: { from, rows } };
  }
  const [only] = definitions.length === 1 ? definitions : [];
  return {
    kind: 'refusal',
    reason: 'no_data',
    text: `No run of ${only?.name ?? 'any batch'} is recorded in the ${HISTORY_DAYS} days up to ${today}${said?.kind === 'yesterday' ? ' before the latest one' : ''}.`,
    offers: ['what happened last night?'],
  };
}

/** Refuses what is no date, a date in the future, and a date that can be read in two ways. */
export function unusableDate(said: SpokenDate, desk: Desk): Refusal | Clarification | null {
  const today = calendarDate(desk.clock.now(), desk.zone);
  if (said.kind === 'impossible') {
    return {
      kind: 'refusal',
      reason: 'bad_date',
      text: `"${said.said}" is not a date that exists. Dates can be written as ${today}, "Feb 13" or "friday".`,
      offers: [],
    };
  }
  if (said.kind === 'vague') {
    return {
      kind: 'refusal',
      reason: 'bad_date',
      text: `"${said.said}" is more than one business date. Name the day, as ${today}, "Feb 13" or "friday".`,
      offers: [],
    };
  }
  if (said.kind === 'future') {
    return {
      kind: 'refusal',
      reason: 'bad_date',
      text: `${said.date} (${spellDate(said.date)}) is in the future: nothing has run for it yet. Today is ${today} in ${desk.zone}.`,
      offers: [],
    };
  }
  if (said.kind === 'ambiguous') {
    return {
      kind: 'clarification',
      question: `"${said.said}" can be read in two ways. Which date do you mean?`,
      options: said.options.map((date) => ({ label: spellDate(date), question: date })),
    };
  }
  return null;
}

/** Dates on which a unit of one of the essentials had a run, newest first, each with those runs. Mostly the first is enough. */
function* datesWithRuns(
  definitions: readonly Definition[],
  rows: readonly RunRow[],
  asOf: Instant,
): Generator<[BusinessDate, PlacedRun[]], undefined> {
  for (const { businessDate, rows: night } of nightsOf(rows)) {
    const runs = definitions.flatMap((definition) =>
      placeRuns(definition, night, asOf).runs.filter((run) => run.unit !== null),
    );
    if (runs.length > 0) yield [businessDate, runs];
  }
}

/** Null where there are too few dates to choose from. */
function choose(
  dates: Generator<[BusinessDate, PlacedRun[]], undefined>,
  said: SpokenDate | null,
  desk: Desk,
): { businessDate: BusinessDate; notes: Note[] } | null {
  const first = dates.next().value;
  if (first === undefined) return null;
  const [latest] = first;
  if (said?.kind === 'yesterday') {
    const businessDate = dates.next().value?.[0];
    if (businessDate === undefined) return null;
    return { businessDate, notes: [`"${said.said}" is business date ${businessDate}, the one before ${latest}.`] };
  }
  if (said?.kind === 'last_night') {
    const active = firstActive(first, dates, desk);
    return active === undefined
      ? {
          businessDate: latest,
          notes: [`Nothing ran since 16:00 yesterday; this is ${latest}, the latest business date with runs.`],
        }
      : { businessDate: active, notes: [`"${said.said}" is business date ${active}.`] };
  }
  return { businessDate: latest, notes: [`No date was named: this is ${latest}, the latest business date with runs.`] };
}

function firstActive(
  first: [BusinessDate, PlacedRun[]],
  others: Iterable<[BusinessDate, PlacedRun[]]>,
  desk: Desk,
): BusinessDate | undefined {
  const active = ([, runs]: [BusinessDate, PlacedRun[]]) => runs.some((run) => activeLastNight(run, desk));
  if (active(first)) return first[0];
  for (const date of others) if (active(date)) return date[0];
  return undefined;
}

function activeLastNight({ attempt }: PlacedRun, desk: Desk): boolean {
  const now = desk.clock.now();
  const evening = DateTime.fromMillis(now, { zone: desk.zone })
    .startOf('day')
    .minus({ days: 1 })
    .set({ hour: EVENING_HOUR })
    .toMillis();
  return attempt.startedAt <= now && (attempt.endedAt ?? now) >= evening;
}
