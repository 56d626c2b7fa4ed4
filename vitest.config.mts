import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // Not isolated: loading the same files for each test file anew would take two thirds of the time.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 5_000, isolate: false } },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          globalSetup: 'test/helpers/build.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    retry: 0,
    // Real daemons, workers and load on few cores: more files side by side only slow each other down.
    maxWorkers: 2,
  },
});
