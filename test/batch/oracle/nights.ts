/**
 * Random nights, small and dense: few datasets with nasty names, times on a coarse grid with a millisecond to either
 * side of every threshold, so that ties and borders are frequent. Every night is built from a record of small choices,
 * whose first values are the plain ones: that is what a counterexample shrinks to.
 */
import fc from 'fast-check';
import type { Definition } from '../../../src/batch/definition.ts';
import type { NightInput } from '../../../src/batch/night.ts';
import type { DagRunRow, RunRow } from '../../../src/batch/run.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const DATE = '2026-02-13';
/** When the batch of a business date usually begins. */
const EVENING_MS = 16 * 60 * MINUTE;
const TONIGHT = Date.parse(DATE) + EVENING_MS;

/** Datasets with slices whose names nest in each other, differ by a wildcard or by case, or end like an epoch. */
const POOL = [
  {
    datasetId: 'com.jpmc.ct.lri.upc-loader',
    dag: 'loader',
    names: ['SLICE-1', 'SLICE-10', 'X_SLICE-1'],
    unlisted: 'slice-1',
  },
  {
    datasetId: 'com.jpmc.ct.lri.derivatives-calc_e15',
    dag: 'calc_e15',
    names: ['A_B', 'A_B_C', 'A.B'],
    unlisted: 'B_C',
  },
  {
    datasetId: 'com.jpmc.ct.lri.derivatives-desks',
    dag: 'desks',
    names: ['DESK_2', 'DESK', 'DESK_123456'],
    unlisted: 'DESK_22',
  },
  {
    datasetId: 'com.jpmc.ct.lri.snu-results',
    dag: 'results',
    names: ['EMEA', 'NA', `EMEA_${DATE}_NA`],
    unlisted: 'TRIGGER',
  },
] as const;
const FOREIGN = {
  datasetId: 'com.jpmc.ct.lri.foreign-thing',
  dag: 'thing',
  names: ['EMEA', 'A_B', 'SLICE-1'],
  unlisted: 'TRIGGER',
} as const;
const PLACES = [...POOL, FOREIGN];
/** Slices 0–2 of the pool may be listed; 3 is never listed; 4 is an id without a slice part. */
const NAMES_A_PLACE = 5;

function nameOf(place: (typeof PLACES)[number], name: number): string | null {
  return name === 4 ? null : (place.names[name] ?? place.unlisted);
}

function dateFrom(offsetDays: number): string {
  return new Date(Date.parse(DATE) + offsetDays * DAY).toISOString().slice(0, 10);
}

// ------------------------------------------------------------------------------------------------ definitions

const member = fc.record({
  place: fc.nat({ max: POOL.length - 1 }),
  sequenceOrder: fc.constantFrom(0, 0, 1, 1, 2, 7),
  /** Which of the three slices are listed; 0: the dataset has no slices in Lenz. */
  slices: fc.constantFrom(0, 1, 2, 3, 3, 5, 6, 7),
});
type Member = { place: number; sequenceOrder: number; slices: number };

const members = fc.uniqueArray(member, { selector: (one) => one.place, minLength: 1, maxLength: 4 });

function define(name: string, chosen: readonly Member[]): Definition {
  return {
    name,
    datasets: chosen.map(({ place, sequenceOrder, slices }) => {
      const { datasetId, names } = POOL[place] ?? POOL[0];
      return { datasetId, sequenceOrder, slices: names.filter((_, bit) => slices & (1 << bit)) };
    }),
    effectiveFrom: null,
    effectiveTo: null,
    fetchedAt: TONIGHT,
  };
}

// ------------------------------------------------------------------------------------------------ single runs

const jitter = fc.constantFrom(0, 0, 0, 0, 1, -1);

/** Mostly one of the usual values, now and then one of the others. */
function often<const T>(usual: readonly T[], others: readonly T[], weight = 7): fc.Arbitrary<T> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...usual), weight },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  );
}

const run = fc.record({
  /** Aimed: at a dataset that is asked about, and at one of its listed slices; else anywhere. */
  aimed: often([true], [false], 3),
  place: fc.nat({ max: PLACES.length - 1 }),
  name: often<number>([0, 0, 0, 1, 1, 2], [3, 4], 5),
  version: often(['', '', ''], ['_V2']),
  trigger: often<string | null>(
    ['ProcessTrigger', 'RerunTrigger', 'ManualTrigger', 'ManualTrigger'],
    [null, 'CronTrigger', 'processtrigger'],
    12,
  ),
  status: often<string | null>(
    ['SUCCESS', 'FAILED', 'CANCELLED', 'CANCELLED', 'RUNNING', 'QUEUED'],
    [null, '', 'success', 'SKIPPED'],
  ),
  /** Minutes after the evening began. */
  created: fc.constantFrom<number[]>(0, 5, 30, 30, 60, 60, 65, 90, 120, 600, 605, 660, 700, 1440),
  jitter,
  /** How the row's run id ends, and with that when it really began. */
  suffix: often(
    ['near', 'near', 'near', 'later', 'later'],
    [
      'equal',
      'earlier',
      'sixty seconds after the end',
      'more than sixty seconds after the end',
      'clock plus five minutes',
      'beyond the clock plus five minutes',
      'ten digits',
      'six digits',
      'five digits',
      'fourteen digits',
      'fourteen digits, the first a zero',
      'garbage',
      'missing',
    ],
    2,
  ),
  /** For `later`: milliseconds from CREATED_DATE to the suffix. */
  delay: fc.constantFrom(5 * MINUTE + 1, 30 * MINUTE, 60 * MINUTE, 600 * MINUTE, 1700 * MINUTE, 5 * MINUTE),
  /** Minutes from the start to UPDATED_DATE. */
  length: fc.constantFrom<number[]>(10, 10, 10, 0, 30, 60, 600, 3000),
  /** A RUNNING row whose last heartbeat is just as old as a living run's may be. */
  heartbeatAtLimit: often([false], [true], 2),
  id: often(['usual'], ['null', 'no date', 'other date'], 10),
  dagId: often(['usual'], ['null'], 10),
  /** Where the row is found, and of which date it is. */
  list: often(['tonight'], ['history', 'history, too late', 'tonight, too early'], 9),
  airflow: often(
    ['silent', 'silent', 'ended success'],
    ['ended failed', 'ends later', 'no end', 'running', 'other dag'],
    3,
  ),
  /** Another attempt at the same unit, once this one has ended. */
  followedBy: often<string | null>([null], ['CANCELLED', 'CANCELLED', 'CANCELLED', 'SUCCESS', 'FAILED', 'RUNNING'], 1),
});
type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

/** A run, and the attempt after it if there is one. */
function withFollower(spec: Run): Run[] {
  if (spec.followedBy === null) return [spec];
  const waited = spec.suffix === 'later' ? spec.delay / MINUTE : 0;
  const created = spec.created + waited + spec.length + 1;
  return [
    { ...spec, followedBy: null },
    { ...spec, created, status: spec.followedBy, suffix: 'near', length: 10, id: 'usual', followedBy: null },
  ];
}

/** Where an aimed run goes. */
function aim(spec: Run, asked: readonly Member[]): Run {
  const target = asked[spec.place % asked.length];
  if (!spec.aimed || target === undefined) return spec;
  const listed = [0, 1, 2].filter((name) => target.slices & (1 << name));
  const name = spec.name > 2 ? spec.name : (listed[spec.name % listed.length] ?? spec.name);
  return { ...spec, place: target.place, name };
}

function suffixOf(spec: Run, createdAt: number, endedAt: number, asOf: number): string {
  const thirteen = (instant: number) => `_${String(instant).padStart(13, '0')}`;
  switch (spec.suffix) {
    case 'near':
      return thirteen(createdAt + 2000);
    case 'later':
      return thirteen(createdAt + spec.delay);
    case 'equal':
      return thirteen(createdAt);
    case 'earlier':
      return thirteen(createdAt - 60 * MINUTE);
    case 'sixty seconds after the end':
      return thirteen(endedAt + MINUTE);
    case 'more than sixty seconds after the end':
      return thirteen(endedAt + MINUTE + 1);
    case 'clock plus five minutes':
      return thirteen(asOf + 5 * MINUTE);
    case 'beyond the clock plus five minutes':
      return thirteen(asOf + 5 * MINUTE + 1);
    case 'ten digits':
      return thirteen(createdAt + 20 * MINUTE).slice(0, 11);
    case 'six digits':
      return '_177100';
    case 'five digits':
      return '_17710';
    case 'fourteen digits':
      return `${thirteen(createdAt + 20 * MINUTE)}0`;
    case 'fourteen digits, the first a zero':
      return `_0${createdAt + 20 * MINUTE}`;
    case 'garbage':
      return '_1771000x76695';
    default:
      return '';
  }
}

function rowOf(spec: Run, key: number, asOf: number, stuckAfterS = 1800): RunRow {
  const place = PLACES[spec.place] ?? FOREIGN;
  const offset = spec.list === 'history' || spec.list === 'tonight, too early' ? -1 : 0;
  const businessDate = spec.list === 'history, too late' ? dateFrom(spec.jitter > 0 ? 1 : 0) : dateFrom(offset);
  const createdAt = TONIGHT + offset * DAY + spec.created * MINUTE + spec.jitter;
  const startsAt = spec.suffix === 'later' ? createdAt + spec.delay : createdAt;
  const limit = asOf - stuckAfterS * 1000 + spec.jitter;
  const atLimit = spec.heartbeatAtLimit && spec.status === 'RUNNING' && limit > startsAt;
  const updatedAt = atLimit ? limit : startsAt + spec.length * MINUTE;
  const dag = `${place.dag}${spec.version}`;
  const name = nameOf(place, spec.name);
  const dated = spec.id === 'no date' ? '' : `_${spec.id === 'other date' ? '2026-02-12' : businessDate}`;
  const sliced = name === null ? '' : `_${name}`;
  return {
    key,
    businessDate,
    datasetId: place.datasetId,
    dagId: spec.dagId === 'null' ? null : dag,
    dagRunId: spec.id === 'null' ? null : `FGW_${dag}${dated}${sliced}${suffixOf(spec, createdAt, updatedAt, asOf)}`,
    status: spec.status,
    createdAt,
    updatedAt,
    triggerType: spec.trigger,
  };
}

function dagRunOf(spec: Run, row: RunRow, asOf: number): DagRunRow[] {
  if (spec.airflow === 'silent' || row.dagRunId === null) return [];
  const ended = !['ends later', 'no end'].includes(spec.airflow);
  return [
    {
      dagId: spec.airflow === 'other dag' ? 'another_dag' : (row.dagId ?? 'no_dag'),
      runId: row.dagRunId,
      state: spec.airflow === 'running' ? 'running' : spec.airflow === 'ended failed' ? 'failed' : 'success',
      startedAt: row.createdAt,
      endedAt: ended ? asOf - Math.abs(spec.jitter) : spec.airflow === 'ends later' ? asOf + 1 : null,
    },
  ];
}

// ------------------------------------------------------------------------------------------------ the usual night

/** A run that nothing is wrong with. */
const plain: Run = {
  aimed: false,
  place: 0,
  name: 0,
  version: '',
  trigger: 'ProcessTrigger',
  status: 'SUCCESS',
  created: 0,
  jitter: 0,
  suffix: 'near',
  delay: 0,
  length: 10,
  id: 'usual',
  dagId: 'usual',
  list: 'tonight',
  heartbeatAtLimit: false,
  airflow: 'silent',
  followedBy: null,
};

/** Each bit is one unit of the pool: place × name. */
const unitMask = fc.nat({ max: 2 ** (POOL.length * NAMES_A_PLACE) - 1 });

function inMask(mask: number, place: number, name: number): boolean {
  return (mask & (1 << (place * NAMES_A_PLACE + name))) !== 0;
}

/** A night on which units of the mask ran without fault, step after step. */
function goodRuns(chosen: readonly Member[], mask: number, trigger: 'ProcessTrigger' | 'RerunTrigger'): Run[] {
  const first = trigger === 'ProcessTrigger' ? 0 : 600;
  return chosen.flatMap(({ place, sequenceOrder, slices }) =>
    [0, 1, 2]
      .filter((name) => (slices === 0 || slices & (1 << name)) && inMask(mask, place, name))
      .map((name) => ({ ...plain, place, name, trigger, created: first + 30 * Math.min(sequenceOrder, 3) })),
  );
}

// ------------------------------------------------------------------------------------------------ earlier dates

const historyDate = fc.record({
  /** A new version of the DAGs gives the units of a dataset without slices other ids. */
  version: often([''], ['_V2'], 3),
  /** Days before the previous one. */
  gap: fc.constantFrom<number[]>(1, 1, 1, 1, 3, 6, 30),
  /** Jump to the oldest date that is looked at, or to the one before it. */
  jump: often([0], [60, 61], 9),
  units: fc.constantFrom('some', 'some', 'some', 'others', 'one', 'one', 'all', 'none'),
  one: fc.nat({ max: POOL.length * NAMES_A_PLACE - 1 }),
  how: fc.constantFrom(
    'rerun',
    'rerun',
    'rerun',
    'prelim',
    'manual, rewritten beside a rerun',
    'manual, rewritten an hour too early',
    'manual, after a rerun',
    'manual, alone',
    'created after the clock',
  ),
});
type HistoryDate = typeof historyDate extends fc.Arbitrary<infer T> ? T : never;

/** On each date something else was rerun, so that little or nothing is usual. */
const scatteredDate = historyDate.map((day): HistoryDate => ({ ...day, gap: 1, jump: 0, units: 'one', how: 'rerun' }));

/** Many comparable dates, more than are looked at. */
const steadyDate = historyDate.map((day): HistoryDate => ({ ...day, gap: 1, jump: 0, how: 'rerun' }));

function historyRows(days: readonly HistoryDate[], some: number, others: number, asOf: number): RunRow[] {
  const rows: RunRow[] = [];
  let offset = 0;
  for (const day of days) {
    offset = Math.min(offset - day.gap, -day.jump);
    const mask = { some, others, one: 1 << day.one, all: -1, none: 0 }[day.units];
    const businessDate = dateFrom(offset);
    const evening = TONIGHT + offset * DAY;
    const push = (datasetId: string, dag: string, name: string | null, trigger: string, created: number, late = 0) => {
      const createdAt = day.how === 'created after the clock' ? asOf + 1 : evening + created * MINUTE;
      const startsAt = createdAt + late * MINUTE;
      rows.push({
        key: 100_000 + rows.length,
        businessDate,
        datasetId,
        dagId: dag,
        dagRunId: `FGW_${dag}_${businessDate}${name === null ? '' : `_${name}`}_${startsAt}`,
        status: rows.length % 5 === 4 ? 'CANCELLED' : 'SUCCESS',
        createdAt,
        updatedAt: startsAt + 20 * MINUTE,
        triggerType: trigger,
      });
    };
    POOL.forEach((place, index) => {
      for (let name = 0; name < NAMES_A_PLACE; name++) {
        if (!inMask(mask, index, name)) continue;
        const dag = `${place.dag}${day.version}`;
        const put = (trigger: string, created: number, late = 0) =>
          push(place.datasetId, dag, nameOf(place, name), trigger, created, late);
        if (day.how === 'prelim') put('ProcessTrigger', 0);
        else if (day.how === 'manual, rewritten beside a rerun') {
          push(place.datasetId, dag, place.unlisted, 'RerunTrigger', 60);
          put('ManualTrigger', 0, 300);
        } else if (day.how === 'manual, rewritten an hour too early') {
          push(place.datasetId, dag, place.unlisted, 'RerunTrigger', 61);
          put('ManualTrigger', 0, 300);
        } else if (day.how === 'manual, after a rerun') {
          push(place.datasetId, dag, place.unlisted, 'RerunTrigger', 60);
          put('ManualTrigger', 90);
        } else if (day.how === 'manual, alone') put('ManualTrigger', 90);
        else put('RerunTrigger', 600);
      }
    });
  }
  return rows;
}

// ------------------------------------------------------------------------------------------------ nights

const specification = fc.record({
  asked: members,
  others: fc.array(members, { maxLength: 2 }),
  /** The essential that is asked about may be among the others. */
  alsoAmongOthers: fc.boolean(),
  /** Minutes after the evening began. */
  clock: fc.constantFrom<number[]>(2000, 2000, 1440, 700, 660, 610, 120, 90, 40, 5),
  clockJitter: jitter,
  prelim: fc.constantFrom('all', 'some', 'none', 'none'),
  final: fc.constantFrom('none', 'none', 'some', 'all'),
  some: unitMask,
  otherSome: unitMask,
  runs: fc.oneof(
    fc.array(run, { maxLength: 3, size: 'max' }),
    fc.array(run, { maxLength: 6, size: 'max' }),
    fc.array(run, { maxLength: 14, size: 'max' }),
  ),
  /** Half of the nights are asked about without much history, where every unit is owed. */
  days: fc.oneof(
    fc.array(historyDate, { maxLength: 3, size: 'max' }),
    fc.array(historyDate, { minLength: 4, maxLength: 14, size: 'max' }),
    fc.array(scatteredDate, { minLength: 3, maxLength: 8, size: 'max' }),
    fc.array(steadyDate, { minLength: 9, maxLength: 14, size: 'max' }),
  ),
  historyMask: unitMask,
  otherHistoryMask: unitMask,
  reversed: fc.boolean(),
  stuckAfterS: fc.constantFrom(undefined, 600),
});
type Specification = typeof specification extends fc.Arbitrary<infer T> ? T : never;

function build(spec: Specification): NightInput {
  const asOf = TONIGHT + spec.clock * MINUTE + spec.clockJitter;
  const definition = define('Asked', spec.asked);
  const others = spec.others.map((chosen, index) => define(`Other-${index + 1}`, chosen));
  if (spec.alsoAmongOthers) others.push(definition);

  const masks = { all: -1, some: spec.some, none: 0 };
  const everyone = [spec.asked, ...spec.others].flat();
  // One plain run for each place, name and phase, even where two essentials list it.
  const good = new Map<string, Run>();
  for (const one of [
    ...goodRuns(everyone, masks[spec.prelim], 'ProcessTrigger'),
    ...goodRuns(everyone, spec.final === 'some' ? spec.otherSome : masks[spec.final], 'RerunTrigger'),
  ]) {
    const id = `${one.place}/${one.name}/${one.trigger}`;
    if (!good.has(id)) good.set(id, one);
  }

  const rows: RunRow[] = [];
  const history = historyRows(spec.days, spec.historyMask, spec.otherHistoryMask, asOf);
  const dagRuns: DagRunRow[] = [];
  const specs = [...good.values(), ...spec.runs.map((one) => aim(one, spec.asked)).flatMap(withFollower)];
  specs.forEach((one, index) => {
    const row = rowOf(one, spec.reversed ? 1000 - index : 1000 + index, asOf, spec.stuckAfterS);
    if (one.list === 'tonight' || one.list === 'tonight, too early') rows.push(row);
    else history.push(row);
    // Airflow knows a run by its two ids, once.
    const known = dagRuns.some((other) => other.dagId === row.dagId && other.runId === row.dagRunId);
    if (!known) dagRuns.push(...dagRunOf(one, row, asOf));
  });
  return {
    definition,
    others,
    businessDate: DATE,
    asOf,
    rows,
    history,
    dagRuns: dagRuns.length > 0 ? dagRuns : undefined,
    stuckAfterS: spec.stuckAfterS,
  };
}

/** Any night. */
export const nights: fc.Arbitrary<NightInput> = specification.map(build);
