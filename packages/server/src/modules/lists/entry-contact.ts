import type { Step } from '../../platform/duckdb/step.ts';

/** The n-th legal representative of a record, NULL when nothing is told of them. */
function representativeSql(rank: 1 | 2): string {
  const columns = ['family_name', 'first_name', 'relation', 'phone', 'email'];
  const told = columns.filter((column) => column !== 'relation').map((column) => `rep${rank}_${column}`);
  const fields = columns.map((column) => `${column} := rep${rank}_${column}`);
  return `CASE WHEN coalesce(${told.join(', ')}) IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
}

/** Mobile first; one of them when both are the same, NULL when there is none. Not list_distinct: its order is not promised. */
const PHONES_SQL = `CASE
  WHEN r.mobile IS NOT NULL AND r.phone <> r.mobile THEN [r.mobile, r.phone]
  WHEN coalesce(r.mobile, r.phone) IS NOT NULL THEN [coalesce(r.mobile, r.phone)] END`;

/**
 * Address, telephones, e-mail and legal representatives of each person of `lists.recent_records`,
 * each from the most recent record that has it: half an address of one record never meets half of another's.
 * Lines of an address win over a more recent postal code or commune alone, which leads nobody to a door.
 */
export const contactStep: Step = {
  name: 'contacts of the listed',
  reads: ['lists.recent_records', 'lists.told_persons', 'sources.communes'],
  writes: ['lists.contacts'],
  sql: `
    DELETE FROM lists.contacts;
    INSERT INTO lists.contacts
    WITH told AS (
      SELECT r.person_id, r.recency, p.age < 18 AS minor, r.address IS NOT NULL AS has_lines,
        CASE WHEN coalesce(r.address, r.postal_code, r.commune, nullif(r.residence_country, '99100')) IS NOT NULL
          THEN struct_pack(
            "lines" := list_filter(list_transform(string_split(coalesce(r.address, ''), chr(10)), lambda l: trim(l)), lambda l: l <> ''),
            postal_code := r.postal_code, commune := r.commune, commune_name := c.name, country := r.residence_country
          ) END AS address,
        ${PHONES_SQL} AS phones,
        r.email,
        list_filter([${representativeSql(1)}, ${representativeSql(2)}], lambda x: x IS NOT NULL) AS representatives
      FROM lists.recent_records r
      JOIN lists.told_persons p USING (person_id)
      LEFT JOIN (SELECT code, min(name) AS name FROM sources.communes GROUP BY code) c ON c.code = r.commune
    )
    SELECT person_id,
      coalesce(arg_min(address, recency) FILTER (has_lines), arg_min(address, recency) FILTER (address IS NOT NULL)),
      coalesce(arg_min(phones, recency) FILTER (phones IS NOT NULL), []),
      arg_min(email, recency) FILTER (email IS NOT NULL),
      coalesce(arg_min(representatives, recency) FILTER (minor AND len(representatives) > 0), [])
    FROM told GROUP BY person_id ORDER BY person_id`,
};
