import type { HouseRules } from '../../batch/inquiry/house-rules.ts';
import { DAY } from '../../batch/instant.ts';
import type { Clock } from '../../batch/ports.ts';
import { SentryError, toSentryError } from '../../errors.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Logger } from '../../observability/logger.ts';
import type { State } from '../../state/state.ts';
import { type Look, type SightOf, seenOf } from '../looking.ts';
import { type Condition, conditionOf } from './condition.ts';
import { Incident, incidentId, Watch } from './incident.ts';
import { createIncidentBook } from './incident-book.ts';
import type { IncidentPosts } from './incident-posts.ts';
import { LastLook } from './last-look.ts';

export const WATCH_HANDLER = 'watch';
const WATCH_JOB = 'watch';
const EVERY_MINUTE = { pattern: '* * * * *', zone: 'UTC' };
const MOST_OF_A_CHANNEL = 30;
const KEPT_FOR = 7 * DAY;

export interface WatchesOptions {
  state: State;
  jobs: Jobs;
  look: Look;
  sightOf: SightOf;
  posts: IncidentPosts;
  clock: Clock;
  /** IANA name in which times are told beside UTC. */
  zone: string;
  adviceFor: HouseRules['adviceFor'];
  logger: Logger;
}

/** Who watches what. Methods reject with UpstreamError `STATE_UNREACHABLE` while what is kept is away. */
export interface Watches {
  /** False when the channel watches it already. Throws SentryError `USAGE` when it watches too much. */
  add(watch: Omit<Watch, 'since'>): Promise<boolean>;
  list(channel: string): Promise<Watch[]>;
  /** False when the channel did not watch it. */
  stop(channel: string, essential: string): Promise<boolean>;
  /** When SENTRY last looked for anybody, and what stood in the way; null before the first look. */
  lastLook(): Promise<LastLook | null>;
  /** Mutes an incident, or lets it speak again. False when it is no longer known. */
  toggleMute(incident: string, user: string): Promise<boolean>;
  /** Brings the schedule in line with what is kept. */
  sync(): Promise<void>;
  /** The handler of the one job: one look for everybody. */
  run(): Promise<void>;
}

export function createWatches(options: WatchesOptions): Watches {
  const { state, jobs, clock, logger, zone, adviceFor } = options;
  const watches = state.collection('watches', Watch);
  const incidents = state.collection('incidents', Incident);
  const looks = state.collection('watch-looks', LastLook);
  const book = createIncidentBook({ incidents, claim: state.claim, posts: options.posts, clock, logger });
  const watchId = ({ channel, essential }: Pick<Watch, 'channel' | 'essential'>) => `${channel}:${essential}`;

  const all = async () => (await watches.list()).map(({ value }) => value);
  const schedule = () =>
    jobs.put({ id: WATCH_JOB, handler: WATCH_HANDLER, timetable: EVERY_MINUTE, data: null, since: clock.now() - 1 });

  /** Null when there was nothing to see. */
  async function conditions(essentials: ReadonlySet<string>): Promise<Condition[] | null> {
    const at = clock.now();
    try {
      const seen = seenOf(await options.look({ phase: null, follow: essentials }));
      await looks.put('latest', { at, problem: seen.kind === 'unseen' ? seen.why.slice(0, 500) : null });
      if (seen.kind === 'unseen') return null;
      const reading = { zone, adviceFor, now: at };
      return seen.night.entries.map((entry) => conditionOf(entry, seen.prospectOf(entry), reading));
    } catch (error) {
      const { code, message } = toSentryError(error);
      logger.warn({ code, err: error }, 'The watched batches could not be looked at');
      await looks.put('latest', { at, problem: message });
      return null;
    }
  }

  /** A business date that another one has followed, an essential that nobody watches any more. */
  async function closeWhere(over: (incident: Incident) => boolean): Promise<void> {
    for (const { id, value } of await incidents.list()) {
      if ((value.stage === 'open' || value.stage === 'mended') && over(value)) await book.close(id, value);
    }
  }

  return {
    async add(watch) {
      const mine = (await all()).filter(({ channel }) => channel === watch.channel);
      if (mine.length >= MOST_OF_A_CHANNEL)
        throw new SentryError('USAGE', `This channel watches ${MOST_OF_A_CHANNEL} batches already.`, {
          remedy: 'Stop watching one first: /sentry watch list shows them.',
        });
      const added = await watches.add(watchId(watch), { ...watch, since: clock.now() });
      await schedule();
      return added;
    },

    list: async (channel) => (await all()).filter((watch) => watch.channel === channel),

    async stop(channel, essential) {
      const stopped = await watches.remove(watchId({ channel, essential }));
      if (stopped) await closeWhere((incident) => incident.channel === channel && incident.essential === essential);
      return stopped;
    },

    lastLook: () => looks.get('latest'),

    toggleMute: (id, user) => book.toggleMute(id, user),

    async sync() {
      if ((await watches.list()).length > 0) await schedule();
      else await jobs.remove(WATCH_JOB);
    },

    async run() {
      const watched = await all();
      if (watched.length === 0) return jobs.remove(WATCH_JOB);
      const found = await conditions(new Set(watched.map(({ essential }) => essential)));
      if (found === null) return;
      const known = new Map((await incidents.list()).map(({ id, value }) => [id, value]));
      for (const watch of watched) {
        const { channel, essential } = watch;
        const sight = await options.sightOf(watch, 'watch');
        if (!sight?.allows(essential)) continue;
        for (const condition of found.filter((each) => each.essential === essential)) {
          const id = incidentId({ channel, ...condition });
          await book.follow(id, known.get(id) ?? null, channel, condition);
        }
      }
      const [{ businessDate: latest } = { businessDate: '' }] = found;
      await closeWhere(({ businessDate }) => businessDate < latest);
      for (const [id, { openedAt }] of known) if (clock.now() - openedAt > KEPT_FOR) await incidents.remove(id);
    },
  };
}
