import { defineConfig } from 'vitest/config';

/** Two workers at most: the project is planned for machines with two cores. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // A worker loads the engines once, not once a file: a test leaves nothing behind that another one could see.
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
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
        // In a real browser, once the house is done; each file has a demonstration to itself, and two pages at a time within a file.
        extends: true,
        test: {
          name: 'journeys',
          sequence: { groupOrder: 1 },
          include: ['packages/web/journeys/**/*.journey.test.ts'],
          globalSetup: ['packages/web/journeys/testing/setup.ts'],
          maxConcurrency: 2,
          // A screen that is slow to come is not wrong.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
