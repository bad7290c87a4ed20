import type { Step } from '../../../platform/duckdb/step.ts';
import { birthPlaceSql, type KeptTellings } from '../../linkage/index.ts';
import { BEARS_NONE, IDENTIFIER_KIND } from './key-kinds.ts';

/**
 * What keys of everybody are made of, out of the tellings that linkage found: records that bear an identifier say in few ways who somebody is,
 * and linkage has told them apart already. The others are few, and looked at one by one: two of them that say the same may be two people, and
 * the ids that senders gave them are keys of theirs.
 */
export function toldRecordSteps({ tellings, spellings }: KeptTellings): readonly Step[] {
  return [
    {
      name: 'spellings of names',
      reads: [],
      writes: ['lists.key_spellings'],
      sql: `CREATE OR REPLACE TABLE lists.key_spellings AS SELECT text, name, spelling FROM ${spellings}`,
    },
    {
      name: 'what keys are made of',
      reads: [
        'lists.key_spellings',
        'lists.key_members',
        'lists.key_persons',
        'lists.key_sources',
        'sources.communes',
      ],
      writes: ['lists.key_records'],
      sql: `CREATE OR REPLACE TABLE lists.key_records AS
        WITH communes AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
        said AS (
          SELECT record_id, CAST(${IDENTIFIER_KIND} AS UTINYINT) AS kind, value, NULL::BIGINT AS file_no, NULL::VARCHAR AS source_id,
            family, usage, first, birth_date, birthplace
          FROM ${tellings} r
          UNION ALL
          SELECT r.record_id, NULL, NULL, CASE WHEN r.source_id IS NOT NULL THEN r.file_no END, r.source_id,
            coalesce(family.spelling, 0), coalesce(usage.spelling, 0), coalesce(first.spelling, 0), r.birth_date, ${birthPlaceSql('r', 'c')}
          FROM (FROM lists.key_sources WHERE ${BEARS_NONE}) r
          LEFT JOIN lists.key_spellings family ON family.text = r.family_name
          LEFT JOIN lists.key_spellings usage ON usage.text = r.usage_name
          LEFT JOIN lists.key_spellings first ON first.text = r.first_name1
          LEFT JOIN communes c ON c.code = r.birth_commune)
        SELECT p.person_no, said.* EXCLUDE (record_id)
        FROM said JOIN lists.key_members USING (record_id) JOIN lists.key_persons p USING (person_id)`,
    },
  ];
}
