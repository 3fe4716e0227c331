import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasStuck } from '../../src/agent/compose/units.ts';
import type { NightOutlook } from '../../src/batch/inquiry/outlook.ts';
import { composeDigest, toldBy } from '../../src/digest/compose-digest.ts';
import { digestView } from '../../src/slack/blocks/digest.ts';
import { ALL_DONE, anyFates, type Fate, NOW, outlookOf, ZONE } from './any-night.ts';

const reading = { zone: ZONE, adviceFor: () => ({ owner: null, runbook: null }), now: NOW };
const first = { ...reading, essentials: null, told: null };
const since = (before: NightOutlook) => ({ ...reading, essentials: null, told: toldBy(before, null) });
const isBad = (status: string) => status === 'FAILED' || status === 'PARTIAL_FAILURE';
const NOT_WELL: ReadonlySet<Fate> = new Set(['failed', 'cancelled', 'stuck', 'failed twice']);

const holds = (property: Parameters<typeof fc.assert>[0]) => fc.assert(property, { numRuns: 25 });

describe('a digest of whatever night', () => {
  it('is exactly one line where all is quiet, and that is never where something stands still', () =>
    holds(
      fc.asyncProperty(anyFates, async (fates) => {
        const digest = composeDigest(await outlookOf(fates), first);
        if (fates.some((fate) => NOT_WELL.has(fate))) expect(digest.quiet).toBe(false);
        const view = digestView({ digest, late: false, due: NOW, postedAt: NOW, zone: ZONE });
        const { lines, causes, ends, runs, notes, title } = digest;
        const more = [lines, causes, ends, runs, notes].flat();
        expect(digest.quiet).toBe(title.startsWith('All quiet'));
        if (!digest.quiet) expect(lines).toHaveLength(3);
        else expect([more, title.split('\n').length, view.blocks.length]).toEqual([[], 1, 1]);
      }),
    ));

  it('tells exactly what has turned since the last one', () =>
    holds(
      fc.asyncProperty(anyFates, anyFates, async (before, after) => {
        const [then, now] = [await outlookOf(before), await outlookOf(after)];
        const bad = ({ night }: NightOutlook) =>
          new Map(night.entries.map(({ essential, status, state }) => [essential, isBad(status) || hasStuck(state)]));
        const [was, is] = [bad(then), bad(now)];
        const told = since(then).told;
        expect(composeDigest(then, { ...since(then), told }).lines.every(({ news }) => news === null)).toBe(true);
        const { lines, quiet } = composeDigest(now, since(then));
        for (const { essential, status, news } of lines) {
          const mended = was.get(essential) && status === 'SUCCESS';
          const turned = !was.get(essential) && is.get(essential);
          const expected = mended ? 'mended since the last digest' : turned ? 'new since the last digest' : null;
          expect([essential, news]).toEqual([essential, expected]);
        }
        if (quiet) expect([...was.values()]).not.toContain(true);
      }),
    ));

  it('tells no cause twice, and of each whose it is', () =>
    holds(
      fc.asyncProperty(anyFates, async (fates) => {
        const { causes, runs, lines } = composeDigest(await outlookOf(fates), first);
        const said = [...causes, ...runs].map((line) => line.replace(/^[^:]*: /, ''));
        expect(new Set(said).size).toBe(said.length);
        const names = new Set(lines.map(({ essential }) => essential));
        for (const cause of causes)
          for (const name of (/^([^:]*): /.exec(cause)?.[1] ?? '?').split(/, | and /)) expect(names).toContain(name);
      }),
    ));
});

describe('a digest', () => {
  const withFates = (change: Partial<Record<number, Fate>>) =>
    outlookOf(ALL_DONE.map((fate, index) => change[index] ?? fate));

  it('names in its title who needs somebody, and nobody else', async () => {
    const outlook = await withFates({ 1: 'failed', 4: 'stuck' });
    const { title } = composeDigest(outlook, first);
    expect(title).toBe('Business date 2026-02-13: 2 of 3 batches need attention: A PRELIM and C PRELIM.');
    const mended = composeDigest(await withFates({ 1: 'mended' }), { ...since(outlook) });
    expect(mended.title).toMatch(/^Business date 2026-02-13: nothing needs attention, 3 batches done\.$/);
    expect(mended.lines.map(({ news }) => news).filter(Boolean)).toHaveLength(2);
  });

  it('tells the cause of a slice that two batches share once, as that of both', async () => {
    const { causes } = composeDigest(await withFates({ 3: 'failed' }), first);
    expect(causes).toEqual([expect.stringMatching(/^A and B: `enrich_x-shared` of `shared` failed in slice `ALL` /)]);
  });

  it('measures itself against the business date before, where that failed', async () => {
    const outlook = await withFates({ 0: 'failed', 2: 'mended' });
    const bad = { businessDate: '2026-02-12', status: 'FAILED' };
    const told = { 'A PRELIM': bad, 'B PRELIM': bad };
    const { lines } = composeDigest(outlook, { ...first, told });
    expect(lines.map(({ essential, news }) => [essential, news])).toEqual([
      ['A', 'again, as for 2026-02-12'],
      ['B', 'mended, it failed for 2026-02-12'],
      ['C', null],
    ]);
  });

  it('is about those that were ordered, says which it does not know, and remembers what else was told', async () => {
    const outlook = await withFates({ 0: 'failed' });
    const { quiet, title } = composeDigest(outlook, { ...first, essentials: ['C'] });
    expect([quiet, title]).toEqual([true, 'All quiet for business date 2026-02-13: 1 batch done.']);
    const { notes } = composeDigest(outlook, { ...first, essentials: ['C', 'GONE'] });
    expect(notes).toContain('GONE is not among the batches that are watched.');
    expect(toldBy(outlook, { 'Z FINAL': { businessDate: '2026-02-12', status: 'SUCCESS' } })).toMatchObject({
      'Z FINAL': { businessDate: '2026-02-12', status: 'SUCCESS' },
      'A PRELIM': { businessDate: '2026-02-13', status: expect.stringContaining('FAIL') },
    });
  });
});
