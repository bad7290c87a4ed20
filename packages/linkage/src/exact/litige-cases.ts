import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * Cases: records that stand for clusters or persons kept apart by a contradiction. In a case two members contradict
 * each other when their values differ and one of them is on side 0. `family, number, type, place` name the case.
 * A member without a value was cut from all the others for lack of it.
 */
export function litigeCaseSteps(tables: ExactTables): readonly LinkageStep[] {
  return [
    vetoCases(tables),
    cutCases(tables),
    homonymCases(tables),
    homonymEnrolmentCases(tables),
    cutMergeCases(tables),
    cutMergeEnrolmentCases(tables),
  ];
}

/** Pairs that an identifier would join, were it not for two recent identifiers of another type. */
function vetoCases({ work }: ExactTables): LinkageStep {
  return {
    name: 'litige_cases_vetoes',
    reads: [work.members, work.conflicts, work.identifiers],
    writes: [work.case_members],
    sql: `CREATE OR REPLACE TABLE ${work.case_members} AS
      SELECT 'two_identifiers' AS reason, 'veto' AS family, m.block AS number, k.type, []::VARCHAR[] AS place,
        m.id, m.side, [i.value] AS value
      FROM ${work.members} m JOIN ${work.conflicts} k ON k.block = m.block
      JOIN ${work.identifiers} i ON i.id = m.id AND i.type = k.type WHERE i.recent`,
  };
}

/** Persons that come out of a component which identifiers joined and contradicted. */
function cutCases({ work }: ExactTables): LinkageStep {
  return {
    name: 'litige_cases_cut_components',
    reads: [work.contradictions, work.labels, work.persons, work.identifiers],
    writes: [work.case_members],
    sql: `INSERT INTO ${work.case_members}
      SELECT 'two_identifiers', 'cut', c.root, c.type, [],
        coalesce(min(a.id) FILTER (WHERE i.recent), min(a.id)),
        CASE WHEN bool_or(i.recent) THEN 0 ELSE 1 END,
        CASE WHEN bool_or(i.recent) THEN [max(i.value) FILTER (WHERE i.recent)] END
      FROM ${work.contradictions} c JOIN ${work.labels} a ON a.root = c.root
      JOIN ${work.persons} p ON p.id = a.id
      LEFT JOIN ${work.identifiers} i ON i.id = a.id AND i.type = c.type
      GROUP BY c.root, c.type, p.person`,
  };
}

/**
 * Same name, first name and birth date, birth places equal or one unknown, two recent identifiers of one type.
 * Clusters without a place face all others (case without a place); those with one face their like.
 */
function homonymCases({ work }: ExactTables): LinkageStep {
  return {
    name: 'litige_cases_homonyms',
    reads: [work.clashes, work.group_members, work.clusters, work.identifiers, work.traits],
    writes: [work.case_members],
    sql: `INSERT INTO ${work.case_members}
      WITH claimed AS (
        SELECT k.grp, i.type, m.cluster, min(i.id) AS rep, max(i.value) AS value
        FROM ${work.clashes} k JOIN ${work.group_members} m ON m.grp = k.grp
        JOIN ${work.clusters} c ON c.cluster = m.cluster
        JOIN ${work.identifiers} i ON i.id = c.id AND k.trait = 'identifier:' || i.type
        WHERE i.recent GROUP BY k.grp, i.type, m.cluster),
      placed AS (
        SELECT d.*, coalesce(t.known, []) AS known
        FROM claimed d LEFT JOIN ${work.traits} t ON t.cluster = d.cluster AND t.trait = 'place')
      SELECT 'two_identifiers', 'homonyms', grp, type, [], rep, (len(known) > 0)::INTEGER, [value] FROM placed
      UNION ALL
      SELECT 'two_identifiers', 'homonyms', grp, type, known, rep, 0, [value] FROM placed WHERE len(known) > 0`,
  };
}

/** Groups that would merge, were it not for two exclusive places. */
function homonymEnrolmentCases({ work }: ExactTables): LinkageStep {
  return {
    name: 'litige_cases_exclusive_homonyms',
    reads: [work.clashes, work.group_members, work.traits, work.clusters, work.exclusives],
    writes: [work.case_members],
    sql: `INSERT INTO ${work.case_members}
      WITH only_exclusive AS (
        SELECT grp FROM ${work.clashes} GROUP BY grp HAVING bool_and(trait = 'exclusive'))
      SELECT 'two_enrolments', 'homonyms', m.grp, '', [], min(e.id), 0, any_value(t.known)
      FROM only_exclusive o JOIN ${work.group_members} m ON m.grp = o.grp
      JOIN ${work.traits} t ON t.cluster = m.cluster AND t.trait = 'exclusive'
      JOIN ${work.clusters} c ON c.cluster = m.cluster JOIN ${work.exclusives} e ON e.id = c.id
      GROUP BY m.grp, m.cluster`,
  };
}

/** Persons that come out of a chain of merges by name which identifiers contradict, birth places do not. */
function cutMergeCases({ work }: ExactTables): LinkageStep {
  return {
    name: 'litige_cases_cut_merges',
    reads: [work.group_contradictions, work.group_labels, work.persons, work.identifiers],
    writes: [work.case_members],
    sql: `INSERT INTO ${work.case_members}
      WITH placed_apart AS (SELECT root FROM ${work.group_contradictions} WHERE trait = 'place'),
      contradicted AS (
        SELECT root, substr(trait, length('identifier:') + 1) AS type FROM ${work.group_contradictions}
        WHERE starts_with(trait, 'identifier:') AND root NOT IN (SELECT root FROM placed_apart))
      SELECT 'two_identifiers', 'chain', k.root, k.type, [],
        coalesce(min(p.id) FILTER (WHERE i.recent), min(p.id)),
        CASE WHEN bool_or(i.recent) THEN 0 ELSE 1 END,
        CASE WHEN bool_or(i.recent) THEN [max(i.value) FILTER (WHERE i.recent)] END
      FROM contradicted k JOIN ${work.group_labels} a ON a.root = k.root
      JOIN ${work.persons} p ON p.cluster = a.id
      LEFT JOIN ${work.identifiers} i ON i.id = p.id AND i.type = k.type
      GROUP BY k.root, k.type, p.person`,
  };
}

/** Persons that come out of a chain of merges by name which only exclusive places contradict. */
function cutMergeEnrolmentCases({ work }: ExactTables): LinkageStep {
  return {
    name: 'litige_cases_cut_enrolments',
    reads: [work.group_contradictions, work.group_labels, work.persons, work.traits, work.exclusives],
    writes: [work.case_members],
    sql: `INSERT INTO ${work.case_members}
      WITH only_exclusive AS (
        SELECT root FROM ${work.group_contradictions} GROUP BY root HAVING bool_and(trait = 'exclusive'))
      SELECT 'two_enrolments', 'chain', o.root, '', [], coalesce(min(e.id), min(p.id)),
        CASE WHEN min(e.id) IS NULL THEN 1 ELSE 0 END, max(t.known)
      FROM only_exclusive o JOIN ${work.group_labels} a ON a.root = o.root
      JOIN ${work.persons} p ON p.cluster = a.id
      LEFT JOIN ${work.traits} t ON t.cluster = a.id AND t.trait = 'exclusive'
      LEFT JOIN ${work.exclusives} e ON e.id = p.id
      GROUP BY o.root, p.person`,
  };
}
