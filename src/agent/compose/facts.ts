import type { Finding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import { shortDatasetName } from '../../batch/short-dataset-name.ts';
import { type PhaseState, type UnitState, unitsOf } from '../../batch/state.ts';
import { bounded, safeText } from '../safe-text.ts';
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
    verdict: bounded(verdictOf(finding), 1000),
    sentences: sentencesOf(finding, zone),
  });
}

function factObject(finding: Finding, zone: string, units: number): Record<string, unknown> {
  const base = { kind: finding.kind, verdict: verdictOf(finding), sentences: sentencesOf(finding, zone) };
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
        })),
        not_readable: finding.missing.map((entry) => safeText(entry.essential, 80)),
      };
    default:
      return base;
  }
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
