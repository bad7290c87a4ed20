import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/duckdb/database.ts';

/** What an id turned out to be, and the person behind it. */
export interface FoundPerson {
  readonly personId: string;
  readonly idKind: 'siei' | 'person' | 'record' | 'death' | 'identifier';
}

/**
 * The person behind any id of the trail: SIEI number, person id, record id, id or code of a death, or an INE/INA.
 * Throws when nothing, or more than one person (an INE in litige), answers.
 */
export async function getPerson(database: Database, id: string): Promise<FoundPerson> {
  const wanted = id.trim();
  const found = await database.all<{ person_id: string; kind: FoundPerson['idKind'] }>(
    `SELECT DISTINCT person_id, kind FROM (
       SELECT person_id, 'siei' AS kind FROM lists.numbers WHERE siei = upper(replace($1, ' ', ''))
       -- A number that was merged leads to its elder.
       UNION ALL SELECT person_id, 'siei' FROM lists.number_aliases a JOIN lists.numbers n ON n.siei = a.current_siei
         WHERE a.siei = upper(replace($1, ' ', ''))
       UNION ALL SELECT person_id, 'person' FROM eligibility.persons WHERE person_id = $1
       UNION ALL SELECT person_id, 'record' FROM linkage.memberships WHERE record_id = $1 AND record_id <> person_id
       UNION ALL SELECT person_id, 'death' FROM linkage.deaths WHERE death_id = $1
       UNION ALL SELECT person_id_l, 'death' FROM linkage.litiges WHERE reason = 'death' AND list_contains(record_ids, $1)
       UNION ALL SELECT person_id, 'death' FROM linkage.deaths JOIN lists.death_codes USING (death_id)
         WHERE code = upper(replace($1, ' ', ''))
       UNION ALL SELECT person_id_l, 'death' FROM linkage.litiges JOIN lists.death_codes ON list_contains(record_ids, death_id)
         WHERE reason = 'death' AND code = upper(replace($1, ' ', ''))
       UNION ALL SELECT person_id, 'identifier' FROM sources.identifiers JOIN linkage.memberships USING (record_id)
         WHERE value = upper(replace($1, ' ', '')))
     ORDER BY person_id, kind`,
    [wanted],
  );
  const persons = [...new Set(found.map((row) => row.person_id))];
  const [first] = found;
  if (!first) {
    throw new RaccrocheError(
      'person_not_found',
      'Personne ne porte cet identifiant dans cette campagne. Donnez un numéro SIEI, un identifiant d’enregistrement ou un INE.',
      EXIT_CODES.usage,
    );
  }
  if (persons.length > 1) {
    throw new RaccrocheError(
      'person_ambiguous',
      `Plusieurs personnes portent cet identifiant (identité à trancher) : ${persons.join(', ')}. Donnez l’un de ces numéros.`,
      EXIT_CODES.usage,
    );
  }
  return { personId: first.person_id, idKind: first.kind };
}
