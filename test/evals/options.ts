import { parseArgs } from 'node:util';
import { FAMILIES, type Family, type NightKind } from '../../src/playground/world/nights/generated-night.ts';
import type { World } from './plan.ts';

const KINDS: readonly NightKind[] = ['single', 'pair', 'healthy', 'noisy', 'withheld'];
const WORLDS: readonly World[] = ['first', 'second', 'incidents'];

export interface Options {
  /** Development seeds, and every failed night spelt out. */
  dev: boolean;
  /** Writes the report page. */
  report: boolean;
  /** Explains one night instead. */
  night: string | null;
  kind: NightKind | null;
  only: readonly Family[] | null;
  world: World | null;
  /** Nights for each family and kind. */
  n: number | null;
}

/** Reads the command line; what is not understood is an error that says so. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dev: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      night: { type: 'string' },
      kind: { type: 'string' },
      only: { type: 'string' },
      world: { type: 'string' },
      n: { type: 'string' },
    },
  });
  const n = values.n === undefined ? null : Number(values.n);
  if (n !== null && !(Number.isInteger(n) && n > 0)) throw new RangeError('--n takes a number of nights.');
  if (
    values.report &&
    (values.dev || values.n !== undefined || values.only !== undefined || values.world !== undefined)
  ) {
    throw new RangeError('--report is for the whole evaluation alone.');
  }
  return {
    dev: values.dev,
    report: values.report,
    night: values.night ?? null,
    kind: oneOf(KINDS, '--kind', values.kind),
    only:
      values.only === undefined
        ? null
        : values.only.split('+').map((family) => oneOf(FAMILIES, '--only', family) as Family),
    world: oneOf(WORLDS, '--world', values.world),
    n,
  };
}

function oneOf<T extends string>(known: readonly T[], option: string, said: string | undefined): T | null {
  if (said === undefined) return null;
  const found = known.find((word) => word === said);
  if (found === undefined) throw new RangeError(`${option} takes one of ${known.join(', ')}.`);
  return found;
}
