import { defineConfig } from 'vitest/config';

/** Two workers at most: the project is planned for machines with two cores. */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'guards/**/*.test.ts', 'acceptance/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
