import type { RunAddress } from '../run.ts';
import type { Candidate, Family } from './cause.ts';
import type { Scene } from './scene.ts';

/** What a rule found. */
export interface Opinion {
  /** Any number; empty when the family is not at work, or cannot be told. */
  candidates: readonly Candidate[];
  /** Why the family is not at work, as a sentence with its figure ("No task waited longer than 4 s in a queue."); null where that cannot be said. */
  ruledOut: string | null;
  /** What would have been needed and is not there, as sentences. */
  gaps: readonly string[];
  /** Something is wrong that this rule is responsible for and cannot explain for want of data: the answer is then "cannot tell". */
  unexplained?: boolean;
}

/** One family of causes. It judges alone: what another rule explains better is collapsed by the engine. */
export interface Rule {
  family: Family;
  /**
   * Earlier runs whose tasks the rule would compare with, the most telling first; asked once tonight's tasks are there. Keep it
   * short (tens, not thousands): all rules' wishes are read in one statement.
   */
  pastRuns?(scene: Scene): readonly RunAddress[];
  judge(scene: Scene): Opinion;
}
