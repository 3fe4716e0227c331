import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFileStore } from '../../src/state/file-store.ts';
import { createMemoryStore } from '../../src/state/memory-store.ts';
import { createRedisStore } from '../../src/state/redis-store.ts';
import { createState, type State } from '../../src/state/state.ts';
import type { StateStore } from '../../src/state/state-store.ts';
import { logLines } from '../cache/log-lines.ts';
import { sharedRedis } from '../servers/shared.ts';

const prefix = `test-state-${randomUUID()}`;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const stores: { name: string; durable: boolean; open(): Promise<StateStore> }[] = [
  { name: 'memory', durable: false, open: async () => createMemoryStore() },
  {
    name: 'files',
    durable: true,
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'sentry-state-'));
      folders.push(folder);
      return openFileStore(folder);
    },
  },
  { name: 'Redis', durable: true, open: async () => createRedisStore({ url: (await sharedRedis()).url, prefix }) },
];

const shape = z.object({ channel: z.string(), count: z.number() });
const DAY = 86_400_000;

describe.each(stores)('state: $name', ({ open, durable }) => {
  const { lines, logger } = logLines();
  let store: StateStore;
  let state: State;
  let now = Date.UTC(2026, 10, 20);
  beforeAll(async () => {
    store = await open();
    state = createState(store, { logger, now: () => now });
  });
  afterAll(() => state.close());

  it('says whether it outlives the process', () => {
    expect(state.durable).toBe(durable);
    expect(state.describe()).not.toBe('');
  });

  it('keeps records by id, in order of id, whatever their text', async () => {
    const records = state.collection('subscriptions', shape);
    await records.put('b', { channel: 'ünï 💥\n"quoted"', count: 2 });
    await records.put('a', { channel: '', count: -0.5 });
    await records.put('b', { channel: 'later', count: 3 });
    expect(await records.get('b')).toEqual({ channel: 'later', count: 3 });
    expect(await records.get('__proto__')).toBeNull();
    expect(await records.list()).toEqual([
      { id: 'a', value: { channel: '', count: -0.5 } },
      { id: 'b', value: { channel: 'later', count: 3 } },
    ]);
    expect(await records.remove('a')).toBe(true);
    expect(await records.remove('a')).toBe(false);
    expect(await state.collection('watches', shape).list()).toEqual([]);
  });

  it('adds a record once', async () => {
    const records = state.collection('added', shape);
    const added = await Promise.all([1, 2, 3].map((count) => records.add('one', { channel: 'C1', count })));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  it('loses no change of several at once', async () => {
    const records = state.collection('counters', shape);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        records.change('shared', (before) => ({ channel: 'C1', count: (before?.count ?? 0) + 1 })),
      ),
    );
    expect(await records.get('shared')).toEqual({ channel: 'C1', count: 8 });
    expect(await records.change('shared', () => null)).toBeNull();
    expect(await records.get('shared')).toBeNull();
  });

  it('leaves out a record that does not fit, and says so in the log without its content', async () => {
    await state.collection('odd', z.unknown()).put('x', { channel: 'sécret', count: 'many' });
    await state.collection('odd', z.unknown()).put('y', { channel: 'C2', count: 1 });
    expect(await state.collection('odd', shape).list()).toEqual([{ id: 'y', value: { channel: 'C2', count: 1 } }]);
    expect(lines.join('')).toContain('does not fit');
    expect(lines.join('')).not.toContain('sécret');
  });

  it('refuses what is too large and names that are no names', async () => {
    const records = state.collection('large', shape);
    await expect(records.put('x', { channel: 'x'.repeat(70_000), count: 1 })).rejects.toThrow(RangeError);
    expect(() => state.collection('../elsewhere', shape)).toThrow(TypeError);
  });

  it('lets exactly one claim a key until it runs out', async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, () => state.claim('post:1', 60_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await state.claim('post:2', 60_000)).toBe(true);
  });

  it('gives lines back in order of time, within a range, and forgets old ones', async () => {
    const journal = state.journal('audit', shape, { keepDays: 30 });
    const at = now;
    await journal.append(at - 40 * DAY, { channel: 'old', count: 0 });
    await journal.append(at, { channel: 'second', count: 2 });
    await journal.append(at, { channel: 'third', count: 3 });
    await journal.append(at - DAY, { channel: 'first', count: 1 });
    expect((await journal.read()).map(({ line }) => line.channel)).toEqual(['first', 'second', 'third']);
    expect(await journal.read({ from: at, to: at })).toHaveLength(2);
    expect(await journal.read({ from: at + 1 })).toEqual([]);
    now += 40 * DAY;
    await journal.append(now, { channel: 'much later', count: 4 });
    expect((await journal.read()).map(({ line }) => line.channel)).toEqual(['much later']);
    expect((await store.lines('audit', 0, now)).length).toBe(1);
  });

  it('holds against a plain map, whatever is done', async () => {
    const records = state.collection('model', z.number());
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'constructor', 'x:y z', 'é'),
      does: fc.constantFrom('put', 'add', 'remove', 'change'),
      value: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const { id } of await records.list()) await records.remove(id);
        const model = new Map<string, number>();
        for (const { id, does, value } of steps) {
          if (does === 'put') {
            await records.put(id, value);
            model.set(id, value);
          } else if (does === 'add') {
            expect(await records.add(id, value)).toBe(!model.has(id));
            if (!model.has(id)) model.set(id, value);
          } else if (does === 'remove') {
            expect(await records.remove(id)).toBe(model.delete(id));
          } else {
            await records.change(id, (before) => (before ?? 0) + 1);
            model.set(id, (model.get(id) ?? 0) + 1);
          }
        }
        expect(new Map((await records.list()).map(({ id, value }) => [id, value]))).toEqual(model);
      }),
      { numRuns: 25 },
    );
  });
});
