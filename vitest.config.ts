import { defineConfig } from 'vitest/config';

/** Two workers at most: the project is planned for machines with two cores. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // A worker loads the engines once, not once a file: a test leaves nothing behind that another one could see.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'house',
          sequence: { groupOrder: 0 },
          include: ['packages/*/src/**/*.test.ts', 'guards/**/*.test.ts', 'acceptance/**/*.test.ts'],
        },
      },
      {
        // In a real browser, on one demonstration that all share: one file after the other, once the house is done (without isolation,
        // projects of different numbers of workers may not share a group).
        extends: true,
        test: {
          name: 'journeys',
          sequence: { groupOrder: 1 },
          include: ['packages/web/journeys/**/*.journey.test.ts'],
          globalSetup: ['packages/web/journeys/testing/setup.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
});
