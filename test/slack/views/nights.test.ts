import { describe, expect, it } from 'vitest';
import type { Sight } from '../../../src/batch/sight.ts';
import { createNights, type NightLook, type Nights, type SeenNight } from '../../../src/slack/views/nights.ts';
import { insightOf } from '../../../src/wiring/insight.ts';
import { deskOver } from '../../batch/inquiry/desk-builder.ts';
import { define, MORNING, run } from '../../batch/night-builder.ts';
import { memoryState, QUIET_NIGHT } from '../insight-desk.ts';

const ALL: Sight = { allows: () => true, denial: () => '' };
const ONLY_E: Sight = { ...ALL, allows: (essential) => essential === 'E' };
const about = { date: null, phase: null, sight: ALL };
const never = new AbortController().signal;

/** One failed and one finished essential, in rows whose reads are counted. */
function failedNight() {
  const { desk, reads } = deskOver({
    definitions: [define([{ datasetId: 'a' }]), define([{ datasetId: 'b' }], 'F')],
    rows: [run({ dataset: 'a', status: 'FAILED' }), run({ dataset: 'b' })],
  });
  const { night, essentials } = insightOf({
    state: memoryState(),
    openDesk: () => desk,
    definitions: desk.sources.definitions,
    clock: desk.clock,
    zone: desk.zone,
    airflowBaseUrl: null,
  });
  const time = { now: 0, clock: MORNING };
  const readByStatuses: string[] = [];
  const look: NightLook = (about, signal, onStatuses) =>
    night(about, signal, (statuses) => {
      readByStatuses.push(...reads);
      onStatuses(statuses);
    });
  const nights = createNights({ look, essentials, clock: () => time.clock, now: () => time.now });
  return { nights, reads, readByStatuses, time };
}

async function all(nights: Nights, of = about): Promise<SeenNight[]> {
  const seen: SeenNight[] = [];
  for await (const each of nights.read(of, never)) seen.push(each);
  return seen;
}

describe('a night that people look at', () => {
  it('shows its statuses before its tasks are read, then the causes', async () => {
    const { nights, reads, readByStatuses } = failedNight();
    const seen = nights.read(about, never);
    const statuses = (await seen.next()).value as SeenNight;
    expect(statuses).toMatchObject({ complete: false, answer: { entries: [{ status: 'FAILED' }, {}] } });
    expect((await seen.next()).value).toMatchObject({
      complete: true,
      answer: { entries: [{ diagnosis: expect.anything() }, { diagnosis: null }] },
    });
    expect(readByStatuses).toEqual(['get_historical_runs', 'get_dag_runs']);
    expect(reads).toContain('get_task_details');
    expect(await seen.next()).toMatchObject({ done: true });
  });

  it('is read once however many look, and not at all within a minute', async () => {
    const alone = failedNight();
    await all(alone.nights);
    const { nights, reads, time } = failedNight();
    await Promise.all([all(nights), all(nights), all(nights, { ...about, sight: { ...ALL } })]);
    expect(reads).toEqual(alone.reads);
    time.now = 59_000;
    expect(nights.kept(about)).toMatchObject({ complete: true, asOf: MORNING, ageMs: 59_000 });
    time.clock += 3_600_000;
    expect(nights.kept(about)).toBeNull();
    time.clock = MORNING;
    time.now = 61_000;
    expect(nights.kept(about)).toBeNull();
    expect(reads).toEqual(alone.reads);
  });

  it('is read anew when that is wanted, and apart for another date, phase or sight', async () => {
    const { nights, reads, time } = failedNight();
    await all(nights);
    const once = reads.length;
    for (const other of [
      { ...about, date: '2026-02-12' },
      { ...about, phase: 'FINAL' as const },
      { ...about, sight: ONLY_E },
    ])
      expect(nights.kept(other)).toBeNull();
    time.now = 5000;
    await all(nights);
    expect(reads).toHaveLength(once * 2);
    expect(nights.kept(about)?.ageMs).toBe(0);
    const [, narrow] = await all(nights, { ...about, sight: ONLY_E });
    expect(narrow?.answer).toMatchObject({ entries: [{ essential: 'E' }] });
  });
});

describe('a reading that several wait for', () => {
  function held() {
    const looks: { signal: AbortSignal; end: PromiseWithResolvers<typeof QUIET_NIGHT> }[] = [];
    const look: NightLook = (_about, signal) => {
      const end = Promise.withResolvers<typeof QUIET_NIGHT>();
      looks.push({ signal, end });
      return end.promise;
    };
    return { looks, nights: createNights({ look, essentials: () => ['E'], clock: () => MORNING }) };
  }

  it('goes on when one of them leaves, and ends when nobody is left', async () => {
    const { looks, nights } = held();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = nights.read(about, one.signal).next();
    const second = nights.read(about, other.signal).next();
    one.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(looks.map(({ signal }) => signal.aborted)).toEqual([false]);
    other.abort(new Error('gone too'));
    await expect(second).rejects.toThrow('gone too');
    expect(looks[0]?.signal.aborted).toBe(true);
    // Who comes then does not join what was given up.
    const third = nights.read(about, never).next();
    looks[1]?.end.resolve(QUIET_NIGHT);
    expect(await third).toMatchObject({ value: { complete: true, answer: QUIET_NIGHT } });
  });

  it('fails for all of them, and is not kept', async () => {
    const { looks, nights } = held();
    const both = [nights.read(about, never).next(), nights.read(about, never).next()];
    looks[0]?.end.reject(new Error('no database'));
    for (const each of both) await expect(each).rejects.toThrow('no database');
    expect(looks).toHaveLength(1);
    expect(nights.kept(about)).toBeNull();
  });
});
