import { createHash, randomInt } from 'node:crypto';
import type { Clock } from '../batch/ports.ts';
import { SentryError } from '../errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { State } from '../state/state.ts';
import { Subscription, timetableOf, type Wish } from './subscription.ts';

export const DIGEST_HANDLER = 'digest';
const MOST_OF_A_CHANNEL = 20;
/** Letters and digits that are not mistaken for each other. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

export interface Kept {
  id: string;
  subscription: Subscription;
}

/** What channels ordered. Methods reject with UpstreamError `STATE_UNREACHABLE` while what is kept is away. */
export interface Subscriptions {
  /** @throws SentryError `USAGE` when the channel has too many. */
  add(wish: Wish, about: { channel: string; createdBy: string }): Promise<Kept>;
  list(channel: string): Promise<Kept[]>;
  /** Null when the channel has none of that id. What was due meanwhile is not made up for. */
  setPaused(channel: string, id: string, paused: boolean): Promise<Kept | null>;
  remove(channel: string, id: string): Promise<'removed' | 'declared' | 'unknown'>;
  /** Brings schedules in line with what is kept and with what `sentry.yml` declares. */
  sync(): Promise<void>;
}

interface SubscriptionsOptions {
  state: State;
  jobs: Jobs;
  clock: Clock;
  /** What `sentry.yml` declares now. */
  declared: () => readonly (Wish & { channel: string })[];
}

const jobId = (id: string) => `digest:${id}`;

export function createSubscriptions(options: SubscriptionsOptions) {
  const { jobs, clock } = options;
  const kept = options.state.collection('digests', Subscription);

  const schedule = ({ id, subscription }: Kept) =>
    jobs.put({
      id: jobId(id),
      handler: DIGEST_HANDLER,
      timetable: timetableOf(subscription),
      data: { id },
      since: subscription.since,
    });

  async function list(channel: string): Promise<Kept[]> {
    return (await kept.list())
      .filter(({ value }) => value.channel === channel)
      .map(({ id, value }) => ({ id, subscription: value }))
      .sort((a, b) => a.subscription.since - b.subscription.since);
  }

  const subscriptions: Subscriptions = {
    async add(wish, { channel, createdBy }) {
      if ((await list(channel)).length >= MOST_OF_A_CHANNEL)
        throw new SentryError('USAGE', `This channel has ${MOST_OF_A_CHANNEL} digests already.`, {
          remedy: 'Remove one first: /sentry digest list shows them.',
        });
      const subscription: Subscription = { ...wish, channel, paused: false, createdBy, since: clock.now() };
      let id = newId();
      while (!(await kept.add(id, subscription))) id = newId();
      await schedule({ id, subscription });
      return { id, subscription };
    },

    list,

    async setPaused(channel, id, paused) {
      const before = await kept.get(id);
      if (before === null || before.channel !== channel) return null;
      const subscription = await kept.change(id, (now) =>
        now === null ? null : { ...now, paused, since: paused ? now.since : clock.now() },
      );
      if (subscription === null) return null;
      await (paused ? jobs.remove(jobId(id)) : schedule({ id, subscription }));
      return { id, subscription };
    },

    async remove(channel, id) {
      const before = await kept.get(id);
      if (before === null || before.channel !== channel) return 'unknown';
      if (before.createdBy === null) return 'declared';
      await kept.remove(id);
      await jobs.remove(jobId(id));
      return 'removed';
    },

    async sync() {
      const declared = new Map(options.declared().map((each) => [declaredId(each), each]));
      for (const [id, each] of declared)
        await kept.add(id, { ...each, paused: false, createdBy: null, since: clock.now() });
      const wanted = new Set<string>();
      for (const { id, value: subscription } of await kept.list()) {
        if (subscription.createdBy === null && !declared.has(id)) await kept.remove(id);
        else if (!subscription.paused) {
          await schedule({ id, subscription });
          wanted.add(jobId(id));
        }
      }
      for (const { id, handler } of await jobs.list())
        if (handler === DIGEST_HANDLER && !wanted.has(id)) await jobs.remove(id);
    },
  };
  /** The one behind a job; null when it is gone. */
  const ofJob = async (job: string): Promise<Kept | null> => {
    const id = job.slice(jobId('').length);
    const subscription = await kept.get(id);
    return subscription === null ? null : { id, subscription };
  };
  return { ...subscriptions, ofJob };
}

function newId(): string {
  return Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The same for the same content, wherever it stands in the file: a digest that was not changed owes no slot again. */
function declaredId({ channel, hour, minute, days, zone, essentials, phase }: Wish & { channel: string }): string {
  const content = JSON.stringify([channel, hour, minute, days, zone, essentials, phase]);
  return `file-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
}
