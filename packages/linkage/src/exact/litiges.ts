import { compatibleFirstNamesSql } from '../first-names.ts';
import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * From cases to litiges. All contradicting pairs of a case would be quadratic: instead each member is put beside one
 * of two anchors that it contradicts, so that nobody who has a litige goes untold.
 */
export function litigeSteps(tables: ExactTables): readonly LinkageStep[] {
  return [casePairs(tables), disagreeingPairs(tables), writePairs(tables), writeWithinPersons(tables)];
}

/**
 * Anchors: the smallest record of side 0, and the smallest of side 0 with another value. Whoever contradicts somebody
 * of side 0 contradicts one of them. A member of side 0 that contradicts side 1 only holds the value of the first
 * anchor: one person with it, or kept apart from it by another case. Without two values on side 0 nothing was cut for
 * lack of a value.
 */
function casePairs({ work }: ExactTables): LinkageStep {
  return {
    name: 'pairs_of_cases',
    reads: [work.case_members],
    writes: [work.case_pairs],
    sql: `CREATE OR REPLACE TABLE ${work.case_pairs} AS
      WITH firsts AS (
        SELECT reason, family, number, type, place, min(id) AS anchor, arg_min(value, id) AS anchor_value
        FROM ${work.case_members} WHERE side = 0 GROUP BY reason, family, number, type, place),
      seconds AS (
        SELECT reason, family, number, type, place, f.anchor, f.anchor_value,
          min(m.id) FILTER (WHERE m.side = 0 AND m.value <> f.anchor_value) AS other
        FROM firsts f JOIN ${work.case_members} m USING (reason, family, number, type, place)
        GROUP BY reason, family, number, type, place, f.anchor, f.anchor_value)
      SELECT DISTINCT reason, m.id AS a,
        CASE WHEN m.value <> s.anchor_value OR (m.value IS NULL AND s.other IS NOT NULL) THEN s.anchor
          WHEN m.value IS NOT NULL THEN s.other END AS b
      FROM seconds s JOIN ${work.case_members} m USING (reason, family, number, type, place)`,
  };
}

/** Identifiers of different persons: their first holder, and the first of those persons. */
export function tornStep({ work }: ExactTables): LinkageStep {
  return {
    name: 'identifiers_of_several_persons',
    reads: [work.holders, work.persons],
    writes: [work.torn],
    sql: `CREATE OR REPLACE TABLE ${work.torn} AS
      SELECT h.token, min(h.id) AS anchor, min(p.person) AS first FROM ${work.holders} h JOIN ${work.persons} p ON p.id = h.id
      GROUP BY h.token HAVING min(p.person) <> max(p.person)`,
  };
}

/**
 * Different persons with one identifier between whom neither date nor names agree: the holder of the smallest record,
 * and each of the others. Those whose date or names do agree were kept apart by a veto or a cut, and have their case.
 */
function disagreeingPairs({ work, firstNames }: ExactTables): LinkageStep {
  return {
    name: 'pairs_that_disagree',
    reads: [work.torn, work.holders, work.persons, work.nodes, work.names, firstNames],
    writes: [work.case_pairs],
    sql: `INSERT INTO ${work.case_pairs}
      WITH holder AS (
        SELECT t.token, t.anchor, h.id, p.person, n.birth_date, f.name AS first_name
        FROM ${work.torn} t JOIN ${work.holders} h ON h.token = t.token
        JOIN ${work.persons} p ON p.id = h.id JOIN ${work.nodes} n ON n.id = h.id
        LEFT JOIN (SELECT DISTINCT spelling, name FROM ${firstNames}) f ON f.spelling = n.first_name),
      called AS (
        SELECT id, list(name) AS called FROM ${work.names} WHERE id IN (SELECT id FROM holder) GROUP BY id)
      SELECT 'identifier_disagrees', b.anchor, min(b.id)
      FROM holder b JOIN holder a ON a.token = b.token AND a.id = b.anchor
      LEFT JOIN called ca ON ca.id = a.id LEFT JOIN called cb ON cb.id = b.id
      WHERE a.person <> b.person AND coalesce(a.birth_date <> b.birth_date, true)
        AND NOT (coalesce(list_has_any(ca.called, cb.called), false)
          AND ${compatibleFirstNamesSql('a.first_name', 'b.first_name')})
      GROUP BY b.token, b.anchor, b.person`,
  };
}

function writePairs(tables: ExactTables): LinkageStep {
  const { work } = tables;
  return {
    name: 'write_litiges_between_persons',
    reads: [work.case_pairs, work.persons, work.nodes],
    writes: [tables.litiges],
    sql: `INSERT INTO ${tables.litiges} (reason, person_id_l, person_id_r, record_ids)
      WITH between AS (
        SELECT k.reason, least(p.person, q.person) AS l, greatest(p.person, q.person) AS r, unnest([k.a, k.b]) AS id
        FROM ${work.case_pairs} k JOIN ${work.persons} p ON p.id = k.a JOIN ${work.persons} q ON q.id = k.b
        WHERE p.person <> q.person),
      evidence AS (SELECT DISTINCT reason, l, r, id FROM between)
      SELECT e.reason, any_value(l.record_id), any_value(r.record_id), list(n.record_id ORDER BY e.id)
      FROM evidence e JOIN ${work.nodes} n ON n.id = e.id
      JOIN ${work.nodes} l ON l.id = e.l JOIN ${work.nodes} r ON r.id = e.r
      GROUP BY e.reason, e.l, e.r ORDER BY e.reason, e.l, e.r`,
  };
}

/** One person in two exclusive places at once: to be looked at, not split. */
function writeWithinPersons(tables: ExactTables): LinkageStep {
  const { work } = tables;
  return {
    name: 'write_litiges_within_persons',
    reads: [work.exclusives, work.persons, work.nodes],
    writes: [tables.litiges],
    sql: `INSERT INTO ${tables.litiges} (reason, person_id_l, person_id_r, record_ids)
      WITH torn AS (
        SELECT p.person FROM ${work.exclusives} e JOIN ${work.persons} p ON p.id = e.id
        GROUP BY p.person HAVING min(e.place) <> max(e.place)),
      evidence AS (
        SELECT DISTINCT p.person, e.id FROM torn JOIN ${work.persons} p ON p.person = torn.person
        JOIN ${work.exclusives} e ON e.id = p.id)
      SELECT 'two_enrolments', any_value(o.record_id), NULL, list(n.record_id ORDER BY e.id)
      FROM evidence e JOIN ${work.nodes} n ON n.id = e.id JOIN ${work.nodes} o ON o.id = e.person
      GROUP BY e.person ORDER BY e.person`,
  };
}
