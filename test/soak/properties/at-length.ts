import fc from '../../../node_modules/fast-check/lib/fast-check.js';

const TIMES = Number(process.env.SENTRY_SOAK_TIMES ?? 1);
const SEED = Number(process.env.SENTRY_SOAK_SEED ?? 1);
/** What fast-check tries where a test names no number. */
const USUAL_RUNS = 100;

/** fast-check, with every property tried so many times as often, from a seed that is known. Stands in for it in a soak. */
const assert: typeof fc.assert = (property, parameters) =>
  fc.assert(property as never, {
    ...(parameters as object),
    numRuns: (parameters?.numRuns ?? USUAL_RUNS) * TIMES,
    seed: SEED,
    // What took long enough for a test to give up takes longer here.
    interruptAfterTimeLimit: undefined,
  });

export default { ...fc, assert };
