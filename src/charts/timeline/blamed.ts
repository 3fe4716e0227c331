import type { Candidate } from '../../batch/rca/cause.ts';
import type { DatasetState, UnitState } from '../../batch/state.ts';
import { familyWords } from '../cause-words.ts';

/** With more slices than these alike, it is their dataset that went wrong. */
const MOST_SLICES = 4;

/** Where the causes of a night broke out, each as a lane of its picture has it. */
export interface Blamed {
  /** What happened to the dataset as a whole: `began late`; null where none of its causes is about the whole of it. */
  dataset(dataset: DatasetState): string | null;
  /** The same of a slice. */
  unit(unit: UnitState): string | null;
}

/** `causes` best first. */
export function blamedBy(causes: readonly Candidate[]): Blamed {
  const wordsOf = (cause: Candidate | undefined) => (cause === undefined ? null : familyWords(cause.family));
  return {
    dataset: ({ datasetId, units }) =>
      wordsOf(causes.find((cause) => cause.datasetId === datasetId && (units.length <= 1 || isWhole(cause)))),
    unit: ({ datasetId, slice }) =>
      wordsOf(causes.find((cause) => cause.datasetId === datasetId && !isWhole(cause) && cause.slices.includes(slice))),
  };
}

function isWhole({ slice, slices }: Candidate): boolean {
  return slice === null || slices.length > MOST_SLICES;
}
