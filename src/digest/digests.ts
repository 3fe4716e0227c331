import { createHash, randomInt } from 'node:crypto';
import type { NightFinding } from '../batch/finding.ts';
import type { HouseRules } from '../batch/inquiry/house-rules.ts';
import type { Clock } from '../batch/ports.ts';
import type { Sight } from '../batch/sight.ts';
import { SentryError } from '../errors.ts';
import type { JobRun, Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../observability/logger.ts';
import type { State } from '../state/state.ts';
import { composeDigest, narrowed, toldBy } from './compose-digest.ts';
import { type Digest, Told } from './digest.ts';
import { type Look, lookPatiently, type SightOf } from './looking.ts';
import { Subscription, timetableOf, type Wish } from './subscription.ts';

export const DIGEST_HANDLER = 'digest';
const MOST_OF_A_CHANNEL = 20;
/** Letters and digits that are not mistaken for each other. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** A PNG and what it shows, in words. */
export interface DigestPicture {
  png: Uint8Array;
  alt: string;
  title: string;
}

/** A digest on its way into a channel. */
export interface DigestPost {
  /** Which slot of which digest: nothing is posted twice under one reference. */
  reference: string;
  channel: string;
  digest: Digest;
  /** When it was due; `postedAt` says more only where it is late. */
  due: number;
  postedAt: number;
  late: boolean;
  zone: string;
  /** It was begun before: it may be there already. */
  again: boolean;
  picture: DigestPicture | null;
}

export interface DigestsOptions {
  state: State;
  jobs: Jobs;
  look: Look;
  sightOf: SightOf;
  /** Rejects when it could not be posted; posts nothing a second time. */
  post: (post: DigestPost) => Promise<void>;
  clock: Clock;
  adviceFor: HouseRules['adviceFor'];
  /** What `sentry.yml` declares now. */
  declared: () => readonly (Wish & { channel: string })[];
  /** A picture that says more than the lines; null where none does. */
  picture?: (night: NightFinding) => Promise<DigestPicture | null>;
  logger: Logger;
  /** Before each further look at sources that failed. Milliseconds. */
  pausesMs?: readonly number[];
}

/** What a digest is about. */
type About = Pick<Wish, 'essentials' | 'phase' | 'zone'>;

export interface Kept {
  id: string;
  subscription: Subscription;
}

/** The digests of all channels. Methods reject with UpstreamError `STATE_UNREACHABLE` while what is kept is away. */
export interface Digests {
  /** @throws SentryError `USAGE` when the channel has too many. */
  add(wish: Wish, about: { channel: string; createdBy: string }): Promise<Kept>;
  list(channel: string): Promise<Kept[]>;
  /** What would be posted now, as far as `sight` allows. */
  preview(channel: string, wish: About, sight?: Sight): Promise<Digest>;
  /** Null when the channel has none of that id. What was due meanwhile is not made up for. */
  setPaused(channel: string, id: string, paused: boolean): Promise<Kept | null>;
  remove(channel: string, id: string): Promise<'removed' | 'declared' | 'unknown'>;
  /** Brings schedules in line with what is kept and with what `sentry.yml` declares. */
  sync(): Promise<void>;
  /** The handler of its jobs. */
  run(run: JobRun): Promise<void>;
}

export function createDigests(options: DigestsOptions): Digests {
  const { state, jobs, clock, logger } = options;
  const subscriptions = state.collection('digests', Subscription);
  const told = state.collection('digests-told', Told);
  const jobId = (id: string) => `digest:${id}`;

  const schedule = ({ id, subscription }: Kept) =>
    jobs.put({
      id: jobId(id),
      handler: DIGEST_HANDLER,
      timetable: timetableOf(subscription),
      data: { id },
      since: subscription.since,
    });

  async function compose(channel: string, wish: About, sight?: Sight, pausesMs?: readonly number[]) {
    const seen = await lookPatiently(() => options.look({ phase: wish.phase, sight }), pausesMs);
    const before = await told.get(channel);
    if (seen.kind === 'unseen') return { digest: unseenDigest(seen.why), after: before, night: null };
    const { zone, essentials } = wish;
    const reading = { zone, adviceFor: options.adviceFor };
    const digest = composeDigest(seen, { ...reading, essentials, told: before, now: clock.now() });
    const night = narrowed(seen.night, essentials);
    return { digest, after: toldBy({ ...seen, night }, before), night };
  }

  async function of(channel: string): Promise<Kept[]> {
    const all = await subscriptions.list();
    return all
      .filter(({ value }) => value.channel === channel)
      .map(({ id, value }) => ({ id, subscription: value }))
      .sort((a, b) => a.subscription.since - b.subscription.since);
  }

  return {
    async add(wish, { channel, createdBy }) {
      if ((await of(channel)).length >= MOST_OF_A_CHANNEL)
        throw new SentryError('USAGE', `This channel has ${MOST_OF_A_CHANNEL} digests already.`, {
          remedy: 'Remove one first: /sentry digest list shows them.',
        });
      const subscription: Subscription = { ...wish, channel, paused: false, createdBy, since: clock.now() };
      let id = newId();
      while (!(await subscriptions.add(id, subscription))) id = newId();
      await schedule({ id, subscription });
      return { id, subscription };
    },

    list: of,

    preview: async (channel, wish, sight) => (await compose(channel, wish, sight, [])).digest,

    async setPaused(channel, id, paused) {
      const before = await subscriptions.get(id);
      if (before === null || before.channel !== channel) return null;
      const subscription = await subscriptions.change(id, (kept) =>
        kept === null ? null : { ...kept, paused, since: paused ? kept.since : clock.now() },
      );
      if (subscription === null) return null;
      await (paused ? jobs.remove(jobId(id)) : schedule({ id, subscription }));
      return { id, subscription };
    },

    async remove(channel, id) {
      const before = await subscriptions.get(id);
      if (before === null || before.channel !== channel) return 'unknown';
      if (before.createdBy === null) return 'declared';
      await subscriptions.remove(id);
      await jobs.remove(jobId(id));
      return 'removed';
    },

    async sync() {
      const declared = new Map(options.declared().map((each) => [declaredId(each), each]));
      for (const [id, each] of declared)
        await subscriptions.add(id, { ...each, paused: false, createdBy: null, since: clock.now() });
      const kept = new Map((await subscriptions.list()).map(({ id, value }) => [id, value]));
      for (const [id, { createdBy }] of kept) {
        if (createdBy !== null || declared.has(id)) continue;
        await subscriptions.remove(id);
        kept.delete(id);
      }
      for (const [id, subscription] of kept) if (!subscription.paused) await schedule({ id, subscription });
      const wanted = new Set([...kept].flatMap(([id, { paused }]) => (paused ? [] : [jobId(id)])));
      for (const { id, handler } of await jobs.list())
        if (handler === DIGEST_HANDLER && !wanted.has(id)) await jobs.remove(id);
    },

    async run({ id: job, slot, late, again }) {
      const id = job.slice(jobId('').length);
      const subscription = await subscriptions.get(id);
      if (subscription === null || subscription.paused || slot <= subscription.since) return;
      const { channel, zone } = subscription;
      const sight = await sightFor(subscription);
      const { digest, after, night } = await compose(channel, subscription, sight, options.pausesMs);
      const picture = night === null || digest.quiet ? null : await pictureOf(night);
      const postedAt = clock.now();
      const reference = `${id}:${slot}`;
      await options.post({ reference, channel, digest, due: slot, postedAt, late, zone, again, picture });
      if (after !== null) await told.put(channel, after);
      logger.info({ digest: id, channel, quiet: digest.quiet, late, again }, 'A digest was posted');
    },
  };

  /** A person who may no longer have it there, or of whom Slack does not tell now, gets nothing by having asked once. */
  async function sightFor({ channel, createdBy }: Subscription): Promise<Sight> {
    const sight = await options.sightOf({ channel, createdBy }, 'digest');
    if (sight !== null) return sight;
    throw new SentryError('NOT_OPEN', 'This digest is no longer open to its channel, or to who ordered it.', {
      remedy: 'See the access section of sentry.yml.',
    });
  }

  /** Only an extra: a digest without it is still a digest. */
  async function pictureOf(night: NightFinding): Promise<DigestPicture | null> {
    try {
      return (await options.picture?.(night)) ?? null;
    } catch (error) {
      logger.warn({ err: error }, 'The picture of a digest could not be drawn');
      return null;
    }
  }
}

export function unseenDigest(why: string): Digest {
  const title = `The state of the batches could not be told. ${why}`;
  return { title, quiet: false, lines: [], causes: [], ends: [], runs: [], notes: [] };
}

function newId(): string {
  return Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The same for the same content, wherever it stands in the file: a digest that was not changed owes no slot again. */
function declaredId({ channel, hour, minute, days, zone, essentials, phase }: Wish & { channel: string }): string {
  const content = JSON.stringify([channel, hour, minute, days, zone, essentials, phase]);
  return `file-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
}
