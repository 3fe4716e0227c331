import type { NightFinding } from '../batch/finding.ts';
import type { HouseRules } from '../batch/inquiry/house-rules.ts';
import type { Clock } from '../batch/ports.ts';
import type { Sight } from '../batch/sight.ts';
import { SentryError } from '../errors.ts';
import type { JobRun, Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../observability/logger.ts';
import type { State } from '../state/state.ts';
import { composeDigest, narrowed, toldBy, unseenDigest } from './compose-digest.ts';
import { type Digest, Told } from './digest.ts';
import type { DigestPicture, DigestPost } from './digest-post.ts';
import { type Look, lookPatiently, type SightOf } from './looking.ts';
import type { Subscription, Wish } from './subscription.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

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

/** The digests of all channels: what was ordered, and what they say. */
export interface Digests extends Subscriptions {
  /** What would be posted now, as far as `sight` allows. */
  preview(channel: string, wish: About, sight?: Sight): Promise<Digest>;
  /** The handler of its jobs: one slot of one digest. */
  run(run: JobRun): Promise<void>;
}

export function createDigests(options: DigestsOptions): Digests {
  const { clock, logger } = options;
  const { ofJob, ...subscriptions } = createSubscriptions(options);
  const told = options.state.collection('digests-told', Told);

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

  return {
    ...subscriptions,

    preview: async (channel, wish, sight) => (await compose(channel, wish, sight, [])).digest,

    async run({ id: job, slot, late, again }) {
      const kept = await ofJob(job);
      if (kept === null || kept.subscription.paused || slot <= kept.subscription.since) return;
      const { id, subscription } = kept;
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
