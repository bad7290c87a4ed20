import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Manifest } from './manifest.ts';
import { requireDecisionsOfPrevious } from './require-decisions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'previous-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function seal(decisions: Manifest['decisions']): void {
  const manifest: Manifest = {
    format: 'raccroche-campaign/1',
    campaign: '2025-10-15-siei-2011',
    asOf: '2025-10-15',
    ruleSet: { id: 'siei-2011', version: '1', parameters: {} },
    product: { name: 'raccroche', version: '0.1.0' },
    engine: { name: 'duckdb', version: '1.0.0' },
    allowMissing: [],
    missing: [],
    withheld: false,
    counts: {},
    inputs: [],
    decisions,
    outputs: [],
    startedAt: '2025-10-15T00:00:00Z',
    finishedAt: '2025-10-15T00:00:01Z',
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

it('what a previous campaign held to is not given up in silence', () => {
  seal({ file: 'reponses.csv', sha256: 'x', given: 2, applied: 1 });
  expect(() => requireDecisionsOfPrevious(folder, undefined)).toThrow(
    /2 décisions \(reponses\.csv\)\. Redonnez ce fichier avec --decisions/,
  );
  requireDecisionsOfPrevious(folder, 'reponses.csv');
});

it('nothing is asked of a previous campaign without decisions, nor of lists alone', () => {
  requireDecisionsOfPrevious(folder, undefined);
  seal({ file: 'a-trancher.csv', sha256: 'x', given: 0, applied: 0 });
  requireDecisionsOfPrevious(folder, undefined);
  seal(undefined);
  requireDecisionsOfPrevious(folder, undefined);
});
