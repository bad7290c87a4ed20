import { EVIDENCE_TYPE } from '@raccroche/linkage';

/**
 * Who is the same person. Schema `linkage` of the campaign's DuckDB; written by this module only,
 * read by `eligibility` and `lists`.
 */
export const LINKAGE_TABLES = {
  /** Every record belongs to exactly one person. */
  memberships: `
    record_id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL          -- the smallest record_id of the person's records`,
  /** Evidence that joins records into persons: with what `linksOfPersonsSql` finds in the records, enough links to connect each person. */
  links: `
    record_id_l VARCHAR NOT NULL, record_id_r VARCHAR NOT NULL, -- l < r
    rule VARCHAR NOT NULL,              -- same_identifier_name, same_name_birth_date, look_alike, decision
    identifier_type VARCHAR,            -- for the rules on identifiers
    match_weight DOUBLE,                -- look_alike: log2 of how much likelier one person is than two
    evidence ${EVIDENCE_TYPE} -- look_alike: what adds up to the weight`,
  /** Cases for a person to decide; never merged by themselves. */
  litiges: `
    reason VARCHAR NOT NULL,            -- identifier_disagrees, two_identifiers, two_enrolments, look_alike, death
    person_id_l VARCHAR NOT NULL,
    person_id_r VARCHAR,                -- NULL when the case lies within one person (two_enrolments, same identifier; death)
    record_ids VARCHAR[] NOT NULL,      -- the records that make the case, sorted; of a death: a record and the death
    match_weight DOUBLE,                -- of look-alikes and deaths, as in links
    evidence ${EVIDENCE_TYPE} -- of look-alikes and deaths, as in links`,
  /** What people decided of litiges, and what became of it in this campaign. */
  decisions: `
    line INTEGER NOT NULL,              -- of the file of decisions, from 1
    verdict VARCHAR NOT NULL,           -- same, different, unknown
    siei_l VARCHAR NOT NULL, siei_r VARCHAR NOT NULL, -- as decided; twice the same within one person; of a death: its code
    decided_on DATE NOT NULL,
    role VARCHAR NOT NULL,              -- function of whoever decided
    reason VARCHAR NOT NULL,            -- '' when none was given
    effect VARCHAR NOT NULL,            -- DecisionEffect: appliquee, contredite, …
    contradicted_by INTEGER[] NOT NULL, -- lines, when contredite
    record_id_l VARCHAR, record_id_r VARCHAR -- a record of each number (a record, a death); NULL when nobody answers to it`,
  /** Persons who died according to INSEE: at most one death each. */
  deaths: `
    person_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,         -- of the person's records, the one that resembles the death most
    death_id VARCHAR NOT NULL, died_on DATE NOT NULL,
    rule VARCHAR NOT NULL,              -- same_name_birth (date and place), look_alike, decision
    match_weight DOUBLE, evidence ${EVIDENCE_TYPE} -- as in links; NULL when the model did not run`,
  /** Ways of writing persons of the first stage, with what is compared of them, for the campaign that follows: it works out again those of touched persons alone. */
  ways: `
    record_id VARCHAR NOT NULL,         -- the smallest of the records that write the person so
    person_id VARCHAR NOT NULL,         -- of the first stage and of decisions, before resemblances
    name1 VARCHAR, name2 VARCHAR, first1 VARCHAR, first2 VARCHAR, birth VARCHAR, place VARCHAR, sex VARCHAR, place_department VARCHAR,
    homes VARCHAR[], emails VARCHAR[], phones VARCHAR[]`,
  /** Pairs of ways of writing two persons that resemble each other, for the campaign that follows. */
  look_alike_pairs: `
    record_id_l VARCHAR NOT NULL, record_id_r VARCHAR NOT NULL, -- of linkage.ways, l < r
    person_id_l VARCHAR NOT NULL, person_id_r VARCHAR NOT NULL, -- of linkage.ways
    pattern BIGINT NOT NULL,            -- what comparing them gave, all levels in one number
    match_weight DOUBLE NOT NULL        -- as in links`,
  /** Pairs of a person and a death that are looked at, before anything is decided of them, for the campaign that follows. */
  death_pairs: `
    person_id VARCHAR NOT NULL, death_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,         -- of the person's records, the one that agrees best
    grade INTEGER NOT NULL,             -- of exact agreement, 0 to 3
    clashes BOOLEAN NOT NULL,           -- whether the second first name speaks against it
    match_weight DOUBLE, evidence ${EVIDENCE_TYPE} -- as in links; NULL when the model did not look at it`,
  /** E-mails and telephones that too many persons give, which are left out of `ways`. */
  crowded_contacts: `
    kind VARCHAR NOT NULL,              -- email, phone
    value VARCHAR NOT NULL, givers BIGINT NOT NULL -- persons, as of linkage.ways`,
  /** Of the ways that the model was estimated on, how many have a value of the columns whose values count for their rarity. */
  term_counts: `
    term VARCHAR NOT NULL, value VARCHAR NOT NULL, occurrences BIGINT NOT NULL`,
  /** What keeps persons of the first stage apart whatever they resemble. */
  traits: `
    person_id VARCHAR NOT NULL,
    trait VARCHAR NOT NULL,             -- identifier:<type>, exclusive (place)
    value VARCHAR NOT NULL`,
  /** Ids under which stages know persons who hang together: whoever touches one touches all. */
  person_ties: `
    kind VARCHAR NOT NULL,              -- key: of one component of the first stage; decision; move: made one by resemblance
    person_id_l VARCHAR NOT NULL,
    person_id_r VARCHAR NOT NULL        -- of key the component, its smallest person; of move the person that l became`,
  /** The person of the first stage of each record whose person is another one now. */
  first_persons: `
    record_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL`,
  /** Litiges of the first stage, after decisions. */
  first_litiges: `
    reason VARCHAR NOT NULL, person_id_l VARCHAR NOT NULL, person_id_r VARCHAR, record_ids VARCHAR[] NOT NULL`,
  /** Records whose rows bear names of other files, with a fingerprint of what linkage reads of them. */
  record_marks: `
    record_id VARCHAR NOT NULL, mark UBIGINT NOT NULL`,
} as const;

export function createLinkageTablesSql(): string {
  const tables = Object.entries(LINKAGE_TABLES).map(
    ([name, columns]) => `CREATE TABLE IF NOT EXISTS linkage.${name} (${columns}\n);`,
  );
  return ['CREATE SCHEMA IF NOT EXISTS linkage;', ...tables].join('\n');
}
