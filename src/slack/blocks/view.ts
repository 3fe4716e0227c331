import type { KnownBlock } from '@slack/types';

/** A message ready to be posted: the blocks, and what stands for them in notifications and where blocks are refused. */
export interface View {
  /** Escaped, at most 3,000 characters, meaningful by itself. */
  text: string;
  blocks: KnownBlock[];
}
