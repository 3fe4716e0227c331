import type { TrueCause } from '../../src/playground/world/nights/generated-night.ts';
import { isExactSet, isRight } from './matching.ts';
import type { ToldCause } from './told.ts';

/** How right a list of causes is, best first. Of a night with nothing to blame, only `blames` means anything. */
export interface Score {
  /** The first one is a true cause, in family and every key. */
  top1: boolean;
  /** One of the first three is. */
  top3: boolean;
  /** The first one has the family of a true cause, whatever its keys. */
  family: boolean;
  /** Each true cause, and nothing else, was named. */
  exact: boolean;
  /** Anything was named at all. */
  blames: boolean;
}

export function scoreOf(told: readonly ToldCause[], truth: readonly TrueCause[]): Score {
  const right = told.slice(0, 3).map((cause) => truth.some((real) => isRight(cause, real)));
  return {
    top1: right[0] === true,
    top3: right.includes(true),
    family: truth.some((real) => real.family === told[0]?.family),
    exact: isExactSet(told, truth),
    blames: told.length > 0,
  };
}
