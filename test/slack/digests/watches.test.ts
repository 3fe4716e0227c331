import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createRedisStore } from '../../../src/state/redis-store.ts';
import { manual, run } from '../../batch/night-builder.ts';
import { task } from '../../batch/rca/scene-builder.ts';
import { sharedRedis } from '../../servers/shared.ts';
import { ALICE, callsOf, repliesOf, SUPPORT, shown } from '../harness.ts';
import { type Rig, startRig } from './rig.ts';

let rig: Rig;
afterEach(() => rig.stop());

const at = (minute: number) => new Date(Date.parse('2026-02-13T20:00:00Z') + minute * 60_000).toISOString();
const begun = () => [run({ dataset: 'x-first', slice: 'NA' }), run({ dataset: 'x-snu', slice: 'A' })];
const failed = () => run({ dataset: 'x-first', slice: 'EMEA', status: 'FAILED', ended: 38 });
const running = (ended: number) => run({ dataset: 'x-first', slice: 'EMEA', status: 'RUNNING', ended });

async function say(line: string): Promise<string> {
  const before = rig.desk.slack.state.ephemerals.length;
  await rig.desk.slack.command(ALICE, SUPPORT, line);
  await rig.desk.settled();
  return rig.desk.slack.state.ephemerals.slice(before).map(shown).join('\n');
}
const thread = () => repliesOf(rig.desk.slack, SUPPORT, rig.posted()[0]?.ts ?? '').map(({ text }) => text);
const root = () => shown(rig.posted()[0]);

describe('a watch', () => {
  it('tells failure, news and recovery in one thread, each once', async () => {
    rig = await startRig({ now: at(20) });
    rig.world.rows.push(...begun());
    expect(await say('/sentry watch derivatives')).toContain('I watch Derivatives for this channel');
    rig.world.rows.push(running(32));
    await rig.moveTo(at(32));
    expect(rig.posted()).toEqual([]);

    rig.world.rows.pop();
    const failure = failed();
    rig.world.rows.push(failure);
    rig.world.tasks = [task(failure, { state: 'failed', started: 2, ended: 37 })];
    for (const minute of [40, 41, 42]) await rig.moveTo(at(minute));
    expect(rig.posted()).toHaveLength(1);
    expect(root()).toContain('`EMEA` of `first` failed at');
    expect(root()).toContain('Cause:');
    expect(thread()).toEqual([]);

    rig.world.rows.push(manual({ dataset: 'x-first', slice: 'EMEA', created: 45, ended: 46, status: 'FAILED' }));
    for (const minute of [48, 49]) await rig.moveTo(at(minute));
    expect(thread()).toEqual([expect.stringContaining('on attempt 2')]);

    rig.world.rows.push(manual({ dataset: 'x-first', slice: 'EMEA', created: 50, ended: 70 }));
    for (const minute of [52, 53]) await rig.moveTo(at(minute));
    expect(thread()).toEqual([expect.anything(), expect.stringMatching(/EMEA of first runs again .* attempt 3\.$/)]);
    for (const minute of [72, 73]) await rig.moveTo(at(minute));
    expect(thread()[2]).toMatch(/^EMEA of first went through at .* on attempt 3\. Mended, and going on/);
    rig.world.rows.push(run({ dataset: 'x-second', slice: 'NA', created: 71, ended: 95 }));
    for (const minute of [97, 98, 99]) await rig.moveTo(at(minute));
    expect(thread()).toHaveLength(4);
    expect(thread()[3]).toMatch(/^Recovered: all 3 slices done/);
    expect(rig.posted()).toHaveLength(1);
    expect(root()).toContain('Success');
    expect(root()).toContain('It was: `enrich_x-first` of `first` failed in slice `EMEA`');
    expect(root()).toContain('Over: it is complete.');
  });

  it('goes on after a restart where it was, and one of two replicas speaks', async () => {
    const store = createRedisStore({ url: (await sharedRedis()).url, prefix: `test-watch-${randomUUID()}` });
    rig = await startRig({ now: at(20), store });
    rig.world.rows.push(...begun(), failed());
    await say('/sentry watch derivatives');
    await rig.moveTo(at(40));
    await rig.first.end();
    await rig.process();
    await rig.process();
    for (const minute of [41, 42]) await rig.moveTo(at(minute));
    expect(rig.posted()).toHaveLength(1);
    expect(thread()).toEqual([]);
    rig.world.rows.push(manual({ dataset: 'x-first', slice: 'EMEA', created: 45, ended: 46, status: 'FAILED' }));
    for (const minute of [48, 49]) await rig.moveTo(at(minute));
    expect(thread()).toHaveLength(1);
    await store.close();
  });

  it('looks once for all that is watched', async () => {
    rig = await startRig({ now: at(20) });
    rig.world.rows.push(...begun(), failed());
    await say('/sentry watch derivatives');
    await say('/sentry watch snu');
    await rig.moveTo(at(40));
    expect(rig.posted().map(({ text }) => text)).toEqual([expect.stringContaining('TB-Derivatives')]);
    expect(await say('/sentry watch list')).toMatch(/Derivatives[\s\S]*SNU[\s\S]*Last looked/);
  });

  it('warns of a deadline that will be missed', async () => {
    rig = await startRig({ now: at(20) });
    rig.world.deadline = Date.parse(at(60));
    rig.world.rows.push(...begun(), running(40));
    await say('/sentry watch derivatives');
    for (const minute of [41, 42]) await rig.moveTo(at(minute));
    expect(rig.posted()).toHaveLength(1);
    expect(root()).toMatch(/chance that it misses its deadline of|will probably miss its deadline/);
  });

  it('is muted by its button: the root says so and stays current, the thread is quiet', async () => {
    rig = await startRig({ now: at(20) });
    rig.world.rows.push(...begun(), failed());
    await say('/sentry watch derivatives');
    await rig.moveTo(at(40));
    await rig.desk.slack.clickButton(ALICE, SUPPORT, rig.posted()[0]?.ts ?? '', { text: 'Mute' });
    await rig.desk.settled();
    expect(root()).toContain(`Muted by <@${ALICE}>`);
    rig.world.rows.push(manual({ dataset: 'x-first', slice: 'EMEA', created: 45, ended: 46, status: 'FAILED' }));
    await rig.moveTo(at(48));
    expect(thread()).toEqual([]);
    expect(root()).toContain('on attempt 2');
    expect(root()).toContain('Unmute');
  });

  it('posts nothing twice when Slack fails after the effect, and nothing into a thread that was deleted', async () => {
    rig = await startRig({ now: at(20) });
    rig.world.rows.push(...begun(), failed());
    await say('/sentry watch derivatives');
    rig.desk.slack.faults.failAfterEffect('chat.postMessage', { times: 1 });
    for (const minute of [40, 41]) await rig.moveTo(at(minute));
    expect(rig.posted()).toHaveLength(1);
    rig.desk.slack.faults.fail('chat.update', 'message_not_found');
    rig.world.rows.push(run({ dataset: 'x-snu', slice: 'A' }));
    rig.world.rows.push(manual({ dataset: 'x-first', slice: 'EMEA', created: 45, ended: 90, status: 'RUNNING' }));
    for (const minute of [50, 51]) await rig.moveTo(at(minute));
    const posts = callsOf(rig.desk.slack, 'chat.postMessage').length;
    rig.world.rows.push(manual({ dataset: 'x-first', slice: 'EMEA', created: 55, ended: 56, status: 'FAILED' }));
    await rig.moveTo(at(57));
    expect(callsOf(rig.desk.slack, 'chat.postMessage')).toHaveLength(posts);
  });

  it('says when SENTRY cannot see, and ends when it is stopped', async () => {
    rig = await startRig({ now: at(20) });
    rig.world.rows.push(...begun());
    await say('/sentry watch derivatives');
    rig.world.away = true;
    await rig.moveTo(at(40));
    expect(await say('/sentry watch list')).toContain('could not see: The database is away');
    rig.world.away = false;
    rig.world.rows.push(failed());
    await rig.moveTo(at(41));
    expect(await say('/sentry watch stop derivatives')).toContain('no longer watch Derivatives');
    expect(root()).toContain('No longer followed');
    expect(await say('/sentry watch list')).toContain('watches nothing');
    expect(await say('/sentry watch tb')).toContain('which one?');
    expect(await say('/sentry watch blubb')).toContain('I know no batch');
  });
});
