import type { Step } from '../../../platform/duckdb/step.ts';
import { heldIdentifiersSql } from '../held-identifiers.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';

/**
 * `linkage.traits`: what the persons of the first stage hold, under their ids. Whoever is in an exclusive place is alone in its telling.
 */
export function traitsStep(): Step {
  return {
    name: 'linkage_traits',
    reads: ['linkage.person_tellings', 'linkage.person_numbers', 'linkage.exclusive_places'],
    writes: ['linkage.traits'],
    sql: `CREATE OR REPLACE TABLE linkage.traits AS
      WITH holders AS (SELECT DISTINCT person, held FROM linkage.person_tellings),
      holdings AS (SELECT DISTINCT person, type, value FROM (${heldIdentifiersSql('holders', 'person')})),
      places AS (
        SELECT DISTINCT person, place FROM linkage.person_tellings JOIN linkage.exclusive_places USING (record_id) WHERE place <> '')
      SELECT n.person_id, 'identifier:' || h.type AS trait, h.value
      FROM holdings h JOIN linkage.person_numbers n ON n.rid = h.person
      UNION ALL
      SELECT n.person_id, 'exclusive', p.place FROM places p JOIN linkage.person_numbers n ON n.rid = p.person`,
  };
}

/** The same of everybody, `linkage.traits` being that of touched persons. */
export function carriedTraitsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_traits',
    reads: ['linkage.touched_persons'],
    writes: ['linkage.fresh_traits', 'linkage.traits'],
    sql: `ALTER TABLE linkage.traits RENAME TO fresh_traits;
      CREATE VIEW linkage.traits AS FROM linkage.fresh_traits
      UNION ALL BY NAME FROM ${tables.traits} t ANTI JOIN linkage.touched_persons USING (person_id)`,
  };
}

/**
 * What keeps two persons apart whatever they resemble: `linkage.person_traits` (rid, trait, value). Two persons that both
 * have values of a trait, and none in common, are never one. Identifiers: rules §7, last sentence. Exclusive places: nobody
 * is a pupil in two schools on one day.
 */
export function personTraitSteps(): readonly Step[] {
  return [
    {
      name: 'linkage_person_traits',
      reads: ['linkage.paired_persons', 'linkage.traits'],
      writes: ['linkage.person_traits'],
      sql: `CREATE OR REPLACE TABLE linkage.person_traits AS
        SELECT n.rid, t.trait, t.value FROM linkage.traits t JOIN linkage.paired_persons n USING (person_id)`,
    },
    {
      // Pairs that contradict each other, those that the first stage already left to a person, and those a person decided.
      name: 'linkage_person_clashes',
      reads: [
        'linkage.person_pairs',
        'linkage.person_traits',
        'linkage.paired_persons',
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
        JOIN linkage.paired_persons a ON a.person_id = g.person_id_l
        JOIN linkage.paired_persons b ON b.person_id = g.person_id_r
        UNION
        SELECT least(a.rid, b.rid), greatest(a.rid, b.rid), 'decided' FROM linkage.decided_apart d
        JOIN linkage.memberships l ON l.record_id = d.record_id_l JOIN linkage.paired_persons a ON a.person_id = l.person_id
        JOIN linkage.memberships r ON r.record_id = d.record_id_r JOIN linkage.paired_persons b ON b.person_id = r.person_id`,
    },
  ];
}
