import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from '../../../platform/duckdb/database.ts';
import { hashFile } from './hash-file.ts';
import { listFiles, type Manifest } from './manifest.ts';
import { ofAnotherVersion, openCampaign, readManifest } from './open-campaign.ts';

/** One thing that `campaign verify` looked at. */
export interface Verification {
  readonly check: string;
  readonly ok: boolean;
  /** For people, in French: what was found. */
  readonly text: string;
}

/**
 * Verifies a finished campaign: every output is there, unchanged, and nothing besides; rows add up file by file;
 * nobody under 16; every person has all checks; the lists hold exactly the persons who passed them all.
 */
export async function verifyCampaign(folder: string): Promise<Verification[]> {
  const manifest = readManifest(folder);
  const damaged = await findDamaged(folder, manifest);
  return [
    ...verifyFiles(folder, manifest, damaged),
    ...verifyInputCounts(manifest),
    ...(await verifyContent(folder, manifest, damaged)),
  ];
}

/** What a damaged file holds is not looked at: it may not even be readable. */
async function verifyContent(
  folder: string,
  manifest: Manifest,
  damaged: readonly string[],
): Promise<Verification[]> {
  if (damaged.some((path) => /^(data|lists)\//.test(path)))
    return [verdict('content', false, '', 'contenu non vérifié : des tables ou des listes sont abîmées')];
  const earlier = ofAnotherVersion(manifest);
  if (earlier !== undefined) return [verdict('content', false, '', `contenu non vérifié : ${earlier}`)];
  const { database } = await openCampaign(folder);
  try {
    return [
      ...(await verifyTables(database, manifest)),
      ...verifyLists(folder, manifest, await listedCount(database)),
    ];
  } finally {
    database.close();
  }
}

async function findDamaged(folder: string, manifest: Manifest): Promise<string[]> {
  const damaged: string[] = [];
  for (const output of manifest.outputs) {
    const path = join(folder, output.path);
    const same =
      existsSync(path) && statSync(path).size === output.bytes && (await hashFile(path)) === output.sha256;
    if (!same) damaged.push(output.path);
  }
  return damaged;
}

function verifyFiles(folder: string, manifest: Manifest, damaged: readonly string[]): Verification[] {
  const known = new Set(['manifest.json', ...manifest.outputs.map((output) => output.path)]);
  const foreign = listFiles(folder).filter((path) => !known.has(path));
  return [
    verdict(
      'hashes',
      damaged.length === 0,
      `${manifest.outputs.length} fichiers conformes à leur empreinte`,
      `fichiers absents ou modifiés : ${damaged.join(', ')}`,
    ),
    verdict(
      'no_foreign_file',
      foreign.length === 0,
      'aucun fichier ajouté',
      `fichiers ajoutés après coup : ${foreign.join(', ')}`,
    ),
  ];
}

function verifyInputCounts(manifest: Manifest): Verification[] {
  const wrong = manifest.inputs.filter(
    (input) => input.rows !== input.records + input.rejects + input.removedUnder16 + input.outOfScope,
  );
  return [
    verdict(
      'rows_add_up',
      wrong.length === 0,
      'lignes = enregistrements + rejets + moins de 16 ans + décès hors du champ, fichier par fichier',
      `les comptes ne tombent pas juste pour : ${wrong.map((input) => input.path).join(', ')}`,
    ),
  ];
}

/** Each query counts what must not be: anything but zero is a failure. */
const INVARIANTS: readonly { check: string; sql: string; good: string; bad: string }[] = [
  {
    check: 'nobody_under_16',
    sql: 'SELECT count(*) AS n FROM sources.records WHERE birth_date + INTERVAL 16 YEAR > $1::DATE',
    good: 'personne de moins de 16 ans',
    bad: 'des enregistrements de moins de 16 ans ont été gardés',
  },
  {
    check: 'one_person_a_record',
    sql: `SELECT count(*) AS n FROM (SELECT record_id, count(person_id) AS persons FROM sources.records
            LEFT JOIN linkage.memberships USING (record_id) GROUP BY record_id) WHERE persons <> 1 AND $1 IS NOT NULL`,
    good: 'chaque enregistrement appartient à une personne et une seule',
    bad: 'des enregistrements n’ont pas exactement une personne',
  },
  {
    check: 'listed_means_all_passed',
    sql: `SELECT count(*) AS n FROM eligibility.persons p JOIN (
            SELECT person_id, bool_and(passed) AS all_passed FROM eligibility.checks GROUP BY person_id) c USING (person_id)
          WHERE p.listed <> c.all_passed AND $1 IS NOT NULL`,
    good: 'est sur la liste qui remplit toutes les conditions, et personne d’autre',
    bad: 'des personnes sont sur la liste (ou pas) contre leurs conditions',
  },
  {
    check: 'deaths_in_scope',
    sql: `SELECT count(*) AS n FROM sources.deaths WHERE died_on > $1::DATE
            OR year($1::DATE) - year(birth_date) - (strftime($1::DATE, '%m-%d') < strftime(birth_date, '%m-%d'))::INTEGER
              NOT BETWEEN 16 AND 29`,
    good: 'aucun décès hors du champ n’est gardé',
    bad: 'des décès hors du champ ont été gardés',
  },
  {
    check: 'nobody_dead_is_listed',
    sql: `SELECT count(*) AS n FROM linkage.deaths d JOIN eligibility.persons p USING (person_id)
          WHERE (p.listed OR p.state <> 'deceased') AND $1 IS NOT NULL`,
    good: 'aucune personne décédée n’est sur une liste',
    bad: 'des personnes décédées sont sur une liste',
  },
  {
    check: 'one_number_a_person',
    sql: `SELECT count(*) AS n FROM (SELECT person_id, count(DISTINCT siei) AS numbers FROM eligibility.persons
            LEFT JOIN lists.numbers USING (person_id) GROUP BY person_id) WHERE numbers <> 1 AND $1 IS NOT NULL`,
    good: 'chaque personne a un numéro SIEI et un seul',
    bad: 'des personnes n’ont pas exactement un numéro SIEI',
  },
];

async function verifyTables(database: Database, manifest: Manifest): Promise<Verification[]> {
  const results: Verification[] = [];
  for (const { check, sql, good, bad } of INVARIANTS) {
    const [row] = await database.all<{ n: string | number }>(sql, [manifest.asOf]);
    results.push(verdict(check, Number(row?.n ?? -1) === 0, good, `${bad} : ${String(row?.n)}`));
  }
  const [records] = await database.all<{ n: string }>('SELECT count(*) AS n FROM sources.records');
  const told = manifest.counts.records;
  results.push(
    verdict(
      'records_counted',
      Number(records?.n) === told,
      `${told} enregistrements`,
      `${told} enregistrements annoncés, ${records?.n} présents`,
    ),
  );
  const [deaths] = await database.all<{ n: string }>('SELECT count(*) AS n FROM sources.deaths');
  results.push(
    verdict(
      'deaths_counted',
      Number(deaths?.n) === manifest.counts.deaths,
      `${manifest.counts.deaths} décès dans le champ`,
      `${manifest.counts.deaths} décès annoncés, ${deaths?.n} présents`,
    ),
  );
  return results;
}

async function listedCount(database: Database): Promise<number> {
  const [row] = await database.all<{ n: string }>(
    'SELECT count(*) AS n FROM eligibility.persons WHERE listed',
  );
  return Number(row?.n ?? 0);
}

const ListFile = z.object({
  department: z.string(),
  entries: z.array(z.object({ siei: z.string(), age: z.number() })),
});

function verifyLists(folder: string, manifest: Manifest, listed: number): Verification[] {
  const paths = manifest.outputs
    .map((output) => output.path)
    .filter((path) => /^lists\/.*\.json$/.test(path));
  if (manifest.withheld) {
    return [
      verdict(
        'lists_withheld',
        paths.length === 0,
        'listes retenues, aucune écrite',
        'des listes ont été écrites alors qu’elles sont retenues',
      ),
    ];
  }
  const seen = new Set<string>();
  let entries = 0;
  for (const path of paths) {
    for (const entry of ListFile.parse(JSON.parse(readFileSync(join(folder, path), 'utf8'))).entries) {
      seen.add(entry.siei);
      entries += 1;
    }
  }
  return [
    verdict(
      'lists_hold_everybody_once',
      entries === listed && seen.size === listed,
      `${listed} personnes, chacune sur une liste et une seule`,
      `${listed} personnes retenues, ${entries} inscriptions sur les listes, ${seen.size} numéros distincts`,
    ),
  ];
}

function verdict(check: string, ok: boolean, good: string, bad: string): Verification {
  return { check, ok, text: ok ? good : bad };
}
