import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from '../batch/inquiry/desk.ts';
import { inquireOutlook } from '../batch/inquiry/outlook.ts';
import { SECOND } from '../batch/instant.ts';
import { definitionsInSight } from '../batch/sight.ts';
import type { DeclaredDigest } from '../config/digests.ts';
import { composeDigest, unseenDigest } from '../digest/compose-digest.ts';
import type { Digest } from '../digest/digest.ts';
import { createDigests, type DigestsOptions } from '../digest/digests.ts';
import { type Look, lookPatiently } from '../digest/looking.ts';
import { DIGEST_HANDLER } from '../digest/subscriptions.ts';
import { createWatches, WATCH_HANDLER } from '../digest/watch/watches.ts';
import { toSentryError } from '../errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { openJobs } from '../jobs/open-jobs.ts';
import type { Logger } from '../observability/logger.ts';
import type { SlackApp } from '../slack/create-slack-app.ts';
import type { Standing } from '../slack/standing.ts';
import { createJobLedger } from '../state/job-ledger.ts';
import { createMemoryStore } from '../state/memory-store.ts';
import { createState, type State } from '../state/state.ts';

interface DutiesOptions {
  state: State;
  /** A desk for one look; its signal ends the statements. */
  openDesk: (signal: AbortSignal) => Desk;
  declared: () => readonly DeclaredDigest[];
  /** Null where jobs live in this process. */
  redisUrl: string | null;
  prefix: string;
  /** The clock is the real one: what is done is remembered for as long as the state lasts. */
  realClock: boolean;
  clock: Desk['clock'];
  picture: DigestsOptions['picture'];
  zone: string;
  slack: () => SlackApp;
  logger: Logger;
  /** Between two attempts to begin while what is kept is away. */
  retryMs?: number;
}

/** What SENTRY does unasked. */
export interface Duties {
  standing: Standing;
  /** Begins in the background, and goes on trying where what is kept cannot be reached. */
  start(): void;
  /** Lets what is being done come to its end. */
  stop(): Promise<void>;
  /** `sentry.yml` declares something else now. */
  reload(): void;
  /** What a digest of everything would say now, to whoever may see everything. */
  digestNow(): Promise<Digest>;
}

const LOOK_S = 60;
const RETRY_MS = 10 * SECOND;
/** A scheduler that waits for Redis does not keep the process. */
const STOP_MS = 10 * SECOND;

/** Digests and watches on their schedule. Opens nothing before it is needed. */
export function createDuties(options: DutiesOptions): Duties {
  const { state, clock, zone, logger, slack } = options;
  const jobs = deferredJobs(options);
  const stopped = new AbortController();
  const look: Look = async ({ phase, follow, sight }) => {
    const desk = options.openDesk(AbortSignal.any([stopped.signal, AbortSignal.timeout(LOOK_S * SECOND)]));
    const { sources } = desk;
    const definitions = sight === undefined ? sources.definitions : definitionsInSight(sources.definitions, sight);
    return inquireOutlook(
      { ...desk, sources: { ...sources, definitions } },
      { date: null, phase, ...(follow ? { follow } : {}) },
    );
  };
  const adviceFor: Desk['adviceFor'] = (about) => options.openDesk(stopped.signal).adviceFor(about);
  const common = {
    state,
    jobs,
    look,
    clock,
    adviceFor,
    logger,
    sightOf: (...about: Parameters<SlackApp['sightOf']>) => slack().sightOf(...about),
  };
  const digests = createDigests({
    ...common,
    declared: () =>
      options.declared().map(({ timeZone, days, essentials, ...rest }) => ({
        ...rest,
        days: [...days],
        essentials: essentials === null ? null : [...essentials],
        zone: timeZone ?? zone,
      })),
    post: (post) => slack().postDigest(post),
    ...(options.picture ? { picture: options.picture } : {}),
  });
  const watches = createWatches({
    ...common,
    zone,
    posts: {
      open: (post) => slack().incidents.open(post),
      reply: (post) => slack().incidents.reply(post),
      edit: (post) => slack().incidents.edit(post),
    },
  });

  async function begin(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await digests.sync();
        await watches.sync();
        return await jobs.start({ [DIGEST_HANDLER]: digests.run, [WATCH_HANDLER]: watches.run });
      } catch (error) {
        const { code, message } = toSentryError(error);
        logger.warn({ code, message }, 'Digests and watches cannot begin yet');
        await pause(options.retryMs ?? RETRY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  }

  return {
    standing: { digests, watches, durable: state.durable, zone, now: () => clock.now() },
    start: () => void begin(),
    async stop() {
      await Promise.race([jobs.stop(), pause(STOP_MS, undefined, { ref: false })]);
      stopped.abort(new Error('SENTRY is stopping'));
    },
    reload() {
      digests
        .sync()
        .catch((error) => logger.warn({ err: toSentryError(error) }, 'The digests of sentry.yml are not in force yet'));
    },
    async digestNow() {
      const seen = await lookPatiently(() => look({ phase: null }), []);
      if (seen.kind === 'unseen') return unseenDigest(seen.why);
      return composeDigest(seen, { zone, adviceFor, essentials: null, told: null, now: clock.now() });
    },
  };
}

/** BullMQ connects when it is made: it is made when the first job is. */
function deferredJobs({ state, redisUrl, prefix, realClock, clock, logger }: DutiesOptions): Jobs {
  let opened: Jobs | null = null;
  const open = () => {
    // A simulated night begins anew with the process: what was done in an earlier one is not done in this.
    const ledger = createJobLedger(realClock ? state : createState(createMemoryStore(), { logger }));
    opened ??= openJobs({ redisUrl: realClock ? redisUrl : null, prefix, ledger, logger, now: () => clock.now() });
    return opened;
  };
  return {
    put: (job) => open().put(job),
    remove: (id) => open().remove(id),
    list: () => open().list(),
    start: (handlers) => open().start(handlers),
    async stop() {
      await opened?.stop();
    },
    describe: () => (realClock && redisUrl !== null ? 'redis' : 'memory'),
  };
}
