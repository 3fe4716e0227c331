import { FAMILIES, type Family, type NightKind } from '../../src/playground/world/nights/generated-night.ts';

/** Where nights come from: the simulated scheduler, the timetable (`second-world/`), or a person's hand. */
export type World = 'first' | 'second' | 'incidents';

/** One night to be examined. For an incident, `seed` is its name. */
export interface NightJob {
  world: World;
  seed: string;
  kind: NightKind;
  /** Left to the seed where absent. */
  families?: readonly Family[];
}

/** How many nights of each kind; of single faults, for each family. */
export interface Sizes {
  single: number;
  pair: number;
  healthy: number;
  noisy: number;
  withheld: number;
}

/** What counts: more than a thousand nights with a fault in the first world. */
export const COUNTED: Readonly<Record<'first' | 'second', Sizes>> = {
  first: { single: 78, pair: 165, healthy: 300, noisy: 300, withheld: 110 },
  second: { single: 16, pair: 44, healthy: 45, noisy: 45, withheld: 22 },
};

/** What `npm test` looks at. */
export const SAMPLE: Sizes = { single: 2, pair: 3, healthy: 4, noisy: 4, withheld: 3 };

/** Seeds that may be tuned on. The score that counts never draws from them. */
export const DEVELOPMENT = 'dev';

/** Nights of one world. Kinds take turns, so that half of the plan is half of everything. */
export function planNights(world: 'first' | 'second', prefix: string, sizes: Sizes): NightJob[] {
  const kinds: readonly { kind: NightKind; families?: readonly Family[]; count: number }[] = [
    ...FAMILIES.map((family) => ({ kind: 'single' as const, families: [family], count: sizes.single })),
    ...(['pair', 'healthy', 'noisy', 'withheld'] as const).map((kind) => ({ kind, count: sizes[kind] })),
  ];
  const most = Math.max(...kinds.map(({ count }) => count));
  return Array.from({ length: most }, (_, index) =>
    kinds
      .filter(({ count }) => index < count)
      .map(({ kind, families }): NightJob => {
        const seed = `${prefix}-${families?.[0] ?? kind}-${index}`;
        return { world, seed, kind, ...(families === undefined ? {} : { families }) };
      }),
  ).flat();
}

/** The same with `n` nights for each family and each kind. */
export function sizesOf(n: number): Sizes {
  return { single: n, pair: n, healthy: n, noisy: n, withheld: n };
}
