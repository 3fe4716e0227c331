import type { EssentialNames } from '../../batch/essential-names.ts';
import type { HistoryEntry } from '../../batch/finding.ts';
import { type Instant, isoUtc } from '../../batch/instant.ts';
import type { Recurrence } from '../../batch/rca/cause.ts';
import type { TaskRow } from '../../batch/run.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type Attempt, type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { utcTime, zoneDay, zoneTime } from '../compose/times.ts';
import { countUnits } from '../compose/units.ts';
import { classOf, type StatusClass } from './status-words.ts';
import type { Entity, Truth } from './truth.ts';

export type Gatherer = ReturnType<typeof createGatherer>;

/** Puts what findings are made of into a truth: a thing once, however often it turns up. */
export function createGatherer(truth: Truth, at: { zone: string; names: EssentialNames }) {
  const byName = new Map<string, Entity>();

  function entity(kind: Entity['kind'], id: string, names: readonly string[]): Entity {
    const key = `${kind} ${id}`;
    const known = byName.get(key);
    if (known) return known;
    const made: Entity = {
      kind,
      names: [...new Set(names.filter((name) => name.length > 1))],
      own: new Set(),
      within: new Set(),
      parts: [],
      starts: new Set(),
      ends: new Set(),
      durations: [],
      phases: new Map(),
    };
    byName.set(key, made);
    truth.entities.push(made);
    for (const name of names)
      for (const word of name.toLowerCase().split(/[^a-z0-9]+/)) if (word !== '') truth.words.add(word);
    return made;
  }

  const number = (value: number) => void truth.numbers.add(value);
  function pair(part: number, whole: number): void {
    truth.pairs.add(`${part}/${whole}`);
    number(part);
    number(whole);
  }
  function count(noun: string, status: string, value: number, whole: number): void {
    const key = `${status} ${noun}`;
    truth.counts.set(key, (truth.counts.get(key) ?? new Set()).add(value));
    pair(value, whole);
  }
  function instant(value: Instant | null): void {
    if (value === null) return;
    const iso = isoUtc(value);
    truth.utcTimes.add(utcTime(value));
    truth.zoneTimes.add(zoneTime(value, at.zone));
    truth.dates.add(iso.slice(0, 10)).add(zoneDay(value, at.zone));
  }
  function span(from: Instant | null, to: Instant | null): void {
    if (from !== null && to !== null) truth.durations.push(Math.max(0, (to - from) / 1000));
  }
  function timesOf(owner: Entity, from: Instant | null, to: Instant | null): void {
    for (const [instant_, times] of [
      [from, owner.starts],
      [to, owner.ends],
    ] as const) {
      if (instant_ !== null) times.add(utcTime(instant_)).add(zoneTime(instant_, at.zone));
    }
    if (from !== null && to !== null) owner.durations.push(Math.max(0, (to - from) / 1000));
  }
  function duration(seconds: number | null): void {
    if (seconds !== null) truth.durations.push(Math.abs(seconds));
  }
  function dataset(id: string): Entity {
    return entity('dataset', id, [id, shortDatasetName(id)]);
  }
  function recurrence(value: Recurrence, owners: readonly Entity[]): void {
    pair(value.failed, value.of);
    count('date', 'failed', value.failed, value.of);
    for (const owner of owners) owner.within.add('failed');
    for (const date of value.dates) {
      truth.dates.add(date);
      entity('date', date, [date]).own.add('failed');
    }
    if (value.lastRemedy === null) return;
    truth.dates.add(value.lastRemedy.businessDate);
    truth.durations.push(value.lastRemedy.afterMinutes * 60);
  }
  function attempt(value: Attempt): void {
    instant(value.startedAt);
    instant(value.endedAt);
    instant(value.heartbeatAt);
    span(value.startedAt, value.endedAt);
    entity('other', value.dagRunId, [value.dagRunId]);
    if (value.dagId) entity('other', value.dagId, [value.dagId]);
  }
  function unit(value: UnitState, dataset: Entity, essential: Entity): void {
    for (let nth = 1; nth <= value.attemptCount; nth += 1) truth.labelled.add(`attempt ${nth}`);
    number(value.attemptCount);
    for (const one of value.attempts) attempt(one);
    const classes: StatusClass[] = [
      classOf(value.status),
      ...(value.stuck ? (['stuck'] as const) : []),
      ...(value.repaired ? (['repaired'] as const) : []),
    ];
    const owners = value.slice === null ? [dataset] : [entity('slice', value.slice, [value.slice])];
    for (const owner of owners) {
      for (const status of classes) owner.own.add(status);
      for (const one of value.attempts) {
        owner.within.add(classOf(one.status));
        timesOf(owner, one.startedAt, one.endedAt ?? one.heartbeatAt);
      }
    }
    dataset.parts.push(classes[0] ?? 'unknown');
    essential.parts.push(classes[0] ?? 'unknown');
    for (const status of classes) {
      dataset.within.add(status);
      essential.within.add(status);
    }
  }
  function phase(name: string, which: string, status: string): Entity {
    const made = entity('essential', name, [name, at.names.spoken(name)]);
    made.phases.set(which, (made.phases.get(which) ?? new Set()).add(classOf(status)));
    return made;
  }
  function state(value: PhaseState): void {
    const essential = phase(value.essential, value.phase, value.status);
    essential.own.add(classOf(value.status));
    truth.dates.add(value.businessDate);
    instant(value.startedAt);
    instant(value.endedAt);
    span(value.startedAt, value.endedAt);
    const { progress } = value;
    pair(progress.step, progress.of);
    truth.labelled.add(`step ${progress.step}/${progress.of}`).add(`at ${progress.step}`);
    pair(progress.datasetsDone, progress.datasets);
    pair(progress.slicesDone, progress.slices);
    pair(value.ran.units, value.ran.of);
    count('dataset', 'success', progress.datasetsDone, progress.datasets);
    for (const dataset of value.datasets) {
      number(dataset.step);
      truth.labelled.add(`step ${dataset.step}`);
      truth.labelled.add(`step ${dataset.step}/${progress.of}`);
      const made = entity('dataset', dataset.datasetId, [dataset.datasetId, shortDatasetName(dataset.datasetId)]);
      made.own.add(classOf(dataset.status));
      for (const one of dataset.units) unit(one, made, essential);
      counted(dataset.units);
    }
    for (const [step, datasets] of Map.groupBy(value.datasets, (dataset) => dataset.step)) {
      // No name of its own: a step is found by its number, and what is said of it holds for all that it is made of.
      const made = entity('step', `${value.essential} ${value.phase} ${step}`, []);
      made.parts.push(...datasets.map((dataset) => classOf(dataset.status)));
      for (const part of made.parts) made.within.add(part);
      const [only, ...more] = new Set(made.parts);
      if (only && more.length === 0) made.own.add(only);
      for (const bad of ['failed', 'running'] as const) if (made.within.has(bad)) made.own.add(bad);
      truth.steps.set(step, [...(truth.steps.get(step) ?? []), made]);
    }
    for (const [status, datasets] of Map.groupBy(value.datasets, (dataset) => classOf(dataset.status)))
      count('dataset', status, datasets.length, value.datasets.length);
    counted(unitsOf(value));
  }
  function counted(units: readonly UnitState[]): void {
    const counts = countUnits(units);
    for (const [status, value] of [
      ['success', counts.success],
      ['failed', counts.failed],
      ['cancelled', counts.cancelled],
      ['running', counts.running],
      ['queued', counts.queued],
      ['unknown', counts.unknown],
      ['waiting', counts.waiting],
      ['not_started', counts.notStarted],
      ['stuck', counts.stuck],
      ['repaired', counts.repaired],
    ] as const) {
      count('slice', status, value, counts.total);
    }
  }
  function task(value: TaskRow): void {
    const made = entity('task', value.taskId, [value.taskId]);
    made.own.add(classOf(value.state));
    timesOf(made, value.startedAt, value.endedAt);
    if (value.durationS !== null) made.durations.push(value.durationS);
    if (value.tryNumber !== null) {
      number(value.tryNumber);
      truth.labelled.add(`try ${value.tryNumber}`);
    }
    if (value.hostname) entity('other', value.hostname, [value.hostname]);
    if (value.operator) entity('other', value.operator, [value.operator]);
    instant(value.startedAt);
    instant(value.endedAt);
    if (value.durationS !== null) truth.durations.push(value.durationS);
  }
  function pastDate(entry: HistoryEntry): void {
    truth.dates.add(entry.businessDate);
    const made = entity('date', entry.businessDate, [entry.businessDate]);
    made.own.add(classOf(entry.status));
    if (entry.failedUnits > 0) made.own.add('failed');
    if (entry.repairedUnits > 0) made.own.add('repaired');
    number(entry.failedUnits);
    number(entry.repairedUnits);
    instant(entry.startedAt);
    instant(entry.endedAt);
    if (entry.durationS !== null) truth.durations.push(entry.durationS);
  }
  return {
    state,
    units: counted,
    phase,
    task,
    attempt,
    pastDate,
    number,
    pair,
    count,
    entity,
    dataset,
    instant,
    duration,
    recurrence,
    essential: (name: string) => entity('essential', name, [name, at.names.spoken(name)]),
    times: timesOf,
    zoneTime: (value: Instant) => zoneTime(value, at.zone),
  };
}
