import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { printed, raccroche } from './command-line.ts';

const AS_OF = '2025-11-15';
const Written = z.object({
  people: z.number(),
  rows: z.number(),
  marginals: z.array(
    z.object({
      label: z.string(),
      value: z.number(),
      noise: z.number(),
      bounds: z.tuple([z.number(), z.number()]).optional(),
    }),
  ),
});
const Result = z.object({
  rows: z.number(),
  records: z.number(),
  rejects: z.number(),
  removedUnder16: z.number(),
  deaths: z.number(),
  outOfScope: z.number(),
  rejectedFiles: z.number(),
  missing: z.array(z.string()),
});
const Quality = z.looseObject({
  lists: z.looseObject({
    trulyDroppedOut: z.number(),
    missed: z.looseObject({ count: z.number() }),
    listedTwice: z.number(),
    wronglyListedBecause: z.record(z.string(), z.number()),
  }),
});

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'synthetic-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, ...more: readonly string[]): z.infer<typeof Written> {
  const options = ['--as-of', AS_OF, '--out', join(root, name), '--seed', '7', '--json', ...more];
  return printed(Written, raccroche('synthetic', 'write', ...options));
}

function campaign(name: string, ruleSet: string, asOf = AS_OF): z.infer<typeof Result> {
  const folders = ['--deliveries', join(root, name, 'deliveries'), '--out', join(root, name, ruleSet)];
  const registry = ['--registry', join(root, name, `registre-${ruleSet}`)];
  const said = raccroche(
    'campaign',
    'run',
    ...folders,
    ...registry,
    '--as-of',
    asOf,
    '--rules',
    ruleSet,
    '--json',
  );
  return printed(Result, said);
}

function judgeLists(name: string, ruleSet: string): z.infer<typeof Quality>['lists'] {
  const folders = ['--campaign', join(root, name, ruleSet), '--truth', join(root, name, 'truth')];
  return printed(Quality, raccroche('quality', ...folders, '--json')).lists;
}

describe('senders without fault', () => {
  beforeAll(() => {
    write('faultless', '--scale', '0.013', '--departments', '59,62', '--faultless');
  });

  it.each(['siei-2011', 'no-diploma', 'obligation-16-18'])(
    'make %s list whoever truly dropped out and nobody else, but for schools abroad that no sender can tell of',
    (ruleSet) => {
      const { rejects, rejectedFiles } = campaign('faultless', ruleSet);
      expect({ rejects, rejectedFiles }).toEqual({ rejects: 0, rejectedFiles: 0 });
      const { trulyDroppedOut, missed, listedTwice, wronglyListedBecause } = judgeLists('faultless', ruleSet);
      expect(trulyDroppedOut).toBeGreaterThan(40);
      expect({ missed: missed.count, listedTwice }).toEqual({ missed: 0, listedTwice: 0 });
      expect(
        Object.keys(wronglyListedBecause).filter((reason) => reason !== 'en_ecole_a_l_etranger'),
      ).toEqual([]);
    },
  );
});

describe('people who are followed', () => {
  it('are listed in a spring as they truly are then, though their lives go on to the autumn', () => {
    const asOf = '2025-03-15';
    const small = ['--scale', '0.013', '--departments', '59,62', '--faultless', '--seed', '7', '--json'];
    const dates = ['--as-of', asOf, '--until', AS_OF];
    printed(Written, raccroche('synthetic', 'write', ...small, ...dates, '--out', join(root, 'spring')));
    const { rejects, rejectedFiles } = campaign('spring', 'siei-2011', asOf);
    expect({ rejects, rejectedFiles }).toEqual({ rejects: 0, rejectedFiles: 0 });
    const found = judgeLists('spring', 'siei-2011');
    expect(found.trulyDroppedOut).toBeGreaterThan(10);
    expect({ missed: found.missed.count, listedTwice: found.listedTwice }).toEqual({
      missed: 0,
      listedTwice: 0,
    });
    expect(
      Object.keys(found.wronglyListedBecause).filter((reason) => reason !== 'en_ecole_a_l_etranger'),
    ).toEqual([]);
  });

  it('are written month after month by one command', () => {
    const out = join(root, 'months');
    const small = ['--scale', '0.001', '--departments', '29', '--out', out];
    const { code, stdout } = raccroche(
      'synthetic',
      'months',
      '--from',
      '2025-10-15',
      '--months',
      '2',
      ...small,
    );
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['2025-10-15', '2025-11-15']);
    expect(stdout).toContain('--as-of 2025-11-15 --previous campagne-2025-10-15');
  });

  it.each([
    ['months', ['--from', '2025-03-15', '--months', '30']],
    ['write', ['--as-of', '2025-11-15', '--until', '2025-10-15']],
    ['write', ['--as-of', '2025-11-15', '--until', '2025-12-15', '--after', 'nowhere']],
  ])('%s refuses dates that do not go together: %j', (command, dates) => {
    const { code, stderr } = raccroche('synthetic', command, ...dates, '--out', join(root, 'never'));
    expect(code).toBe(2);
    expect(stderr).toContain('Ces dates ne vont pas ensemble');
    expect(readdirSync(root)).not.toContain('never');
  });
});

describe('the whole country, in small', () => {
  let written: z.infer<typeof Written>;
  beforeAll(() => {
    written = write('whole', '--scale', '0.006');
  });

  it('comes out within bounds of what is published', () => {
    const outside = written.marginals.filter(
      ({ value, bounds, noise }) =>
        bounds !== undefined && (value < bounds[0] - 4 * noise || value > bounds[1] + 4 * noise),
    );
    expect(outside).toEqual([]);
    expect(written.marginals.filter(({ bounds }) => bounds !== undefined).length).toBeGreaterThan(30);
  });

  it('is read by the program, file by file and row by row, with about as many rejects as was asked for', () => {
    const told = campaign('whole', 'siei-2011');
    const { rows, records, rejects, removedUnder16, deaths, outOfScope, rejectedFiles, missing } = told;
    expect({ rows, rejectedFiles, missing }).toEqual({ rows: written.rows, rejectedFiles: 0, missing: [] });
    expect(records + rejects + removedUnder16 + deaths + outOfScope).toBe(rows);
    expect(deaths).toBeGreaterThan(400);
    // Dates that do not exist 0.3 %, values outside the lists up to 0.3 %, ends before beginnings, rows told twice.
    expect(rejects / rows).toBeGreaterThan(0.003);
    expect(rejects / rows).toBeLessThan(0.012);
  }, 300_000);

  it('is told by a command, from its folder alone', () => {
    const { code, stdout } = raccroche('synthetic', 'marginals', join(root, 'whole'));
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(written.marginals.length + 2);
    expect(raccroche('synthetic', 'marginals', root).code).toBe(2);
  });

  it('is told to be out of bounds, by a command that fails, when it is', () => {
    const counts = join(root, 'whole', 'truth', 'counts.json');
    const kept = readFileSync(counts, 'utf8');
    const told = JSON.parse(kept) as Record<string, number>;
    writeFileSync(counts, JSON.stringify({ ...told, bacPassed: 0 }));
    const { code, stdout } = raccroche('synthetic', 'marginals', join(root, 'whole'));
    writeFileSync(counts, kept);
    expect(code).toBe(4);
    expect(stdout.split('\n').filter((line) => line.includes('hors bornes'))).toEqual([
      expect.stringContaining('Réussite au bac |'),
    ]);
  });
});

describe('a mistaken option', () => {
  it.each([
    ['--scale', '0'],
    ['--departments', '20'],
    ['--senders', 'nobody'],
    ['--as-of', '2025-02-30'],
  ])('%s %s is told, and nothing is written', (option, value) => {
    const { code, stderr } = raccroche(
      'synthetic',
      'write',
      '--as-of',
      AS_OF,
      '--out',
      join(root, 'never'),
      option,
      value,
    );
    expect(code).toBe(2);
    expect(stderr).not.toContain('Erreur inattendue');
    expect(readdirSync(root)).not.toContain('never');
  });
});
