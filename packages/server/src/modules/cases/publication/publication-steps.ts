import type { EventKind } from '@raccroche/contract';
import { inScope } from '../../lists/index.ts';

/**
 * What a publication does to the cases, in this order. Each step changes cases and writes one event a case that changed,
 * in one statement: $1 is the number of the publication, $2 the reference date. `lists.staged_*` hold the campaign.
 */
export interface PublicationStep {
  /** Key of the count that it gives. */
  readonly name: keyof PublicationCounts;
  readonly sql: string;
  /** Only touches cases of the départements that are published: $3 and $4 tell them (ADR 0015). */
  readonly isScoped?: true;
}

/** Cases by what happened to them. A case may count under several. */
export interface PublicationCounts {
  /** Numbers that the register merged into an elder: the case goes on under the elder. */
  renumbered: number;
  /** Two cases that turn out to be one person: for somebody to merge. */
  duplicates: number;
  /** Signalled before any list told them: the case takes its number. */
  recognised: number;
  opened: number;
  corrected: number;
  transferred: number;
  /** On the list of a département that is not published yet: they stay where they are, and both platforms are told. */
  announced: number;
  /** Closed by an earlier publication alone, listed again: reopened. */
  reopened: number;
  /** Flagged as no longer listed before, listed again. */
  listedAgain: number;
  /** Closed by a person, still on the list: left closed, and said once. */
  listedAfterClosing: number;
  /** No longer listed, and nobody had done anything yet: closed, with the reason. */
  closed: number;
  /** No longer listed while somebody follows them: flagged, with the reason. */
  flagged: number;
}

/** A person closed it, or found that there is nobody to follow: a publication does not reopen it. Who moved is followed elsewhere. */
const CLOSED_BY_HUMAN = `((c.pathway = 'closed' AND c.closed_by_human)
  OR (c.verification = 'refuted' AND c.verification_reason <> 'moved'))`;

/** What the list tells besides who somebody is. */
export const DETAILS = [
  'commune',
  'commune_name',
  'last_training',
  'training',
  'training_level',
  'mission_locale',
  'left_on',
  'has_phone',
];
export const detailsOf = (row: string) => DETAILS.map((column) => `${row}.${column}`).join(', ');
const jsonOf = (row: string, columns: readonly string[]) =>
  `jsonb_build_object(${columns.map((column) => `'${column}', ${row}.${column}`).join(', ')})`;
/** Of a case that a statement changes, columns as they were before it. */
export const formerOf = (columns: readonly string[]) =>
  `(SELECT ${jsonOf('f', columns)} FROM cases.cases f WHERE f.case_id = c.case_id)`;
/** Columns as they were and as they are: what a publication that is taken back puts back. */
const beforeAfter = (columns: readonly string[]) =>
  `${formerOf(columns)} AS before, ${jsonOf('c', columns)} AS after`;
const LISTING = ['listed', 'delisted_reason'];
const CLOSING = [...LISTING, 'pathway', 'outcome', 'closed_on'];

/** True of an event that was not taken back with its publication. */
const STANDS = `NOT EXISTS (SELECT FROM cases.events u
       WHERE u.case_id = e.case_id AND u.kind = 'publication_undone' AND u.case_version > e.case_version)`;

/** `changed` gives case_id, version and the JSON details, before, after of each changed case. */
const withEvents = (kind: EventKind, changed: string) => `
  WITH changed AS (${changed})
  INSERT INTO cases.events (case_id, kind, happened_at, details, before, after, case_version)
  SELECT case_id, '${kind}', now(), jsonb_build_object('publication', $1::BIGINT) || details, before, after, version
  FROM changed WHERE $2::DATE IS NOT NULL`;

const renumbered = withEvents(
  'renumbered',
  `UPDATE cases.cases c SET siei = a.current_siei, version = c.version + 1
   FROM lists.staged_aliases a
   WHERE c.siei = a.siei AND NOT EXISTS (SELECT FROM cases.cases d WHERE d.siei = a.current_siei)
     AND a.siei = (SELECT min(b.siei) FROM lists.staged_aliases b JOIN cases.cases e USING (siei)
                   WHERE b.current_siei = a.current_siei)
   RETURNING c.case_id, c.version, jsonb_build_object('formerly', a.siei) AS details,
     jsonb_build_object('siei', a.siei) AS before, ${jsonOf('c', ['siei'])} AS after`,
);

const duplicates = withEvents(
  'duplicate_found',
  `UPDATE cases.cases c SET version = c.version + 1
   FROM lists.staged_aliases a JOIN cases.cases d ON d.siei = a.current_siei
   WHERE c.siei = a.siei AND NOT EXISTS (
     SELECT FROM cases.events e WHERE e.case_id = c.case_id AND e.kind = 'duplicate_found'
       AND e.details ->> 'of' = d.case_id::TEXT AND ${STANDS})
   RETURNING c.case_id, c.version, jsonb_build_object('of', d.case_id) AS details, '{}'::JSONB AS before, '{}'::JSONB AS after`,
);

/** One on the whole campaign, and alone to be taken for them. Few are signalled: the lists are looked through for those. */
const recognised = withEvents(
  'recognised',
  `WITH signalled AS MATERIALIZED (
     SELECT case_id, birth_date, sort_name FROM cases.cases WHERE delisted_reason = 'signalled'
   ), pairs AS MATERIALIZED (
     SELECT g.case_id, t.siei, t.is_published FROM signalled g JOIN (
       SELECT siei, birth_date, sort_name, true AS is_published FROM lists.staged_entries
       UNION ALL SELECT siei, birth_date, sort_name, false FROM lists.staged_elsewhere
     ) t ON t.birth_date = g.birth_date AND starts_with(t.sort_name || ' ', g.sort_name || ' ')
   )
   UPDATE cases.cases c SET siei = p.siei, version = c.version + 1 FROM pairs p
   WHERE c.case_id = p.case_id AND p.is_published AND NOT EXISTS (SELECT FROM cases.cases d WHERE d.siei = p.siei)
     AND (SELECT count(*) FROM pairs q WHERE q.case_id = p.case_id) = 1
     AND (SELECT count(*) FROM pairs q WHERE q.siei = p.siei) = 1
   RETURNING c.case_id, c.version, '{}'::JSONB AS details, ${beforeAfter(['siei'])}`,
);

/** As `withEvents`, of cases that were not there before: what each event tells is the same, and computed once. */
const opened = `
  WITH changed AS (
    INSERT INTO cases.cases (case_id, siei, platform_id, department, origin_uai, family_name, usage_name, first_names, sort_name,
      birth_date, verification, contact, pathway, obligation, listed, opened_on, ${DETAILS.join(', ')})
    SELECT s.case_id, s.siei, s.platform_id, s.department, s.origin_uai, s.family_name, s.usage_name, s.first_names, s.sort_name,
      s.birth_date, 'to_verify', 'to_contact', 'not_started', CASE WHEN s.minor THEN 'not_met' END, true, $2::DATE,
      ${detailsOf('s')}
    FROM lists.staged_entries s
    WHERE NOT EXISTS (SELECT FROM cases.cases c WHERE c.siei = s.siei)
    ORDER BY s.siei
    RETURNING case_id, version
  )
  INSERT INTO cases.events (case_id, kind, happened_at, details, case_version)
  SELECT case_id, 'opened', now(), (SELECT jsonb_build_object('publication', $1::BIGINT)), version FROM changed`;

const IDENTITY = ['family_name', 'usage_name', 'first_names', 'birth_date', 'origin_uai'];
const identityOf = (row: string) => IDENTITY.map((column) => `${row}.${column}`).join(', ');
const corrected = withEvents(
  'corrected',
  `UPDATE cases.cases c SET family_name = s.family_name, usage_name = s.usage_name, first_names = s.first_names,
     sort_name = s.sort_name, birth_date = s.birth_date, origin_uai = s.origin_uai, version = c.version + 1
   FROM lists.staged_entries s JOIN cases.cases o USING (siei)
   WHERE c.case_id = o.case_id AND (${identityOf('o')}) IS DISTINCT FROM (${identityOf('s')})
   RETURNING c.case_id, c.version, '{}'::JSONB AS details, ${beforeAfter([...IDENTITY, 'sort_name'])}`,
);

const MOVING = [
  'platform_id',
  'department',
  'referent',
  'verification',
  'verification_reason',
  'listed_platform',
];

/** Access changes hands with the case: the former platform keeps only the line of `cases.transfers`. */
const transferred = `
  WITH moved AS (
    UPDATE cases.cases c SET platform_id = s.platform_id, department = s.department, referent = NULL,
      verification = CASE WHEN c.verification = 'refuted' THEN 'to_verify' ELSE c.verification END,
      verification_reason = NULL, listed_platform = NULL, version = c.version + 1
    FROM lists.staged_entries s JOIN cases.cases o USING (siei)
    WHERE c.case_id = o.case_id AND NOT ${CLOSED_BY_HUMAN}
      AND (o.listed_platform IS NULL OR s.platform_id IS DISTINCT FROM o.listed_platform)
      AND (o.platform_id, o.department) IS DISTINCT FROM (s.platform_id, s.department)
    RETURNING c.case_id, c.version, o.platform_id AS from_platform, s.platform_id AS to_platform,
      ${beforeAfter(MOVING)}
  ), told AS (
    INSERT INTO cases.transfers (case_id, from_platform, to_platform, publication_id)
    SELECT case_id, from_platform, to_platform, $1 FROM moved WHERE from_platform IS DISTINCT FROM to_platform
  )
  INSERT INTO cases.events (case_id, kind, happened_at, details, before, after, case_version)
  SELECT case_id, 'transferred', now(), jsonb_build_object('publication', $1::BIGINT), before, after, version
  FROM moved WHERE $2::DATE IS NOT NULL`;

/** Nothing of the case changes before the list of where they live now is published; both platforms know that it will. */
const announced = `
  WITH moving AS (
    UPDATE cases.cases c SET version = c.version + 1
    FROM lists.staged_elsewhere s
    WHERE s.siei = c.siei AND c.listed AND c.pathway <> 'closed' AND NOT ${CLOSED_BY_HUMAN}
      AND ${inScope('c.department')}
      AND (c.listed_platform IS NULL OR s.platform_id IS DISTINCT FROM c.listed_platform)
      AND (c.platform_id, c.department) IS DISTINCT FROM (s.platform_id, s.department)
    RETURNING c.case_id, c.version, c.platform_id AS from_platform, s.platform_id AS to_platform, s.department
  ), told AS (
    INSERT INTO cases.transfers (case_id, from_platform, to_platform, publication_id, announced)
    SELECT case_id, from_platform, to_platform, $1, true FROM moving WHERE from_platform IS DISTINCT FROM to_platform
  )
  INSERT INTO cases.events (case_id, kind, happened_at, details, case_version)
  SELECT case_id, 'move_announced', now(), jsonb_build_object('publication', $1::BIGINT, 'department', department), version
  FROM moving WHERE $2::DATE IS NOT NULL`;

/** One that was withdrawn with the publication that had opened it begins anew. */
const reopened = withEvents(
  'reopened',
  `UPDATE cases.cases c SET listed = true, delisted_reason = NULL, pathway = 'not_started', outcome = NULL,
     closed_on = NULL, version = c.version + 1,
     opened_on = CASE WHEN c.delisted_reason = 'withdrawn' THEN $2::DATE ELSE c.opened_on END,
     obligation = CASE WHEN c.delisted_reason <> 'withdrawn' THEN c.obligation WHEN s.minor THEN 'not_met' END
   FROM lists.staged_entries s
   WHERE s.siei = c.siei AND c.pathway = 'closed' AND NOT ${CLOSED_BY_HUMAN}
   RETURNING c.case_id, c.version, '{}'::JSONB AS details, ${beforeAfter([...CLOSING, 'opened_on', 'obligation'])}`,
);

const listedAgain = withEvents(
  'listed_again',
  `UPDATE cases.cases c SET listed = true, delisted_reason = NULL, version = c.version + 1
   FROM lists.staged_entries s
   WHERE s.siei = c.siei AND NOT c.listed AND NOT ${CLOSED_BY_HUMAN}
   RETURNING c.case_id, c.version, '{}'::JSONB AS details, ${beforeAfter(LISTING)}`,
);

const listedAfterClosing = withEvents(
  'listed_after_closing',
  `UPDATE cases.cases c SET listed = true, delisted_reason = NULL, version = c.version + 1
   FROM lists.staged_entries s
   WHERE s.siei = c.siei AND ${CLOSED_BY_HUMAN} AND NOT EXISTS (
     SELECT FROM cases.events e WHERE e.case_id = c.case_id AND e.kind = 'listed_after_closing' AND ${STANDS}
       AND NOT EXISTS (
         SELECT FROM cases.events f WHERE f.case_id = c.case_id AND f.actor IS NOT NULL AND f.case_version > e.case_version))
   RETURNING c.case_id, c.version, '{}'::JSONB AS details, ${beforeAfter(LISTING)}`,
);

const UNLISTED = `NOT EXISTS (SELECT FROM lists.staged_entries s WHERE s.siei = c.siei)
     AND NOT EXISTS (SELECT FROM lists.staged_elsewhere s WHERE s.siei = c.siei) AND ${inScope('c.department')}`;
const UNTOUCHED =
  'NOT EXISTS (SELECT FROM cases.events e WHERE e.case_id = c.case_id AND e.actor IS NOT NULL)';

const closed = withEvents(
  'closed_by_publication',
  `UPDATE cases.cases c SET listed = false, delisted_reason = r.reason, pathway = 'closed', outcome = 'no_longer_listed',
     closed_on = $2::DATE, version = c.version + 1
   FROM lists.staged_removals r
   WHERE r.siei = c.siei AND ${UNLISTED} AND c.listed AND c.pathway <> 'closed' AND ${UNTOUCHED}
   RETURNING c.case_id, c.version, jsonb_build_object('reason', r.reason) AS details, ${beforeAfter(CLOSING)}`,
);

const flagged = withEvents(
  'no_longer_listed',
  `UPDATE cases.cases c SET listed = false, delisted_reason = r.reason, version = c.version + 1
   FROM lists.staged_removals r
   WHERE r.siei = c.siei AND ${UNLISTED} AND c.listed
   RETURNING c.case_id, c.version, jsonb_build_object('reason', r.reason) AS details, ${beforeAfter(LISTING)}`,
);

export const PUBLICATION_STEPS: readonly PublicationStep[] = [
  { name: 'renumbered', sql: renumbered },
  { name: 'duplicates', sql: duplicates },
  { name: 'recognised', sql: recognised },
  { name: 'corrected', sql: corrected },
  { name: 'transferred', sql: transferred },
  { name: 'announced', sql: announced, isScoped: true },
  { name: 'reopened', sql: reopened },
  { name: 'listedAgain', sql: listedAgain },
  { name: 'listedAfterClosing', sql: listedAfterClosing },
  { name: 'closed', sql: closed, isScoped: true },
  { name: 'flagged', sql: flagged, isScoped: true },
  // Last: a case that was just opened is as its list tells it, and no step has anything to do with it.
  { name: 'opened', sql: opened },
];
