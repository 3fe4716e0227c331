import { z } from 'zod';
import type { EssentialStatus } from '../batch/state.ts';

/** One essential in one phase, in a line. */
export interface DigestLine {
  essential: string;
  businessDate: string;
  phase: 'PRELIM' | 'FINAL';
  status: EssentialStatus;
  stuck: boolean;
  /** What stands behind the status, Markdown in a line. */
  headline: string;
  /** How that differs from the last digest of the channel; null where it does not. */
  news: string | null;
}

/**
 * What a digest says, before it is laid out. Texts are single lines of Markdown, bounded, that hold nothing of a database but
 * names and times.
 */
export interface Digest {
  /** The first line; all there is where all is quiet. */
  title: string;
  quiet: boolean;
  /** Worst first. */
  lines: readonly DigestLine[];
  /** Root causes of what is not done, each once, with whose they are. */
  causes: readonly string[];
  /** What is still to come, what is late, and which deadlines were missed. */
  ends: readonly string[];
  /** What made done batches late, the runs that took unusually long, and the longest. */
  runs: readonly string[];
  /** What could not be read, and what else should be known. */
  notes: readonly string[];
}

/** What a channel was told last, by essential and phase: what "new" is measured against. A status, or `STUCK`. */
export const Told = z.record(z.string(), z.object({ businessDate: z.string(), status: z.string() }));
export type Told = z.infer<typeof Told>;

export function toldKey({ essential, phase }: { essential: string; phase: string }): string {
  return `${essential} ${phase}`;
}
