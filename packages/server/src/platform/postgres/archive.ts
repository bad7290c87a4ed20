import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Database, Transaction } from './database.ts';
import { type Migration, readMigrationState } from './migrations.ts';

const Contents = z.object({
  format: z.literal('raccroche-archive/1'),
  createdAt: z.string(),
  migrations: z.array(z.object({ module: z.string(), number: z.number(), sha256: z.string() })),
  tables: z.array(
    z.object({
      table: z.string(),
      columns: z.array(z.string()),
      file: z.string(),
      rows: z.number(),
      sha256: z.string(),
    }),
  ),
});
export type ArchiveContents = z.infer<typeof Contents>;

export interface TableRow {
  readonly table: string;
  readonly columns: string[];
}

/**
 * Tables of the modules, those that others refer to first: by a foreign key, or by a trigger `held_together`, whose argument is the
 * table referred to. Generated columns are left out: they come back by themselves.
 */
export async function readTables(transaction: Transaction, schemas: readonly string[]): Promise<TableRow[]> {
  const { rows } = await transaction.query<TableRow & { refers: string[] }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS "table",
       (SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(
         SELECT format('%I.%I', rn.nspname, r.relname) FROM pg_constraint k
         JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
         WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid <> c.oid
         UNION SELECT split_part(encode(t.tgargs, 'escape'), '\\000', 1) FROM pg_trigger t
         WHERE t.tgrelid = c.oid AND t.tgname = 'held_together') AS refers
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = ANY ($1) ORDER BY 1`,
    [[...schemas]],
  );
  const ordered: TableRow[] = [];
  const done = new Set<string>();
  while (ordered.length < rows.length) {
    const ready = rows.filter(
      ({ table, refers }) => !done.has(table) && refers.every((other) => done.has(other)),
    );
    if (ready.length === 0) throw new Error('tables refer to one another in a circle');
    for (const { table, columns } of ready) {
      done.add(table);
      ordered.push({ table, columns });
    }
  }
  return ordered;
}

/**
 * Writes the whole base in the new folder `folder`: one compressed COPY a table, and `contents.json` last.
 * It is a view of one moment, and either engine can take it back. `createdAt`: ISO instant.
 */
export async function backUp(
  database: Database,
  options: {
    folder: string;
    schemas: readonly string[];
    migrations: readonly Migration[];
    createdAt: string;
  },
): Promise<ArchiveContents> {
  const { folder, schemas, migrations, createdAt } = options;
  if (existsSync(folder))
    throw new RaccrocheError(
      'archive_exists',
      `« ${folder} » existe déjà : une sauvegarde n’en remplace jamais une autre. Donnez un dossier nouveau.`,
      EXIT_CODES.usage,
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tables = await database.transaction({ snapshot: true }, async (transaction) => {
    const written: ArchiveContents['tables'] = [];
    for (const { table, columns } of await readTables(transaction, schemas))
      written.push({ table, columns, ...(await writeTable(transaction, folder, table, columns)) });
    return written;
  });
  const contents: ArchiveContents = {
    format: 'raccroche-archive/1',
    createdAt,
    migrations: migrations.map(({ module, number, sha256 }) => ({ module, number, sha256 })),
    tables,
  };
  const path = join(folder, 'contents.json');
  writeFileSync(`${path}.part`, `${JSON.stringify(contents, null, 2)}\n`);
  renameSync(`${path}.part`, path);
  return contents;
}

const LINE_FEED = 10;

async function writeTable(
  transaction: Transaction,
  folder: string,
  table: string,
  columns: readonly string[],
) {
  const file = `${table}.copy.gz`;
  const hash = createHash('sha256');
  let rows = 0;
  async function* counted() {
    for await (const chunk of transaction.copyOut(
      `(SELECT ${columns.join(', ')} FROM ${table} ORDER BY ctid)`,
    )) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === LINE_FEED) rows += 1;
      yield chunk;
    }
  }
  await pipeline(
    Readable.from(counted()),
    createGzip(),
    createWriteStream(join(folder, file), { mode: 0o600 }),
  );
  return { file, rows, sha256: hash.digest('hex') };
}

/** Reads `contents.json`. Throws a RaccrocheError when the folder is no whole archive. */
export function readArchive(folder: string): ArchiveContents {
  const path = join(folder, 'contents.json');
  const parsed = Contents.safeParse(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
  if (parsed.success) return parsed.data;
  throw new RaccrocheError(
    'no_archive',
    `« ${folder} » n’est pas une sauvegarde entière : contents.json manque ou est abîmé.`,
    EXIT_CODES.usage,
  );
}

/**
 * Fills a migrated base that holds nobody yet from an archive of the same migrations. All or nothing: a file that was
 * changed since undoes everything. Throws a RaccrocheError.
 */
export async function restore(
  database: Database,
  options: { folder: string; schemas: readonly string[]; migrations: readonly Migration[]; emptied: string },
): Promise<ArchiveContents> {
  const { folder, schemas, migrations, emptied } = options;
  const contents = readArchive(folder);
  const told = new Set(
    contents.migrations.map(({ module, number, sha256 }) => `${module}/${number}/${sha256}`),
  );
  if (
    told.size !== migrations.length ||
    !migrations.every((m) => told.has(`${m.module}/${m.number}/${m.sha256}`))
  )
    throw new RaccrocheError(
      'archive_of_another_version',
      'La sauvegarde vient d’une autre version du programme. Restaurez-la avec cette version, puis mettez à jour.',
      EXIT_CODES.invalid,
    );
  await database.transaction({}, async (transaction) => {
    const state = await readMigrationState(transaction, migrations);
    const { rows } = await transaction.query<{ there: boolean }>(
      `SELECT EXISTS (SELECT FROM ${emptied}) AS there`,
    );
    if (state.pending.length > 0 || rows[0]?.there)
      throw new RaccrocheError(
        'database_not_empty',
        'La base n’est pas neuve. Une restauration se fait dans une base vide : donnez-en une autre.',
        EXIT_CODES.usage,
      );
    const known = new Map(
      (await readTables(transaction, schemas)).map(({ table, columns }) => [table, columns]),
    );
    for (const one of contents.tables) {
      if (known.get(one.table)?.join() !== one.columns.join()) throw damaged(one.file);
      await readTable(transaction, folder, one);
    }
    await restartIdentities(transaction, schemas);
  });
  return contents;
}

async function readTable(transaction: Transaction, folder: string, one: ArchiveContents['tables'][number]) {
  // What a migration itself filled comes back from the archive; a table that refuses deletions is empty and left alone.
  const { rows } = await transaction.query<{ filled: boolean }>(
    `SELECT EXISTS (SELECT FROM ${one.table}) AS filled`,
  );
  if (rows[0]?.filled) await transaction.query(`DELETE FROM ${one.table}`);
  const hash = createHash('sha256');
  const path = join(folder, one.file);
  if (!existsSync(path)) throw damaged(one.file);
  const unpacked = createReadStream(path).pipe(createGunzip());
  async function* wholeLines() {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of unpacked) {
      hash.update(chunk as Uint8Array);
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const end = rest.lastIndexOf('\n') + 1;
      if (end > 0) yield rest.slice(0, end);
      rest = rest.slice(end);
    }
    if (rest !== '') throw damaged(one.file);
  }
  await transaction.copyIn(one.table, one.columns, wholeLines());
  if (hash.digest('hex') !== one.sha256) throw damaged(one.file);
}

const damaged = (file: string) =>
  new RaccrocheError(
    'archive_damaged',
    `La sauvegarde est abîmée : ${file}. Rien n’a été restauré.`,
    EXIT_CODES.invalid,
  );

/** Numbers that the base gives go on after the highest that came back. */
async function restartIdentities(transaction: Transaction, schemas: readonly string[]): Promise<void> {
  const { rows } = await transaction.query<{ table: string; column: string; sequence: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS "table", quote_ident(a.attname) AS column,
       pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) AS sequence
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.attidentity <> '' AND n.nspname = ANY ($1)`,
    [[...schemas]],
  );
  for (const { table, column, sequence } of rows)
    await transaction.query(
      `SELECT setval($1::regclass, coalesce(max(${column}), 1), max(${column}) IS NOT NULL) FROM ${table}`,
      [sequence],
    );
}
