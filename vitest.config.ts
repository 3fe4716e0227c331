import { defineConfig } from 'vitest/config';

/** Rooms whose tests start nothing and change nothing outside their file: they share what was imported, which saves half their time. */
const SHARED = [
  'test/{access,agent,batch,config,digest}/**/*.test.ts',
  'test/playground/world/**/*.test.ts',
  'test/slack/{blocks,views}/**/*.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/servers/global-setup.ts'],
    setupFiles: ['test/guards/no-other-host.ts', 'test/guards/no-secret.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    // A hook may be the first to need a server, and then wait for its package to be installed.
    hookTimeout: 300_000,
    teardownTimeout: 10_000,
    projects: [
      { extends: true, test: { name: 'shared', include: SHARED, isolate: false } },
      {
        extends: true,
        test: { name: 'alone', include: ['test/**/*.test.{ts,tsx}'], exclude: ['**/node_modules/**', ...SHARED] },
      },
    ],
  },
});
