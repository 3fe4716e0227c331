import { createEssentialNames } from '../../../src/batch/essential-names.ts';
import { NO_HOUSE_RULES } from '../../../src/batch/inquiry/house-rules.ts';
import { inquireOutlook } from '../../../src/batch/inquiry/outlook.ts';
import type { RunRow, TaskRow } from '../../../src/batch/run.ts';
import { createDigests, type DigestsOptions } from '../../../src/digest/digests.ts';
import { DIGEST_HANDLER } from '../../../src/digest/subscriptions.ts';
import { createWatches, WATCH_HANDLER } from '../../../src/digest/watch/watches.ts';
import { UpstreamError } from '../../../src/errors.ts';
import { createMemoryJobs } from '../../../src/jobs/memory-jobs.ts';
import type { SlackMessage } from '../../../src/playground/slack/types.ts';
import type { Standing } from '../../../src/slack/standing.ts';
import { createJobLedger } from '../../../src/state/job-ledger.ts';
import { createMemoryStore } from '../../../src/state/memory-store.ts';
import { createState } from '../../../src/state/state.ts';
import type { StateStore } from '../../../src/state/state-store.ts';
import { deskOver } from '../../batch/inquiry/desk-builder.ts';
import { define, earlierDates, run } from '../../batch/night-builder.ts';
import { logLines } from '../../cache/log-lines.ts';
import { BOT, type Desk, SUPPORT, startDesk } from '../harness.ts';

export const DERIVATIVES = define(
  [
    { datasetId: 'x-first', slices: ['NA', 'EMEA'] },
    { datasetId: 'x-second', slices: ['NA'], sequenceOrder: 1 },
  ],
  'TB-Derivatives',
);
export const SNU = define([{ datasetId: 'x-snu', slices: ['A'] }], 'SNU');

/** What an ordinary night looks like, minutes after 20:00 UTC of its date. */
export function ordinaryNight(date: string): RunRow[] {
  return [
    run({ dataset: 'x-first', slice: 'NA', date, ended: 30 }),
    run({ dataset: 'x-first', slice: 'EMEA', date, ended: 31 }),
    run({ dataset: 'x-second', slice: 'NA', date, created: 35, ended: 65 }),
    run({ dataset: 'x-snu', slice: 'A', date, ended: 20 }),
  ];
}

/** The batches as the test wants them, at the time that it wants. */
export interface World {
  now: number;
  rows: RunRow[];
  tasks: TaskRow[];
  away: boolean;
  deadline: number | null;
}

export interface Process {
  standing: Standing;
  /** Does what is due. */
  look(): Promise<void>;
  /** Reads again what is kept, as at the start. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

export interface Rig {
  desk: Desk;
  world: World;
  store: StateStore;
  /** The first process; the commands of the workspace go to it. */
  first: Process;
  /** A further process over the same state. */
  process(options?: Partial<DigestsOptions>): Promise<Process>;
  moveTo(time: string): Promise<void>;
  /** What SENTRY wrote into the channel itself, the oldest first. */
  posted(channel?: string): SlackMessage[];
  stop(): Promise<void>;
}

/** Digests and watches over a world of the test's own, posted into the fake workspace by the real Slack side. */
export async function startRig(options: {
  now: string;
  store?: StateStore;
  declared?: DigestsOptions['declared'];
}): Promise<Rig> {
  const world: World = {
    now: Date.parse(options.now),
    rows: earlierDates(12).flatMap(ordinaryNight),
    tasks: [],
    away: false,
    deadline: null,
  };
  const { logger } = logLines();
  const store = options.store ?? createMemoryStore();
  const processes: Process[] = [];
  let desk: Desk | null = null;
  const clock = { now: () => world.now, frozen: false };

  async function look({ phase, follow }: Parameters<DigestsOptions['look']>[0]) {
    if (world.away) throw new UpstreamError('rds', 'RDS_UNREACHABLE', 'The database is away.', { remedy: 'Wait.' });
    const rules = { ...NO_HOUSE_RULES, deadlineOf: (name: string) => (name === 'SNU' ? null : world.deadline) };
    const { desk: read } = deskOver({ ...world, definitions: [DERIVATIVES, SNU], rules });
    return inquireOutlook(read, { date: null, phase, ...(follow ? { follow } : {}) });
  }

  function assemble(more: Partial<DigestsOptions> = {}): Process {
    const state = createState(store, { logger });
    const ledger = createJobLedger(state, () => world.now);
    const jobs = createMemoryJobs({ ledger, logger, now: () => world.now, everyMs: 3_600_000 });
    const { adviceFor } = NO_HOUSE_RULES;
    const common = {
      state,
      jobs,
      look,
      clock,
      adviceFor,
      logger,
      sightOf: (...about: Parameters<DigestsOptions['sightOf']>) => app().sightOf(...about),
    };
    const digests = createDigests({
      ...common,
      declared: options.declared ?? (() => []),
      post: (post) => app().postDigest(post),
      pausesMs: [],
      ...more,
    });
    const posts = {
      open: (post: never) => app().incidents.open(post),
      reply: (post: never) => app().incidents.reply(post),
      edit: (post: never) => app().incidents.edit(post),
    };
    const watches = createWatches({ ...common, zone: 'America/New_York', posts });
    return {
      standing: { digests, watches, durable: store.durable, zone: 'America/New_York', now: () => world.now },
      look: () => jobs.look(),
      async begin() {
        await digests.sync();
        await watches.sync();
        await jobs.start({ [DIGEST_HANDLER]: digests.run, [WATCH_HANDLER]: watches.run });
      },
      end: () => jobs.stop(),
    };
  }

  function app() {
    if (desk === null) throw new Error('not started');
    return desk.app;
  }

  const first = assemble();
  processes.push(first);
  const started = await startDesk('socket', undefined, {
    app: { standing: first.standing, names: createEssentialNames() },
  });
  desk = started;
  await first.begin();
  const before = new Set([...started.slack.state.messages.values()].flat().map(({ ts }) => ts));

  return {
    desk: started,
    world,
    store,
    first,
    async process(more) {
      const another = assemble(more);
      processes.push(another);
      await another.begin();
      return another;
    },
    async moveTo(time) {
      world.now = Date.parse(time);
      await Promise.all(processes.map((each) => each.look()));
    },
    posted: (channel = SUPPORT) =>
      (started.slack.state.messages.get(channel) ?? []).filter(
        (message) => message.user === BOT && !message.thread_ts && !before.has(message.ts),
      ),
    async stop() {
      await Promise.all(processes.map((each) => each.end()));
      await started.stop();
    },
  };
}
