import type { Database, SqlRow } from '../../../platform/duckdb/database.ts';
import { linksOfPersonsSql } from '../../linkage/index.ts';

/** Everything a campaign knows of one person, as rows: what `explain` and `trace` tell. */
export interface Dossier {
  readonly person: SqlRow;
  readonly siei: string | null;
  readonly records: readonly SqlRow[];
  readonly spells: readonly SqlRow[];
  readonly contracts: readonly SqlRow[];
  readonly awards: readonly SqlRow[];
  readonly accompaniments: readonly SqlRow[];
  readonly links: readonly SqlRow[];
  readonly litiges: readonly SqlRow[];
  /** What people decided of this person. */
  readonly decisions: readonly SqlRow[];
  /** Deaths that INSEE tells; `standing`: `theirs`, `to_check` (may be theirs), `parted` (somebody decided that it is not). */
  readonly deaths: readonly SqlRow[];
  readonly checks: readonly SqlRow[];
}

const OF_PERSON = 'JOIN linkage.memberships m USING (record_id) WHERE m.person_id = $1';

/** Reads the dossier of `personId` from an open campaign. */
export async function readDossier(database: Database, personId: string): Promise<Dossier> {
  const rows = (sql: string) => database.all(sql, [personId]);
  const [person] = await rows('FROM eligibility.persons WHERE person_id = $1');
  const [number] = await rows('SELECT siei FROM lists.numbers WHERE person_id = $1');
  return {
    person: person ?? {},
    siei: (number?.siei as string | undefined) ?? null,
    records: await rows(
      `SELECT r.* EXCLUDE (ine_type, ine, ina), f.path, f.sha256, f.sender, f.extracted_on, f.delivery_id,
         (SELECT list(i.type || ':' || i.value ORDER BY i.type) FROM sources.identifiers i WHERE i.record_id = r.record_id) AS identifiers
       FROM sources.records r JOIN sources.files f USING (file_no) JOIN linkage.memberships m USING (record_id)
       WHERE m.person_id = $1 ORDER BY r.record_id`,
    ),
    spells: await rows(
      `SELECT s.* FROM sources.spells s ${OF_PERSON} ORDER BY s.first_day, s.record_id, s.spell_no`,
    ),
    contracts: await rows(
      `SELECT c.* FROM sources.contracts c ${OF_PERSON} ORDER BY c.started_on, c.record_id, c.contract_no`,
    ),
    awards: await rows(
      `SELECT a.* FROM sources.awards a ${OF_PERSON} ORDER BY a.awarded_on, a.session, a.record_id`,
    ),
    accompaniments: await rows(
      `SELECT a.* FROM sources.accompaniments a ${OF_PERSON} ORDER BY a.started_on, a.record_id`,
    ),
    links: await rows(
      `SELECT * EXCLUDE (person_id) FROM (${linksOfPersonsSql('SELECT $1')}) ORDER BY record_id_l, record_id_r, rule`,
    ),
    litiges: await rows(
      `SELECT g.*, n.siei AS other_siei FROM linkage.litiges g LEFT JOIN lists.numbers n
         ON n.person_id = CASE WHEN g.person_id_l = $1 THEN g.person_id_r ELSE g.person_id_l END
       WHERE g.person_id_l = $1 OR g.person_id_r = $1 ORDER BY g.reason, g.record_ids`,
    ),
    decisions: await rows(
      `SELECT * FROM linkage.decisions
       WHERE record_id_l IN (SELECT record_id FROM linkage.memberships WHERE person_id = $1)
         OR record_id_r IN (SELECT record_id FROM linkage.memberships WHERE person_id = $1) ORDER BY line`,
    ),
    deaths: await rows(
      `WITH told AS (
         SELECT death_id, 'theirs' AS standing, rule, match_weight, evidence FROM linkage.deaths WHERE person_id = $1
         UNION ALL
         SELECT d.death_id, 'to_check', NULL, l.match_weight, l.evidence
         FROM linkage.litiges l JOIN sources.deaths d ON list_contains(l.record_ids, d.death_id)
         WHERE l.reason = 'death' AND l.person_id_l = $1
         UNION ALL
         SELECT DISTINCT d.record_id_r, 'parted', NULL, NULL::DOUBLE, NULL FROM linkage.decisions d
         JOIN linkage.memberships m ON m.record_id = d.record_id_l
         WHERE m.person_id = $1 AND d.verdict = 'different' AND d.effect = 'appliquee')
       SELECT t.*, d.* EXCLUDE (death_id), c.code, f.path, f.sha256, f.extracted_on, f.delivery_id
       FROM told t JOIN sources.deaths d USING (death_id) JOIN sources.files f USING (file_no)
       JOIN lists.death_codes c USING (death_id)
       ORDER BY list_position(['theirs', 'to_check', 'parted'], t.standing), d.death_id`,
    ),
    checks: await rows('FROM eligibility.checks WHERE person_id = $1 ORDER BY ordinal'),
  };
}
