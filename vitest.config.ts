import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/servers/global-setup.ts'],
    setupFiles: ['test/guards/no-other-host.ts', 'test/guards/no-secret.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    // A hook may be the first to need a server, and then wait for its package to be installed.
    hookTimeout: 300_000,
    teardownTimeout: 10_000,
  },
});
