import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CAMPAIGN_NODE_FLAGS } from './node-flags.ts';

/** Plain Node reads `scripts/start.mjs` before any TypeScript: it cannot import what it starts the program with. */

const textOf = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

it('is what `npm start` runs its campaign with', () => {
  const [, said] =
    /^const CAMPAIGN_NODE_FLAGS = \[(.*)\];$/m.exec(textOf('../../../../../scripts/start.mjs')) ?? [];
  expect(said).toBe(CAMPAIGN_NODE_FLAGS.map((flag) => `'${flag}'`).join(', '));
});

it('is known to this Node', () => {
  const script = 'process.stdout.write(process.execArgv.join(" "))';
  const { status, stdout } = spawnSync(process.execPath, [...CAMPAIGN_NODE_FLAGS, '-e', script], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, expect.stringContaining(CAMPAIGN_NODE_FLAGS.join(' '))]);
});
