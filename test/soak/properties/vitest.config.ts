import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import usual from '../../../vitest.config.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The tests as they are, with each property tried longer. */
export default mergeConfig(usual, {
  root,
  resolve: { alias: [{ find: /^fast-check$/, replacement: `${root}test/soak/properties/at-length.ts` }] },
  test: { testTimeout: 3_600_000, hookTimeout: 300_000 },
});
