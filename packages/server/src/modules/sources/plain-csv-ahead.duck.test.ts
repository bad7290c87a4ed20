import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import type { Lanes } from '../../platform/duckdb/lanes.ts';
import { CopiesAhead } from './plain-csv-ahead.ts';
import { type PlainCsvShape, runPlainCsvCopy } from './plain-csv-copy.ts';
import { readDeliveries } from './read-deliveries.ts';
import { openReadingLanes } from './reading-lanes.ts';
import { loadReferential } from './referential.ts';
import { forgetRepeats } from './repeated-rows.ts';
import { createMacrosSql } from './validate/macros.ts';

const AS_OF = '2025-11-15';
const HEADER =
  'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin;adresse';
const ADDRESS = `12 rue ${'de la Paix '.repeat(30)}`.trim();

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ahead-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Large enough to be copied ahead: the rows of interest come last, far behind what a copy's promise is made from. */
function bigText(...last: string[]): string {
  return textOf(12_000, last);
}

function textOf(length: number, last: readonly string[] = []): string {
  const rows = Array.from(
    { length },
    (_, row) => `A${row};;MARTIN;Camille;2008-03-14;0951099D;2024-2025;scolaire;2024-09-02;;${ADDRESS}`,
  );
  return `${[HEADER, ...rows, ...last].join('\n')}\n`;
}

async function readAlone(name: string, content: string | Buffer) {
  const deliveries = join(folder, name);
  mkdirSync(deliveries);
  writeFileSync(join(deliveries, name), content);
  const database = await openDatabase();
  try {
    const summary = await readDeliveries(database, {
      deliveries,
      asOf: AS_OF,
      workFolder: join(folder, 'w'),
    });
    const issues = await database.all('SELECT * EXCLUDE (file_no) FROM sources.issues ORDER BY ALL');
    const records = await database.all(
      'SELECT * EXCLUDE (record_id, file_no, address) FROM sources.records WHERE ordinal > 11990 ORDER BY ordinal',
    );
    return { summary, issues, records };
  } finally {
    database.close();
    rmSync(join(folder, 'w'), { recursive: true, force: true });
  }
}

const row = (name: string) =>
  `Z1;;${name};Camille;2008-03-14;0951099D;2024-2025;scolaire;2024-09-02;;${ADDRESS}`;

describe('a file that is not what its beginning promised is read as if nothing had been begun', () => {
  const cases: [string, string[]][] = [
    ['it keeps its promise', [row('Durand')]],
    ['a space before a value', [row(' Durand')]],
    ['a space before a line end', [`${row('Durand')} `]],
    ['a no-break space behind a value', [row('Durand\u00a0')]],
    ['quotes', [row('"Durand"')]],
    ['a space inside quotes', [row('"Durand "')]],
    ['a quoted line end', [row('"Du\nrand"')]],
    ['a line too short', ['Z1;trop;court', row('Durand')]],
    ['a blank line', ['', row('Durand')]],
  ];
  it.each(cases)('%s', async (_case, last) => {
    const text = bigText(...last);
    const plain = await readAlone('a.csv', text);
    expect(plain.records.some((record) => String(record.family_name).startsWith('Du'))).toBe(true);
    expect(await readAlone('a.csv.gz', gzipSync(text))).toEqual(plain);
  });
});

it('knows which communes there are, as a file read row by row does', async () => {
  const text = bigText()
    .replace('date_fin;', 'date_fin;commune_residence;')
    .replaceAll(`;;${ADDRESS}`, `;;59350;${ADDRESS}`)
    .replace(`;;59350;`, ';;59999;');
  const plain = await readAlone('a.csv', text);
  expect(plain.issues.map(({ code, position }) => [code, position])).toEqual([['commune_inconnue', '2']]);
  expect(plain.records[0]?.commune).toBe('59350');
  expect(await readAlone('a.csv.gz', gzipSync(text))).toEqual(plain);
});

describe('a copy begun ahead', () => {
  const columns = HEADER.split(';');
  const wanted = (more: Partial<PlainCsvShape> = {}): PlainCsvShape => ({
    kind: 'inscriptions',
    delimiter: ';',
    columns,
    blanks: 'none',
    ...more,
  });
  let database: Database;
  let lanes: Lanes;
  beforeEach(async () => {
    database = await openDatabase();
    lanes = openReadingLanes(database);
  });
  afterEach(() => database.close());

  const begun = async (content: string) => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, content);
    const ahead = new CopiesAhead(lanes, { asOf: AS_OF, workFolder: folder });
    ahead.begin(path);
    await lanes.close();
    return { path, ahead };
  };

  it('serves whoever asks for no more care than it took', async () => {
    const { path, ahead } = await begun(bigText());
    expect(ahead.find(path, wanted())).toBeDefined();
    expect(ahead.find(path, wanted({ blanks: 'spaces' }))).toBeUndefined();
    expect(ahead.find(path, wanted({ kind: 'contrats' }))).toBeUndefined();
    expect(ahead.find(path, wanted({ delimiter: ',' }))).toBeUndefined();
  });

  it('is not begun for a small file, another format, a header at fault or a file that is not there', async () => {
    for (const content of [
      `${HEADER}\n${row('Durand')}\n`,
      `<BEE_ELEVES>${' '.repeat(5_000_000)}</BEE_ELEVES>`,
      bigText().replace('prenom1', 'nom_famille'),
    ]) {
      const { path, ahead } = await begun(content);
      expect(ahead.find(path, wanted())).toBeUndefined();
    }
    const ahead = new CopiesAhead(lanes, { asOf: AS_OF, workFolder: folder });
    ahead.begin(join(folder, 'absent.csv'));
    expect(ahead.find(join(folder, 'absent.csv'), wanted())).toBeUndefined();
  });

  it('is the same bytes with one thread of the engine and with two, which change while files are read', async () => {
    const path = join(folder, 'a.csv');
    await loadReferential(database);
    await database.run(createMacrosSql());
    await forgetRepeats(database);
    // More than the engine reads as one part of a file.
    writeFileSync(path, textOf(60_000));
    const written: Buffer[] = [];
    for (const threads of [1, 2]) {
      await database.run(`SET threads = ${threads}`);
      const parquet = join(folder, `${threads}.parquet`);
      const copy = { paths: [path], firstNo: 1, rowBytes: 400, compressed: false, asOf: AS_OF, parquet };
      lanes = openReadingLanes(database);
      const copied = await lanes.run((lane) => runPlainCsvCopy(lane, { ...copy, shape: wanted() }));
      await lanes.close();
      expect(copied?.[0]?.counts.records).toBe(60_000);
      written.push(readFileSync(parquet));
    }
    expect(written[0]?.equals(written[1] ?? Buffer.of())).toBe(true);
  });
});
