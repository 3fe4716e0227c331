import { parseArgs } from 'node:util';
import type { Sizes } from './part.ts';

export const PARTS = ['questions', 'nights', 'states', 'properties'] as const;
export type PartName = (typeof PARTS)[number];

export interface Options extends Sizes {
  only: readonly PartName[];
  report: boolean;
}

/** Reads the command line; what is not understood is an error that says so. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      questions: { type: 'string', default: '500' },
      nights: { type: 'string', default: '1000' },
      states: { type: 'string', default: '50000' },
      times: { type: 'string', default: '20' },
      report: { type: 'boolean', default: false },
    },
  });
  if (values.report && values.only !== undefined) throw new RangeError('--report is for the whole soak alone.');
  return {
    only: values.only === undefined ? PARTS : values.only.split('+').map(partNamed),
    report: values.report,
    seed: whole('--seed', values.seed, 0),
    questions: whole('--questions', values.questions),
    nights: whole('--nights', values.nights),
    states: whole('--states', values.states),
    times: whole('--times', values.times),
  };
}

function partNamed(said: string): PartName {
  const found = PARTS.find((name) => name === said);
  if (found === undefined) throw new RangeError(`--only takes ${PARTS.join(', ')}, several joined with +.`);
  return found;
}

function whole(option: string, said: string, least = 1): number {
  const value = Number(said);
  if (!Number.isSafeInteger(value) || value < least || value > 2 ** 31 - 1)
    throw new RangeError(`${option} takes a whole number of at least ${least}.`);
  return value;
}
