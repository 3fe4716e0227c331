import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBullmqJobs } from '../../src/jobs/bullmq-jobs.ts';
import type { Job, JobRun, Jobs } from '../../src/jobs/jobs.ts';
import { createMemoryJobs } from '../../src/jobs/memory-jobs.ts';
import { createJobLedger } from '../../src/state/job-ledger.ts';
import { createMemoryStore } from '../../src/state/memory-store.ts';
import { createState, type State } from '../../src/state/state.ts';
import { logLines } from '../cache/log-lines.ts';
import { sharedRedis } from '../servers/shared.ts';

/** A backend whose time the test moves. */
interface Rig {
  /** A further replica: it shares the ledger, and with Redis the schedules. */
  replica(): Jobs;
  /** Sets the clock and lets everything happen that is due then. */
  moveTo(time: string): Promise<void>;
  close(): Promise<void>;
}

const quiet = logLines().logger;

function memoryRig(state: State): Rig {
  let now = Date.parse('2026-11-20T00:00Z');
  const replicas: ReturnType<typeof createMemoryJobs>[] = [];
  return {
    replica() {
      const ledger = createJobLedger(state, () => now);
      const jobs = createMemoryJobs({ ledger, logger: quiet, now: () => now, everyMs: 3_600_000 });
      replicas.push(jobs);
      return jobs;
    },
    async moveTo(time) {
      now = Date.parse(time);
      await Promise.all(replicas.map((jobs) => jobs.look()));
    },
    close: async () => void (await Promise.all(replicas.map((jobs) => jobs.stop()))),
  };
}

async function redisRig(state: State): Promise<Rig> {
  const { url } = await sharedRedis();
  const prefix = `test-jobs-${randomUUID()}`;
  let now = Date.parse('2026-11-20T00:00Z');
  const replicas: Jobs[] = [];
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  // What BullMQ waits for in real time is brought forward: every delayed job is due now.
  const queue = new Queue('jobs', { connection: connection as never, prefix: `${prefix}:bull` });
  return {
    replica() {
      const ledger = createJobLedger(state, () => now);
      const jobs = createBullmqJobs({ redisUrl: url, prefix, ledger, logger: quiet, now: () => now });
      replicas.push(jobs);
      return jobs;
    },
    async moveTo(time) {
      now = Date.parse(time);
      const before = await queue.getDelayed();
      for (const job of before) await job.promote();
      await vi.waitFor(
        async () => {
          const counts = await queue.getJobCounts('waiting', 'active');
          expect(counts).toEqual({ waiting: 0, active: 0 });
        },
        { timeout: 5000, interval: 20 },
      );
    },
    async close() {
      await Promise.all(replicas.map((jobs) => jobs.stop()));
      await queue.obliterate({ force: true });
      await queue.close();
      connection.disconnect();
    },
  };
}

const daily: Job = {
  id: 'digest:C1',
  handler: 'digest',
  timetable: { pattern: '0 7 * * *', zone: 'UTC' },
  data: { channel: 'C1' },
  since: Date.parse('2026-11-20T00:00Z'),
};

describe.each([
  { name: 'memory', rig: async (state: State) => memoryRig(state) },
  { name: 'BullMQ', rig: redisRig },
])('jobs: $name', ({ rig: build }) => {
  const open: Rig[] = [];
  afterEach(() => Promise.all(open.splice(0).map((rig) => rig.close())));

  async function setUp() {
    const state = createState(createMemoryStore(), { logger: quiet });
    const rig = await build(state);
    open.push(rig);
    const runs: JobRun[] = [];
    return { rig, runs, digest: async (run: JobRun) => void runs.push(run) };
  }

  it('does a slot once, however often it is looked at, and hands over what it was given', async () => {
    const { rig, runs, digest } = await setUp();
    const jobs = rig.replica();
    await jobs.start({ digest });
    await jobs.put(daily);
    await rig.moveTo('2026-11-20T06:59Z');
    expect(runs).toEqual([]);
    await rig.moveTo('2026-11-20T07:00Z');
    await rig.moveTo('2026-11-20T07:00:30Z');
    expect(runs).toEqual([
      { id: 'digest:C1', data: { channel: 'C1' }, slot: Date.parse('2026-11-20T07:00Z'), late: false, again: false },
    ]);
    await rig.moveTo('2026-11-21T07:01Z');
    expect(runs.map(({ slot }) => slot - Date.parse('2026-11-20T07:00Z'))).toEqual([0, 86_400_000]);
  });

  it('owes nothing from before it was scheduled', async () => {
    const { rig, runs, digest } = await setUp();
    const jobs = rig.replica();
    await jobs.start({ digest });
    await jobs.put({ ...daily, since: Date.parse('2026-11-20T10:00Z') });
    await rig.moveTo('2026-11-20T10:00:01Z');
    expect(runs).toEqual([]);
    await rig.moveTo('2026-11-21T07:00Z');
    expect(runs).toHaveLength(1);
  });

  it('makes up for the latest missed slot, marked late, and for none older than a day', async () => {
    const { rig, runs, digest } = await setUp();
    const first = rig.replica();
    await first.start({ digest });
    await first.put(daily);
    await rig.moveTo('2026-11-20T07:00Z');
    await rig.moveTo('2026-11-23T09:00Z');
    expect(runs.map(({ slot, late }) => [new Date(slot).toISOString().slice(0, 16), late])).toEqual([
      ['2026-11-20T07:00', false],
      ['2026-11-23T07:00', true],
    ]);
    await first.put({ ...daily, id: 'weekly', timetable: { pattern: '0 7 * * 1', zone: 'UTC' } });
    await rig.moveTo('2026-11-25T06:00Z');
    expect(runs.filter(({ id }) => id === 'weekly')).toEqual([]);
  });

  it('does it in one of several replicas', async () => {
    const { rig, runs, digest } = await setUp();
    for (const jobs of [rig.replica(), rig.replica(), rig.replica()]) {
      await jobs.start({ digest });
      await jobs.put(daily);
    }
    await rig.moveTo('2026-11-20T07:00Z');
    await rig.moveTo('2026-11-20T07:00:10Z');
    expect(runs).toHaveLength(1);
  });

  it('tries again what failed, says so, and gives up after the third time', async () => {
    const { rig, runs } = await setUp();
    const jobs = rig.replica();
    const digest = async (run: JobRun) => {
      runs.push(run);
      throw new Error('Slack is away');
    };
    await jobs.start({ digest });
    await jobs.put(daily);
    for (const minute of [0, 2, 4, 6, 8]) await rig.moveTo(`2026-11-20T07:0${minute}Z`);
    expect(runs.map(({ again }) => again)).toEqual([false, true, true]);
    expect(new Set(runs.map(({ slot }) => slot)).size).toBe(1);
  });

  it('changes, lists and removes', async () => {
    const { rig, runs, digest } = await setUp();
    const jobs = rig.replica();
    await jobs.start({ digest });
    await jobs.put(daily);
    await jobs.put({ ...daily, timetable: { pattern: '30 8 * * *', zone: 'Europe/London' }, data: { channel: 'C2' } });
    expect((await jobs.list()).map(({ id, timetable }) => [id, timetable.pattern])).toEqual([
      ['digest:C1', '30 8 * * *'],
    ]);
    await rig.moveTo('2026-11-20T08:31Z');
    expect(runs.map(({ data }) => data)).toEqual([{ channel: 'C2' }]);
    await jobs.remove(daily.id);
    expect(await jobs.list()).toEqual([]);
    await rig.moveTo('2026-11-21T08:31Z');
    expect(runs).toHaveLength(1);
    await expect(jobs.put({ ...daily, timetable: { pattern: 'soon', zone: 'UTC' } })).rejects.toMatchObject({
      code: 'USAGE',
    });
  });

  it('waits for what is being done when it stops', async () => {
    const { rig } = await setUp();
    const jobs = rig.replica();
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let finished = false;
    await jobs.start({
      async digest() {
        begun.resolve();
        await goOn.promise;
        finished = true;
      },
    });
    await jobs.put(daily);
    const moved = rig.moveTo('2026-11-20T07:00Z');
    await begun.promise;
    const stopped = jobs.stop();
    goOn.resolve();
    await stopped;
    expect(finished).toBe(true);
    await moved.catch(() => undefined);
  });
});

/** In three zones, one of which changes by half an hour: an hour of every day, one that a change leaves out, one that it repeats. */
const YEAR_ZONES = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe'];
const YEAR_TIMES = { morning: '0 7 * * *', gap: '15 2 * * *', overlap: '45 1 * * *' };

it('does every slot of a year once, over changes of the clock, by two replicas that are restarted and away at times', async () => {
  const state = createState(createMemoryStore(), { logger: quiet });
  const since = Date.parse('2026-01-01T00:00Z');
  let now = since;
  const runs: JobRun[] = [];
  const startReplica = async () => {
    const jobs = createMemoryJobs({ ledger: createJobLedger(state, () => now), logger: quiet, now: () => now });
    for (const zone of YEAR_ZONES)
      for (const [name, pattern] of Object.entries(YEAR_TIMES))
        await jobs.put({ id: `${zone} ${name}`, handler: 'digest', timetable: { pattern, zone }, data: null, since });
    await jobs.start({ digest: async (run) => void runs.push(run) });
    return jobs;
  };
  let replicas = [await startReplica(), await startReplica()];
  const step = 97 * 60_000;
  for (let look = 1; now < Date.parse('2027-01-01T00:00Z'); look += 1, now += step) {
    if (look % 103 === 0) {
      const [first, ...others] = replicas;
      await first?.stop();
      replicas = [...others, await startReplica()];
    }
    if (look % 310 === 0) {
      await Promise.all(replicas.map((jobs) => jobs.stop()));
      now += 20 * 3_600_000;
      replicas = [await startReplica(), await startReplica()];
    }
    await Promise.all(replicas.map((jobs) => jobs.look()));
  }
  await Promise.all(replicas.map((jobs) => jobs.stop()));
  const done = Map.groupBy(runs, ({ id }) => id);
  expect(done.size).toBe(9);
  for (const [id, own] of done) {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: id.split(' ')[0], dateStyle: 'short' });
    const days = own.map(({ slot }) => day.format(slot));
    expect([id, new Set(days).size]).toEqual([id, days.length]);
    expect(days.length).toBeGreaterThanOrEqual(364);
  }
  expect(runs.filter(({ late }) => late).length).toBeGreaterThan(30);
  expect(runs.filter(({ again }) => again)).toEqual([]);
});
