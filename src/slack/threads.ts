import { LRUCache } from 'lru-cache';
import type { EssentialNames } from '../batch/essential-names.ts';
import type { AskedInThread } from './asked.ts';
import { slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { Self } from './identity.ts';
import type { SlackLog } from './slack-log.ts';
import { readThread, type ThreadMemory } from './thread-context.ts';

/** What threads remember, and whose they are. Never rejects. */
export interface Threads {
  memoryOf(asked: AskedInThread, reference: string): Promise<ThreadMemory>;
  /** Whether a thread belongs to SENTRY. */
  isOurs(channel: string, threadTs: string, parentUserId?: string): Promise<boolean>;
}

export const NOTHING_SAID: ThreadMemory = { context: null, turns: [], ours: false };

interface ThreadsOptions {
  gateway: Pick<SlackGateway, 'thread'>;
  names: EssentialNames;
  /** Of the people who talk here: IANA name. */
  zone: string;
  self: () => Self;
  log: SlackLog;
}

export function createThreads({ gateway, names, zone, self, log }: ThreadsOptions): Threads {
  // Whose a thread is stays as it is: a long talk among people is read once, not at every question in it.
  const ownership = new LRUCache<string, boolean>({ max: 2000, ttl: 10 * 60_000 });

  return {
    async memoryOf({ channel, threadTs, askedTs, ours }, reference) {
      if (threadTs === askedTs) return { ...NOTHING_SAID, ours };
      try {
        const messages = await gateway.thread(channel, threadTs);
        return readThread(messages, threadTs, self(), { until: askedTs, ours, talk: { names, zone } });
      } catch (error) {
        log.warn({ reference, code: slackCode(error) }, 'A thread could not be read; answering without it');
        return { ...NOTHING_SAID, ours };
      }
    },

    async isOurs(channel, threadTs, parentUserId) {
      if (parentUserId === self().userId) return true;
      const key = `${channel}:${threadTs}`;
      try {
        const known = ownership.get(key) ?? readThread(await gateway.thread(channel, threadTs), threadTs, self()).ours;
        ownership.set(key, known);
        return known;
      } catch (error) {
        log.warn({ channel, code: slackCode(error) }, 'A thread could not be read; its reply is left alone');
        return false;
      }
    },
  };
}
