import { LRUCache } from 'lru-cache';
import { slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { AnswerEvent } from './presenter.ts';
import type { SlackLog } from './slack-log.ts';

/** A picture that says more than the words of an answer. */
export interface AnswerPicture {
  png: Uint8Array;
  /** For who does not see it. */
  alt: string;
  title: string;
}

/** Draws what belongs to an answer; null where words say as much. May reject: the answer does without. */
export type DrawPicture = (event: AnswerEvent) => Promise<AnswerPicture | null>;

/** Puts a picture into the thread of its answer; never rejects. */
export type SharePicture = (place: { channel: string; threadTs: string }) => Promise<void>;

/** Shares the pictures of answers in their threads: at most one an answer, and none that the thread has seen already. */
export interface PictureShare {
  /** Begins to draw; what it returns waits for that, and is for after the answer. */
  begin(event: AnswerEvent, reference: string): SharePicture;
}

const THREADS = 500;
const PICTURES_A_THREAD = 50;

export function createPictureShare(options: {
  draw: DrawPicture | undefined;
  gateway: SlackGateway;
  log: SlackLog;
}): PictureShare {
  const { draw, gateway, log } = options;
  const seen = new LRUCache<string, Set<string>>({ max: THREADS });

  return {
    begin(event, reference) {
      const drawn = (draw?.(event) ?? Promise.resolve(null)).catch((error: unknown) => {
        log.warn({ reference, err: error }, 'A picture could not be drawn');
        return null;
      });
      return async ({ channel, threadTs }) => {
        const picture = await drawn;
        if (picture === null) return;
        const key = `${channel}:${threadTs}`;
        const shown = seen.get(key) ?? new Set();
        const says = `${picture.title}\n${picture.alt}`;
        if (shown.has(says)) return;
        try {
          const { png: bytes, alt, title } = picture;
          await gateway.upload({ channel, threadTs, filename: 'sentry.png', bytes, alt, title });
          seen.set(key, new Set([...shown, says].slice(-PICTURES_A_THREAD)));
        } catch (error) {
          log.warn({ reference, channel, code: slackCode(error) }, 'A picture could not be put into its thread');
        }
      };
    },
  };
}
