import type { Finding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import type { RankedCause } from '../../batch/rca/cause.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { bounded, safeText } from '../safe-text.ts';
import { causeSentence } from './causes/clause.ts';
import { observationSentence } from './causes/observations.ts';
import { proofOf } from './causes/proof.ts';
import { comparisonRecord } from './comparison.ts';
import { differenceLines } from './differences.ts';
import { durationsRecord } from './durations.ts';
import { etaRecord } from './eta.ts';
import { latenessRecord } from './lateness.ts';
import { sentencesOf } from './sentences.ts';
import { secondsBetween } from './times.ts';
import { countUnits, needsAttention } from './units.ts';
import { verdictOf } from './verdict.ts';

const MAX_FACT_CHARS = 6000;
const MAX_UNITS = 12;

/** A finding as the model gets it: bounded JSON, every text from outside made harmless. Times are UTC. */
export function factsOf(finding: Finding, zone: string): string {
  const full = factObject(finding, zone, MAX_UNITS);
  const text = JSON.stringify(full);
  if (text.length <= MAX_FACT_CHARS) return text;
  const smaller = JSON.stringify(factObject(finding, zone, 3));
  if (smaller.length <= MAX_FACT_CHARS) return smaller;
  return JSON.stringify({
    kind: finding.kind,
    verdict: bounded(verdictOf(finding, zone), 1000),
    sentences: sentencesOf(finding, zone),
  });
}

function factObject(finding: Finding, zone: string, units: number): Record<string, unknown> {
  const base = { kind: finding.kind, verdict: verdictOf(finding, zone), sentences: sentencesOf(finding, zone) };
  switch (finding.kind) {
    case 'status':
    case 'progress':
      return { ...base, ...about(finding), ...stateFacts(finding.state, units) };
    case 'slices':
      return {
        ...base,
        ...about(finding),
        dataset: finding.datasetId === null ? null : shortDatasetName(finding.datasetId),
        word: finding.said,
        counts: countUnits(finding.units),
        slices: finding.units.slice(0, units * 2).map(unitFacts),
      };
    case 'tasks':
      return {
        ...base,
        ...about(finding),
        runs: finding.runs.slice(0, units).map((run) => ({
          ...unitFacts(run.unit),
          run_id: safeText(run.attempt.dagRunId, 200),
          tasks: run.tasks.slice(0, units).map((task) => ({
            task: safeText(task.taskId, 160),
            state: task.state,
            try: task.tryNumber,
            first_failure: task === run.firstFailure,
            host: task.hostname === null ? null : safeText(task.hostname),
            operator: task.operator === null ? null : safeText(task.operator),
            started: iso(task.startedAt),
            ended: iso(task.endedAt),
            seconds: task.durationS,
          })),
        })),
        omitted_runs: finding.omitted,
      };
    case 'history':
      return {
        ...base,
        ...about(finding),
        median_seconds: finding.medianDurationS,
        usual_seconds: finding.usual,
        repeats: finding.recurrences.slice(0, 5).map(({ datasetId, taskId, recurrence }) => ({
          task: safeText(taskId, 160),
          dataset: shortDatasetName(datasetId),
          failed: recurrence.failed,
          of: recurrence.of,
        })),
        dates: finding.entries.slice(0, units * 2).map((entry) => ({
          date: entry.businessDate,
          status: entry.status,
          seconds: entry.durationS,
          failed_slices: entry.failedUnits,
          repaired_slices: entry.repairedUnits,
        })),
      };
    case 'night':
      return {
        ...base,
        date: finding.businessDate,
        batches: finding.entries.slice(0, 40).map((entry) => ({
          batch: safeText(entry.essential, 80),
          date: entry.businessDate,
          phase: entry.phase,
          status: entry.status,
          step: `${entry.state.progress.step} of ${entry.state.progress.of}`,
          failed: unitsOf(entry.state).filter((unit) => unit.status === 'FAILED').length,
          causes: (entry.diagnosis?.causes ?? [])
            .slice(0, 2)
            .map((cause) => causeFacts(cause, zone, entry.businessDate)),
        })),
        not_readable: finding.missing.map((entry) => safeText(entry.essential, 80)),
      };
    case 'causes':
      return {
        ...base,
        ...about(finding),
        outcome: finding.diagnosis.outcome,
        causes: finding.diagnosis.causes
          .slice(0, Math.min(units, 5))
          .map((cause) => causeFacts(cause, zone, finding.businessDate)),
        ruled_out: finding.diagnosis.ruledOut.map(({ family, why }) => ({ family, why: safeText(why, 200) })),
        also: finding.diagnosis.observations.slice(0, units).map(observationSentence),
        progress: finding.state.progress,
        counts: countUnits(unitsOf(finding.state)),
      };
    case 'lateness':
      return {
        ...base,
        ...about(finding),
        deadline: iso(finding.deadline),
        lateness: finding.lateness === null ? null : latenessRecord(finding.lateness),
      };
    case 'eta':
      return {
        ...base,
        ...about(finding),
        eta: etaRecord(finding),
        target: finding.target === null ? null : iso(finding.target.at),
        chance_of_missing: finding.chanceOfMissing,
        progress: finding.state.progress,
      };
    case 'comparison':
      return {
        ...base,
        ...about(finding),
        before: comparisonRecord(finding).before,
        after: comparisonRecord(finding).after,
        differences: differenceLines(comparisonRecord(finding)).slice(0, units),
        alike: finding.comparison.alike,
      };
    case 'durations': {
      const record = durationsRecord(finding);
      return { ...base, ...about(finding), phase: record.phase, slices: record.units.slice(0, units) };
    }
    default:
      return base;
  }
}

function causeFacts(cause: RankedCause, zone: string, businessDate: string) {
  const name = (id: string | null) => (id === null ? null : safeText(id, 160));
  return {
    rank: cause.rank,
    family: cause.family,
    confidence: cause.confidence,
    sentence: causeSentence(cause, { zone, businessDate }),
    proof: proofOf(cause, { zone, businessDate }),
    dataset: cause.datasetId === null ? null : shortDatasetName(cause.datasetId),
    slices: cause.slices.slice(0, 6).map(name),
    task: name(cause.taskId),
    host: name(cause.host),
    operator: name(cause.operator),
    recurring: cause.recurring === null ? null : { failed: cause.recurring.failed, of: cause.recurring.of },
    affected_datasets: cause.affects.datasets.slice(0, 8).map(shortDatasetName),
    affected_batches: cause.affects.essentials.slice(0, 8).map((essential) => safeText(essential, 80)),
  };
}

function about(finding: {
  essential: string;
  businessDate: string;
  phase: string;
  state: PhaseState;
  other: object;
  notes: readonly string[];
  gaps: readonly string[];
}) {
  return {
    batch: safeText(finding.essential, 80),
    business_date: finding.businessDate,
    phase: finding.phase,
    status: finding.state.status,
    other_phase: finding.other,
    notes: finding.notes.slice(0, 6).map((note) => safeText(note, 300)),
    gaps: finding.gaps.slice(0, 6).map((gap) => safeText(gap, 300)),
  };
}

function stateFacts(state: PhaseState, units: number) {
  return {
    progress: state.progress,
    rerun: state.ran,
    counts: countUnits(unitsOf(state)),
    started: iso(state.startedAt),
    ended: iso(state.endedAt),
    datasets: state.datasets
      .slice(0, units * 3)
      .map((dataset) => ({ dataset: shortDatasetName(dataset.datasetId), step: dataset.step, status: dataset.status })),
    attention: unitsOf(state).filter(needsAttention).slice(0, units).map(unitFacts),
    repaired: unitsOf(state)
      .filter((unit) => unit.repaired)
      .slice(0, units)
      .map(unitFacts),
  };
}

function unitFacts(unit: UnitState) {
  return {
    slice: unit.slice === null ? null : safeText(unit.slice, 120),
    dataset: shortDatasetName(unit.datasetId),
    status: unit.status,
    stuck: unit.stuck,
    attempt: unit.attemptCount,
    repaired: unit.repaired,
    started: iso(unit.decisive?.startedAt ?? null),
    ended: iso(unit.decisive?.endedAt ?? null),
    seconds: unit.decisive ? secondsBetween(unit.decisive.startedAt, unit.decisive.endedAt) : null,
  };
}

function iso(instant: number | null): string | null {
  return instant === null ? null : isoUtc(instant);
}
