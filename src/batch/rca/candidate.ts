import type { Candidate } from './cause.ts';
import type { Suspect } from './suspects.ts';

/** A candidate of which only what is known need be said. */
export function candidateOf(
  known: Pick<Candidate, 'family' | 'at' | 'units' | 'evidence'> & Partial<Candidate>,
): Candidate {
  return {
    confidence: 'medium',
    datasetId: null,
    slice: null,
    slices: [],
    dagId: null,
    dagRunId: null,
    taskId: null,
    tryNumber: null,
    operator: null,
    host: null,
    window: null,
    minutes: null,
    symptoms: known.units.length,
    ...known,
  };
}

/** The keys of a candidate that lies in one unit. */
export function keysOf({ unit, key }: Suspect): Partial<Candidate> & Pick<Candidate, 'units'> {
  return {
    datasetId: unit.datasetId,
    slice: unit.slice,
    slices: [unit.slice],
    dagId: unit.decisive?.dagId ?? null,
    dagRunId: unit.decisive?.dagRunId ?? null,
    units: [key],
  };
}
