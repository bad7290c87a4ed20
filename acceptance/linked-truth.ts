import { join } from 'node:path';
import { readTruth, rowKey } from '@raccroche/synthetic';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { literal } from '../packages/server/src/platform/duckdb/sql.ts';

export interface LinkedTruth {
  /** True people whose rows became part of several persons. */
  readonly split: number;
  /** Persons made of rows of several true people. */
  readonly mixed: number;
}

/** Holds the persons of a campaign on an invented country against its truth. Throws when a record has none. */
export async function compareLinked(campaign: string, truth: string): Promise<LinkedTruth> {
  const { personOfRow } = readTruth(truth);
  const data = (name: string) => `read_parquet(${literal(join(campaign, 'data', `${name}.parquet`))})`;
  const database = await openDatabase();
  try {
    const linked = await database.all(`SELECT path, position, person_id FROM ${data('records')}
      JOIN ${data('files')} USING (file_no) JOIN ${data('memberships')} USING (record_id)`);
    const personsOf = new Map<string, Set<string>>();
    const peopleOf = new Map<string, Set<string>>();
    for (const row of linked) {
      const person = personOfRow.get(rowKey(String(row.path), String(row.position)));
      if (person === undefined) throw new Error('a record has no truth');
      const found = String(row.person_id);
      personsOf.set(person, (personsOf.get(person) ?? new Set()).add(found));
      peopleOf.set(found, (peopleOf.get(found) ?? new Set()).add(person));
    }
    const several = (sets: ReadonlyMap<string, ReadonlySet<string>>) =>
      [...sets.values()].filter(({ size }) => size > 1).length;
    return { split: several(personsOf), mixed: several(peopleOf) };
  } finally {
    database.close();
  }
}
