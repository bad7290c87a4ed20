import { KNOWN_SITUATIONS } from '@raccroche/contract';
import { literals } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import { SITUATIONS_THAT_FULFIL } from '../referentials/situations-that-fulfil.ts';
import type { Terms } from '../terms.ts';
import { dateSql, labelsSql } from './fragments.ts';

/** Who is accompanied at the reference date, and what the mission locale knows of whom. */
export function accompanimentSteps({ asOf, parameters }: Terms): Step[] {
  const D = dateSql(asOf);
  return [
    {
      name: 'eligibility-accompaniments',
      reads: ['eligibility.members', 'sources.accompaniments'],
      writes: ['eligibility.accompaniments'],
      // Without a contact, the start counts as the first one. A file that begins later is not known yet.
      sql: `CREATE OR REPLACE TABLE eligibility.accompaniments AS
        WITH begun AS (
          SELECT m.person_id, a.record_id, a.structure_type,
            a.status = 'actif' AND (a.ended_on IS NULL OR a.ended_on >= ${D}) AS active,
            coalesce(${D} - coalesce(a.last_contact_on, a.started_on) <= ${parameters.missionLocaleContactDays}, false)
              AS in_contact
          FROM sources.accompaniments a JOIN eligibility.members m USING (record_id)
          WHERE a.started_on IS NULL OR a.started_on <= ${D})
        SELECT person_id, record_id, structure_type, active,
          structure_type = 'mission_locale' AND active AND in_contact AS followed,
          (active AND structure_type IN ${literals(SITUATIONS_THAT_FULFIL)}) OR followed AS fulfils
        FROM begun`,
    },
    {
      name: 'eligibility-known-situations',
      reads: ['eligibility.accompaniments'],
      writes: ['eligibility.known_situations'],
      sql: `CREATE OR REPLACE TABLE eligibility.known_situations AS
        SELECT person_id,
          CASE WHEN bool_or(followed) THEN 'active'
            WHEN bool_or(structure_type = 'mission_locale') THEN 'known' ELSE 'unknown' END AS mission_locale,
          ${labelsSql(
            KNOWN_SITUATIONS.map((situation) => [
              situation,
              `bool_or(active AND structure_type = '${situation}')`,
            ]),
          )} AS known_situations
        FROM eligibility.accompaniments GROUP BY person_id`,
    },
  ];
}
