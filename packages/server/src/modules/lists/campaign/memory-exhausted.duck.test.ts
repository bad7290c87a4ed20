import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';
import type { CampaignOptions } from './options.ts';
import { runCampaign } from './run-campaign.ts';

const MIB = 2 ** 20;
const SILENT = { update: () => {}, note: () => {}, stop: () => {} };

let root: string;
let options: CampaignOptions;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'memory-'));
  const deliveries = join(root, 'deliveries');
  mkdirSync(deliveries);
  writeFileSync(join(deliveries, 'inconnu.txt'), 'rien\n');
  options = {
    deliveries,
    asOf: '2025-11-15',
    ruleSetId: 'siei-2011',
    registry: join(root, 'registry'),
    memoryBytes: 512 * MIB,
    threads: 1,
    out: join(root, 'out'),
    allowMissing: [],
  };
});
afterEach(() => rmSync(root, { recursive: true }));

test('too little memory: which stage, and what to do; with more, the same folder runs to its end', async () => {
  await expect(runCampaign({ ...options, memoryBytes: 8 * MIB }, SILENT)).rejects.toMatchObject({
    code: 'memory_exhausted',
    exitCode: 2,
    message:
      'Mémoire insuffisante à l’étape « Lecture des livraisons » : --memory 8MB ne suffit pas à ces fichiers. ' +
      'Relancez la même commande avec une valeur plus grande pour --memory, ou avec --threads 1 ; elle reprend à cette étape.',
  });
  expect(existsSync(join(options.out, 'manifest.json'))).toBe(false);
  await expect(runCampaign(options, SILENT)).resolves.toMatchObject({ withheld: true });
  expect(existsSync(join(options.out, 'manifest.json'))).toBe(true);
});

test('a run with more memory or other threads goes on with the stages that are done; another question does not', () => {
  const of = (changes: Partial<CampaignOptions>) => fingerprintOf({ ...options, ...changes }, [], '1.0.0');
  expect(of({ memoryBytes: 16 * 1024 * MIB, threads: 8 })).toBe(of({}));
  for (const other of [{ asOf: '2025-11-16' }, { ruleSetId: 'no-diploma' }, { registry: root }]) {
    expect(of(other)).not.toBe(of({}));
  }
});
