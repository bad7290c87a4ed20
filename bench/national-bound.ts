/**
 * What nobody who makes lists from these files can avoid: a plain scan of the same bytes, one exact join, one sort, one write.
 * No name is compared, nothing is validated. Bytes that are not CSV (XML, JSON, workbooks, archives) are read and left.
 */
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';

/** Folders of interchange CSV by kind of row. */
const KINDS = {
  inscriptions: ['education-nationale/extraction', 'universite', 'prive-hors-contrat'],
  diplomes: ['examens'],
  contrats: ['contrats'],
  accompagnements: ['accompagnements'],
} as const;

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Runs the bound; returns the rows it saw. `onStage` is told of each part when it is over. */
export async function lowerBound(
  deliveries: string,
  memory: string,
  onStage: (name: string) => void,
): Promise<number> {
  const work = mkdtempSync(join(tmpdir(), 'bench-bound-'));
  const database = await openDatabase({ memoryLimit: memory, threads: 2, spillFolder: work });
  try {
    const all = filesUnder(deliveries);
    const csv = new Set<string>();
    for (const [kind, folders] of Object.entries(KINDS)) {
      const files = all.filter(
        (path) =>
          folders.some((folder) => path.startsWith(join(deliveries, folder))) && path.endsWith('.csv'),
      );
      for (const path of files) csv.add(path);
      const list = files.map((path) => `'${path}'`).join(', ');
      await database.run(
        `CREATE TABLE ${kind} AS SELECT * FROM read_csv([${list}], delim = ';', header = true, all_varchar = true, union_by_name = true)`,
      );
    }
    onStage('lecture des CSV');
    for (const path of all) if (!csv.has(path)) await readAndLeave(path);
    onStage('lecture des autres octets');
    await database.run(
      `CREATE TABLE joined AS SELECT i.*, d.type, d.session, d.resultat
       FROM inscriptions i LEFT JOIN diplomes d ON d.ine = i.ine AND d.date_naissance = i.date_naissance`,
    );
    onStage('une jointure');
    await database.run(
      `COPY (FROM joined ORDER BY code_postal, nom_famille, prenom1, identifiant_source, session)
       TO '${join(work, 'lists.csv')}' (FORMAT csv, DELIMITER ';')`,
    );
    onStage('un tri, une écriture');
    const [row] = await database.all(
      `SELECT (SELECT count(*) FROM inscriptions) + (SELECT count(*) FROM diplomes) + (SELECT count(*) FROM contrats)
         + (SELECT count(*) FROM accompagnements) AS n`,
    );
    return Number(row?.n);
  } finally {
    database.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function readAndLeave(path: string): Promise<void> {
  for await (const _chunk of createReadStream(path, { highWaterMark: 1 << 20 }));
}
