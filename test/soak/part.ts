/** What is to be run, as the command line said. */
export interface Sizes {
  seed: number;
  questions: number;
  nights: number;
  states: number;
  /** How many times as often as in `npm test` each property is tried. */
  times: number;
}

/** What came of one part. */
export interface PartReport {
  title: string;
  /** What was demanded, in a sentence or two. */
  what: string;
  /** By name, as they are shown. */
  figures: readonly (readonly [name: string, value: string])[];
  /** A table beside them: its head and its rows. */
  table?: readonly (readonly string[])[];
  /** Whatever did not hold; empty when all is well. */
  failures: readonly string[];
}

export type Part = (sizes: Sizes, onProgress: (done: number, of: number) => void) => Promise<PartReport>;

export const number = (value: number): string => value.toLocaleString('en-US');
