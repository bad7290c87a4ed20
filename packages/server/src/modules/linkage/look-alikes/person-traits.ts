import type { Step } from '../../../platform/duckdb/step.ts';

/**
 * What keeps two persons apart whatever they resemble: `linkage.person_traits` (rid, trait, value). Two persons that both
 * have values of a trait, and none in common, are never one. Identifiers: rules §7, last sentence. Exclusive places: nobody
 * is a pupil in two schools on one day.
 */
export function personTraitSteps(): readonly Step[] {
  return [
    {
      name: 'linkage_person_traits',
      reads: [
        'linkage.person_pairs',
        'linkage.person_numbers',
        'linkage.memberships',
        'linkage.input_identifiers',
        'linkage.input_exclusive_places',
      ],
      writes: ['linkage.person_traits'],
      sql: `CREATE OR REPLACE TABLE linkage.person_traits AS
        WITH concerned AS (
          SELECT rid_l AS rid FROM linkage.person_pairs UNION SELECT rid_r FROM linkage.person_pairs),
        records AS (
          SELECT n.rid, m.record_id FROM concerned JOIN linkage.person_numbers n USING (rid)
          JOIN linkage.memberships m USING (person_id))
        SELECT DISTINCT rid, 'identifier:' || i.type AS trait, i.value
        FROM records JOIN linkage.input_identifiers i USING (record_id) WHERE i.value <> ''
        UNION
        SELECT DISTINCT rid, 'exclusive', e.place FROM records JOIN linkage.input_exclusive_places e USING (record_id)
        WHERE e.place <> ''`,
    },
    {
      // Pairs that contradict each other, those that the first stage already left to a person, and those a person decided.
      name: 'linkage_person_clashes',
      reads: [
        'linkage.person_pairs',
        'linkage.person_traits',
        'linkage.person_numbers',
        'linkage.litiges',
        'linkage.memberships',
        'linkage.decided_apart',
      ],
      writes: ['linkage.person_clashes'],
      sql: `CREATE OR REPLACE TABLE linkage.person_clashes AS
        WITH known AS (SELECT rid, trait, list(value) AS values FROM linkage.person_traits GROUP BY rid, trait)
        SELECT p.rid_l, p.rid_r, l.trait FROM linkage.person_pairs p
        JOIN known l ON l.rid = p.rid_l JOIN known r ON r.rid = p.rid_r AND r.trait = l.trait
        WHERE NOT list_has_any(l.values, r.values)
        UNION
        SELECT least(a.rid, b.rid), greatest(a.rid, b.rid), 'litige' FROM linkage.litiges g
        JOIN linkage.person_numbers a ON a.person_id = g.person_id_l
        JOIN linkage.person_numbers b ON b.person_id = g.person_id_r
        UNION
        SELECT least(a.rid, b.rid), greatest(a.rid, b.rid), 'decided' FROM linkage.decided_apart d
        JOIN linkage.memberships l ON l.record_id = d.record_id_l JOIN linkage.person_numbers a ON a.person_id = l.person_id
        JOIN linkage.memberships r ON r.record_id = d.record_id_r JOIN linkage.person_numbers b ON b.person_id = r.person_id`,
    },
  ];
}
