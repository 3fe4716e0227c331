import { describe, expect, it } from 'vitest';
import { demandsOn, demandsOnEta, percent } from './demands.ts';
import { shuffled } from './diagnose-night.ts';
import type { Examination } from './examine.ts';
import { isFailed } from './failings.ts';
import { FAILURE, smallNight } from './small-night.ts';
import { engineHash, hashOfFiles } from './source-hash.ts';
import { tallyOf } from './tally.ts';

const RIGHT = { top1: true, top3: true, family: true, exact: true, blames: true };
const WRONG = { top1: false, top3: false, family: false, exact: false, blames: true };
const SILENT = { ...WRONG, blames: false };

const night = (changes: Partial<Examination> = {}): Examination => ({
  seed: 'x',
  kind: 'single',
  withheld: null,
  truth: [FAILURE],
  told: [],
  outcome: 'causes',
  saysGaps: false,
  score: RIGHT,
  baseline: WRONG,
  evidence: { checked: 3, wrong: [] },
  agrees: true,
  agreesLive: true,
  ms: 10,
  ...changes,
});
const blameless = (kind: Examination['kind'], score = SILENT) => night({ kind, truth: [], score, baseline: SILENT });

/** One flaw each; `demand` is the one that has to notice it. */
const FLAWS: readonly [string, Examination, string][] = [
  ['a wrong first cause', night({ score: WRONG }), 'right at the first place'],
  ['a family that is never right', night({ score: WRONG }), 'task_failure: right at the first place'],
  ['a cause that is not among three', night({ score: WRONG }), 'right among the first three'],
  ['a pair named in part', night({ kind: 'pair', score: { ...RIGHT, exact: false } }), 'pairs named exactly'],
  ['blame on a healthy night', blameless('healthy', WRONG), 'healthy nights with a cause'],
  ['blame on a noisy night', blameless('noisy', WRONG), 'noisy nights with a cause'],
  ['a guess', blameless('withheld', WRONG), 'nothing named where the proof is missing'],
  ['an invented row', night({ evidence: { checked: 3, wrong: ['no such row'] } }), 'evidence that the tables bear out'],
  ['another answer the second time', night({ agrees: false }), 'the same answer again'],
  ['a look into the future', night({ agreesLive: false }), 'the same causes on the tables as they stood'],
];

describe('demands', () => {
  const good = [night(), night({ kind: 'pair' }), blameless('healthy'), blameless('noisy'), blameless('withheld')];
  const unmet = (examinations: Examination[]) =>
    demandsOn(tallyOf(examinations))
      .filter(({ met }) => !met)
      .map(({ what }) => what);
  const otherFamilies = (what: string) => /^(?!task_failure)\w+: right/.test(what);

  it('are met by nights without a flaw, but where there are no nights', () => {
    expect(unmet(good).filter((what) => !otherFamilies(what))).toEqual([]);
    expect(unmet(good).filter(otherFamilies)).toHaveLength(10);
    expect(unmet([])).toHaveLength(demandsOn(tallyOf([])).length);
  });

  it.each(FLAWS)('notice %s', (_, flawed, demand) => {
    expect(unmet([...good, flawed])).toContain(demand);
    expect(isFailed({ job: { world: 'first', seed: 'x', kind: flawed.kind }, examination: flawed })).toBe(true);
  });

  it('let one cause in twenty be wrong, and no more', () => {
    const of = (right: number) => [...Array(right).fill(night()), ...Array(100 - right).fill(night({ score: WRONG }))];
    expect(unmet([...good.slice(1), ...of(95)])).not.toContain('right at the first place');
    expect(unmet([...good.slice(1), ...of(94)])).toContain('right at the first place');
  });

  it('hold estimates from both sides', () => {
    const fair = { p50Share: 0.5, p90Share: 0.9, medianErrorMin: 7, baselineMedianErrorMin: 10 };
    const met = (changes: Partial<typeof fair>) => demandsOnEta({ ...fair, ...changes }).map((demand) => demand.met);
    expect(met({})).toEqual([true, true, true]);
    expect(met({ p50Share: 0.44 })).toEqual([false, true, true]);
    expect(met({ p50Share: 0.56 })).toEqual([false, true, true]);
    expect(met({ p90Share: 0.99 })).toEqual([true, false, true]);
    expect(met({ medianErrorMin: 7.1 })).toEqual([true, true, false]);
    expect(met({ medianErrorMin: 0, baselineMedianErrorMin: 0 })).toEqual([true, true, false]);
  });
});

describe('a share', () => {
  it('is never rounded up', () => {
    expect(percent(0.9999)).toBe('99.9 %');
    expect(percent(0.95)).toBe('95.0 %');
    expect(percent(0.29)).toBe('29.0 %');
    expect(percent(0 / 0)).toBe('–');
  });
});

describe('another order of rows', () => {
  it('holds the same rows, and another order', () => {
    const original = smallNight();
    const other = shuffled(original).tables;
    for (const table of ['WORKFLOW_RUN_INSTANCE', 'task_instance', 'dag_run'] as const) {
      expect(other[table]).not.toEqual(original.tables[table]);
      expect(new Set<unknown>(other[table])).toEqual(new Set<unknown>(original.tables[table]));
    }
  });
});

describe('the hash of the source', () => {
  const files = (entries: Record<string, string>) =>
    hashOfFiles(new Map(Object.entries(entries).map(([path, text]) => [path, Buffer.from(text)])));

  it('changes with every change, and with nothing else', () => {
    const hash = files({ 'a.ts': 'one', 'b.ts': 'two' });
    expect(files({ 'b.ts': 'two', 'a.ts': 'one' })).toBe(hash);
    expect(files({ 'a.ts': 'one', 'b.ts': 'twO' })).not.toBe(hash);
    expect(files({ 'a.ts': 'one', 'c.ts': 'two' })).not.toBe(hash);
    expect(files({ 'a.ts': 'onetwo', 'b.ts': '' })).not.toBe(hash);
  });

  it('is that of the engine', () => {
    expect(engineHash(process.cwd())).toMatch(/^[0-9a-f]{64}$/);
  });
});
