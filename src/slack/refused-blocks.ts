import type { View } from './blocks/view.ts';
import { failureKind, slackCode } from './failures.ts';
import type { SlackLog } from './slack-log.ts';

/** Which kinds of blocks the workspace does not take, as far as that was seen: so that not every answer is refused first. */
export interface RefusedBlocks {
  /** Those of `views` that it is likely to take, at least the last. */
  likely(views: readonly View[]): readonly View[];
  /** It refused `refused` with `error`, and took `taken` instead. */
  learn(refused: View, error: unknown, taken: View): void;
}

/** A refusal may have been for one odd text, and workspaces learn new blocks: the best layout is tried again after this. */
const REMEMBERED_MS = 3_600_000;

/**
 * Said of the blocks themselves. That a message is too long, or its metadata wrong, says nothing of the next one. An error
 * inside Slack is told of blocks that it does not know well; it counts once plainer ones were taken in its place.
 */
const OF_BLOCKS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'invalid_arguments',
  'internal_error',
]);

/** Whether plainer blocks may pass where these did not. */
export function isOfBlocks(error: unknown): boolean {
  return failureKind(error) === 'refused_blocks' || slackCode(error) === 'internal_error';
}

/** `now`: milliseconds of real time. */
export function createRefusedBlocks(log: SlackLog, now: () => number = Date.now): RefusedBlocks {
  const until = new Map<string, number>();
  const isRefused = (kind: string) => (until.get(kind) ?? 0) > now();

  return {
    likely(views) {
      const left = views.filter((view) => ![...kindsOf(view)].some(isRefused));
      return left.length > 0 ? left : views.slice(-1);
    },
    learn(refused, error, taken) {
      if (!OF_BLOCKS.has(slackCode(error))) return;
      const kept = kindsOf(taken);
      const kinds = [...kindsOf(refused)].filter((kind) => !kept.has(kind));
      if (kinds.length === 0 || kinds.every(isRefused)) return;
      for (const kind of kinds) until.set(kind, now() + REMEMBERED_MS);
      log.warn(
        { kinds, minutes: REMEMBERED_MS / 60_000 },
        'This workspace refuses blocks; plainer answers for a while',
      );
    },
  };
}

function kindsOf({ blocks }: View): Set<string> {
  return new Set(blocks.map((block) => block.type));
}
