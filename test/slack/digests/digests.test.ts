import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createRedisStore } from '../../../src/state/redis-store.ts';
import { DATE, run } from '../../batch/night-builder.ts';
import { task } from '../../batch/rca/scene-builder.ts';
import { sharedRedis } from '../../servers/shared.ts';
import { ALICE, callsOf, RANDOM, SUPPORT, shown } from '../harness.ts';
import { ordinaryNight, type Rig, startRig } from './rig.ts';

let rig: Rig;
afterEach(() => rig.stop());

/** 07:00 in New York on the morning after the business date is 12:00 UTC. */
const NIGHT = '2026-02-14T02:00:00Z';
const DUE = '2026-02-14T12:00:00Z';

async function say(line: string, channel = SUPPORT): Promise<string> {
  const before = rig.desk.slack.state.ephemerals.length;
  await rig.desk.slack.command(ALICE, channel, line);
  await rig.desk.settled();
  return rig.desk.slack.state.ephemerals.slice(before).map(shown).join('\n');
}
const idIn = (told: string) => /id `(\w+)`/.exec(told)?.[1] ?? '';

describe('a digest', () => {
  it('is confirmed as it was understood, and posted once when it is due', async () => {
    rig = await startRig({ now: NIGHT });
    rig.world.rows.push(...ordinaryNight(DATE));
    const told = await say('/sentry digest add 7:00 new york derivatives, snu');
    expect(told).toContain('at 07:00 New York every day: the latest phase of Derivatives and SNU');
    expect(told).toContain('Saturday 2026-02-14 07:00 New York (12:00 UTC)');
    expect(told).toContain('in memory alone');

    await rig.moveTo('2026-02-14T11:59:00Z');
    expect(rig.posted()).toEqual([]);
    await rig.moveTo(DUE);
    await rig.moveTo('2026-02-14T12:03:00Z');
    expect(rig.posted().map(({ text }) => text)).toEqual([
      '✅ All quiet for business date 2026-02-13: 2 batches done.',
    ]);
    expect(rig.posted()[0]?.blocks).toHaveLength(1);
  });

  it('names what failed, why, and what that is news to', async () => {
    rig = await startRig({ now: NIGHT });
    const failed = run({ dataset: 'x-first', slice: 'EMEA', status: 'FAILED', ended: 40 });
    rig.world.rows.push(run({ dataset: 'x-first', slice: 'NA' }), failed, run({ dataset: 'x-snu', slice: 'A' }));
    rig.world.tasks = [task(failed, { state: 'failed', started: 2, ended: 39 })];
    await say('/sentry digest add 7:00 new york');
    await say('/sentry digest add 8:00 new york');
    await rig.moveTo(DUE);
    const [first] = rig.posted();
    expect(first?.text).toContain('1 of 2 batches needs attention: TB-Derivatives PRELIM');
    expect(shown(first)).toContain('1 of 3 slices failed (`EMEA`)');
    expect(shown(first)).toMatch(/\*Why\*[^"]*`enrich_x-first` of `first` failed in slice `EMEA`/);
    rig.world.rows = rig.world.rows.filter((row) => row !== failed);
    rig.world.rows.push(...ordinaryNight(DATE).slice(1, 3));
    await rig.moveTo('2026-02-14T13:00:00Z');
    expect(shown(rig.posted()[1])).toContain('mended since the last digest');
  });

  it('is made up for after a restart, once, and says that it is late', async () => {
    rig = await startRig({ now: NIGHT });
    rig.world.rows.push(...ordinaryNight(DATE));
    await say('/sentry digest add 7:00 new york');
    await rig.first.end();
    rig.world.now = Date.parse('2026-02-14T14:12:00Z');
    await rig.process();
    await rig.process();
    const [only, ...more] = rig.posted();
    expect(more).toEqual([]);
    expect(only?.text).toContain('Posted late: due 2026-02-14 12:00 UTC (07:00 New York), posted 2026-02-14 14:12 UTC');
  });

  it('is posted by one of two replicas on one Redis', async () => {
    const store = createRedisStore({ url: (await sharedRedis()).url, prefix: `test-digest-${randomUUID()}` });
    rig = await startRig({ now: NIGHT, store });
    rig.world.rows.push(...ordinaryNight(DATE));
    expect(await say('/sentry digest add 7:00 new york')).not.toContain('in memory alone');
    await rig.process();
    for (const time of [DUE, '2026-02-14T12:01:00Z', '2026-02-15T12:00:00Z']) await rig.moveTo(time);
    expect(rig.posted()).toHaveLength(2);
    await store.close();
  });

  it('is not posted again when Slack failed after it had taken it', async () => {
    rig = await startRig({ now: NIGHT });
    rig.world.rows.push(...ordinaryNight(DATE));
    await say('/sentry digest add 7:00 new york');
    rig.desk.slack.faults.failAfterEffect('chat.postMessage', { times: 1 });
    await rig.moveTo(DUE);
    await rig.moveTo('2026-02-14T12:02:00Z');
    expect(rig.posted()).toHaveLength(1);
  });

  it('that a process died over is looked for before it is posted again', async () => {
    rig = await startRig({ now: NIGHT });
    rig.world.rows.push(...ordinaryNight(DATE));
    await say('/sentry digest add 7:00 new york');
    await rig.first.end();
    const died = await rig.process({
      post: async (post) => {
        await rig.desk.app.postDigest(post);
        throw new Error('the process ends here');
      },
    });
    await rig.moveTo(DUE);
    await died.end();
    await rig.process();
    await rig.moveTo('2026-02-14T12:15:00Z');
    expect(rig.posted()).toHaveLength(1);
    expect(callsOf(rig.desk.slack, 'conversations.history').length).toBeGreaterThan(0);
  });

  it('says so where the batches cannot be read', async () => {
    rig = await startRig({ now: NIGHT });
    rig.world.away = true;
    await say('/sentry digest add 7:00 new york');
    await rig.moveTo(DUE);
    expect(rig.posted()[0]?.text).toContain('could not be told. The database is away.');
  });

  it('does not take an old business date for last night', async () => {
    rig = await startRig({ now: '2026-02-16T02:00:00Z' });
    rig.world.rows.push(...ordinaryNight(DATE));
    await say('/sentry digest add 7:00 new york');
    await rig.moveTo('2026-02-16T12:00:00Z');
    expect(shown(rig.posted()[0])).toContain('Nothing has run since');
    expect(shown(rig.posted()[0])).not.toContain('All quiet');
  });

  it('can be previewed, paused, brought back and removed', async () => {
    rig = await startRig({ now: NIGHT });
    rig.world.rows.push(...ordinaryNight(DATE));
    const id = idIn(await say('/sentry digest add 7:00 new york'));
    expect(await say(`/sentry digest preview ${id}`)).toContain('All quiet');
    expect(await say('/sentry digest preview snu')).toContain('1 batch done');
    expect(await say(`/sentry digest pause ${id}`)).toContain('Paused');
    await rig.moveTo(DUE);
    expect(rig.posted()).toEqual([]);
    expect(await say('/sentry digest list')).toContain('*paused*');
    expect(await say(`/sentry digest resume ${id}`)).toContain('Next: Sunday 2026-02-15');
    await rig.moveTo('2026-02-14T12:30:00Z');
    expect(rig.posted()).toEqual([]);
    expect(await say(`/sentry digest remove ${id}`)).toContain('is gone');
    await rig.moveTo('2026-02-15T12:00:00Z');
    expect(rig.posted()).toEqual([]);
    expect(await say(`/sentry digest remove ${id}`)).toContain('has no digest');
  });

  it('of sentry.yml is posted like any other, ends with its line, and is not removed from Slack', async () => {
    const wish = { hour: 7, minute: 0, days: [6], zone: 'America/New_York', essentials: null, phase: null };
    let declared = [{ ...wish, channel: SUPPORT }];
    rig = await startRig({ now: NIGHT, declared: () => declared });
    rig.world.rows.push(...ordinaryNight(DATE));
    const listed = await say('/sentry digest list');
    expect(listed).toContain('declared in `sentry.yml`');
    const id = /`(file-\w+)`/.exec(listed)?.[1];
    expect(await say(`/sentry digest remove ${id}`)).toContain('declared in `sentry.yml`');
    await rig.moveTo(DUE);
    expect(rig.posted()).toHaveLength(1);
    declared = [];
    await rig.first.standing.digests.sync();
    await rig.moveTo('2026-02-21T12:00:00Z');
    expect(rig.posted()).toHaveLength(1);
    expect(await say('/sentry digest list')).toContain('no digest');
  });

  it('is not ordered by what cannot be understood, and warns where SENTRY may not post', async () => {
    rig = await startRig({ now: NIGHT });
    expect(await say('/sentry digest')).toContain('/sentry digest add');
    expect(await say('/sentry digest add weekdays snu')).toContain('A time of day is missing');
    expect(await say('/sentry digest add 7:00 <@U0BOB00001> moon')).toContain('I did not understand');
    expect(await say('/sentry digest list')).toContain('This channel has no digest');
    expect(await say('/sentry digest add 7:00', RANDOM)).toContain('I am not in this channel');
  });
});
