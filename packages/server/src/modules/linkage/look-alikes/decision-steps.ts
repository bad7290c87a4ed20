import { type EvidenceWords, evidenceSql, type Model } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import { carriedDoubtsStep, otherMovesStep } from '../incremental/affected-persons.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { dropSessionStep } from './engine-step.ts';
import type { Thresholds } from './person-pairs.ts';

const WORDS: EvidenceWords = { prior: 'avant de comparer', frequency: 'rareté des valeurs' };

/**
 * From the clusters of persons to the module's tables: persons that are one become one (the smallest id), each with the
 * links that say why; pairs in the band between the thresholds, and likely pairs that contradict each other, become litiges.
 * Nothing that the first stage left to a person is decided here. `carried`: when the clusters are of affected persons alone, what holds of
 * everybody else.
 */
export function decisionSteps(
  model: Model,
  thresholds: Thresholds,
  carried?: PreviousLinkage,
): readonly Step[] {
  return [
    movesStep(),
    ...(carried === undefined ? [] : [otherMovesStep(carried)]),
    linksStep(model, thresholds),
    firstPersonsStep(),
    litigesStep(model, thresholds),
    ...(carried === undefined ? [] : [carriedDoubtsStep(carried)]),
    membershipsStep(),
  ];
}

function movesStep(): Step {
  return {
    name: 'linkage_person_moves',
    reads: ['linkage.person_clusters', 'linkage.paired_persons'],
    writes: ['linkage.person_moves'],
    sql: `CREATE OR REPLACE TABLE linkage.person_moves AS
      SELECT n.rid, n.person_id, f.person_id AS new_person_id
      FROM linkage.person_clusters c JOIN linkage.paired_persons n ON n.rid = c.rid
      JOIN linkage.paired_persons f ON f.rid = c.cluster`,
  };
}

/** A pair of persons with where each of them went. */
const MOVED_PAIRS = `
  SELECT p.*, a.new_person_id AS new_l, b.new_person_id AS new_r,
    least(p.record_id_l, p.record_id_r) AS first_record, greatest(p.record_id_l, p.record_id_r) AS last_record
  FROM linkage.person_pairs p
  JOIN linkage.person_moves a ON a.rid = p.rid_l JOIN linkage.person_moves b ON b.rid = p.rid_r`;

function linksStep(model: Model, { upper }: Thresholds): Step {
  return {
    name: 'linkage_look_alike_links',
    reads: ['linkage.person_pairs', 'linkage.person_moves'],
    writes: ['linkage.links'],
    sql: `INSERT INTO linkage.links BY NAME
      WITH moved AS (${MOVED_PAIRS})
      SELECT first_record AS record_id_l, last_record AS record_id_r, 'look_alike' AS rule, match_weight,
        ${evidenceSql(model, 'pattern', 'match_weight', WORDS)} AS evidence
      FROM moved WHERE new_l = new_r AND match_weight >= ${upper}
      ORDER BY first_record, last_record`,
  };
}

/**
 * Two identifiers of one type, or two schools on one day, are told where the rest says that it is one person; without a
 * contradiction, the doubt itself is told. A pair that already is a litige stays that one.
 */
function litigesStep(model: Model, { lower, upper }: Thresholds): Step {
  return {
    name: 'linkage_look_alike_litiges',
    reads: ['linkage.person_pairs', 'linkage.person_moves', 'linkage.person_clashes'],
    writes: ['linkage.litiges'],
    sql: `UPDATE linkage.litiges SET person_id_l = m.new_person_id FROM linkage.person_moves m
        WHERE m.person_id = linkage.litiges.person_id_l;
      UPDATE linkage.litiges SET person_id_r = m.new_person_id FROM linkage.person_moves m
        WHERE m.person_id = linkage.litiges.person_id_r;
      UPDATE linkage.litiges SET person_id_l = person_id_r, person_id_r = person_id_l WHERE person_id_r < person_id_l;
      INSERT INTO linkage.litiges BY NAME
      WITH moved AS (${MOVED_PAIRS}),
      clashing AS (
        SELECT rid_l, rid_r, bool_or(trait IN ('litige', 'decided')) AS told, bool_or(starts_with(trait, 'identifier:')) AS identifiers
        FROM linkage.person_clashes GROUP BY rid_l, rid_r),
      doubtful AS (
        SELECT m.*, CASE WHEN c.rid_l IS NULL THEN 'look_alike' WHEN c.identifiers THEN 'two_identifiers'
            ELSE 'two_enrolments' END AS reason
        FROM moved m LEFT JOIN clashing c ON c.rid_l = m.rid_l AND c.rid_r = m.rid_r
        WHERE m.new_l <> m.new_r AND NOT coalesce(c.told, false)
          AND m.match_weight >= CASE WHEN c.rid_l IS NULL THEN ${lower} ELSE ${upper} END)
      SELECT reason, least(new_l, new_r) AS person_id_l, greatest(new_l, new_r) AS person_id_r,
        [first_record, last_record] AS record_ids, match_weight,
        ${evidenceSql(model, 'pattern', 'match_weight', WORDS)} AS evidence
      FROM doubtful
      QUALIFY row_number() OVER (PARTITION BY reason, least(new_l, new_r), greatest(new_l, new_r)
        ORDER BY match_weight DESC, first_record, last_record) = 1
      ORDER BY person_id_l, person_id_r, reason`,
  };
}

/** Records whose person is about to be another one, and all litiges, as the first stage left them. */
function firstPersonsStep(): Step {
  return {
    name: 'linkage_first_persons',
    reads: ['linkage.memberships', 'linkage.person_moves', 'linkage.litiges'],
    writes: ['linkage.first_persons', 'linkage.first_litiges'],
    sql: `CREATE OR REPLACE TABLE linkage.first_persons AS
      SELECT m.record_id, m.person_id FROM linkage.memberships m
      SEMI JOIN (FROM linkage.person_moves WHERE new_person_id <> person_id) v ON v.person_id = m.person_id;
      CREATE OR REPLACE TABLE linkage.first_litiges AS
      SELECT reason, person_id_l, person_id_r, record_ids FROM linkage.litiges`,
  };
}

function membershipsStep(): Step {
  return {
    name: 'linkage_look_alike_memberships',
    reads: ['linkage.person_moves'],
    writes: ['linkage.memberships'],
    sql: `UPDATE linkage.memberships SET person_id = m.new_person_id FROM linkage.person_moves m
      WHERE m.person_id = linkage.memberships.person_id AND m.new_person_id <> m.person_id`,
  };
}

/** Drops what pairs were compared by: a country's, before persons are judged. */
export function dropComparedStep(): Step {
  return dropSessionStep('linkage_drop_compared', 'linkage.look_alike_', ['linkage.look_alike_scores']);
}

/** Drops every table of the second stage that is not a result. */
export function dropLookAlikeWorkStep(): Step {
  return dropSessionStep('linkage_drop_look_alikes', 'linkage.look_alike_', [
    'linkage.variants',
    'linkage.look_alike_scores',
    'linkage.changed_variants',
    'linkage.carried_pairs',
    'linkage.pair_ties',
    'linkage.asked_pairs',
    'linkage.paired_persons',
    'linkage.person_pairs',
    'linkage.person_traits',
    'linkage.person_clashes',
    'linkage.person_clusters',
    'linkage.other_moved',
  ]);
}
