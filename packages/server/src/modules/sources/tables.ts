import { IDENTIFIER_TYPES } from '@raccroche/contract';

/**
 * The canonical model: what every sender's file becomes. Schema `sources` of the campaign's DuckDB.
 * `linkage`, `eligibility` and `lists` read these tables and nothing else of this module.
 * Dates are civil (DATE). Texts are as the sender wrote them, trimmed; an absent value is NULL, never ''.
 */
export const SOURCES_TABLES = {
  /** One row a file received, also those wholly rejected. */
  files: `
    file_no BIGINT NOT NULL,            -- delivery_id as a number, whatever comes beside it; below 0: a copy of another file
    delivery_id VARCHAR NOT NULL,       -- 12 hex digits of the SHA-256 of content and sidecar
    path VARCHAR NOT NULL,              -- as delivered, relative to the folder of deliveries
    sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    kind VARCHAR,                       -- FileKind, NULL when not recognised
    source VARCHAR,                     -- FileSource
    families VARCHAR[] NOT NULL,        -- SourceFamily that this file stands for
    sender VARCHAR,                     -- emetteur of the sidecar
    uai VARCHAR,
    school_year INTEGER,                -- year in which it starts
    extracted_on DATE,                  -- sidecar's, else the file's own; NULL = unknown freshness
    rejected BOOLEAN NOT NULL,          -- wholly rejected: none of its rows is used
    row_count BIGINT NOT NULL, record_count BIGINT NOT NULL, reject_count BIGINT NOT NULL,
    removed_under16 BIGINT NOT NULL,
    out_of_scope BIGINT NOT NULL,       -- deaths of people whom the campaign cannot be about: counted, never written
    warning_count BIGINT NOT NULL,
    dated BOOLEAN NOT NULL              -- at a later reference date the same file may give other rows: somebody comes of age`,
  /** One row a person as one sender's row tells it. Nobody under 16 at the reference date is here. */
  records: `
    record_id VARCHAR NOT NULL,         -- <delivery_id>-<ordinal> of the row that said it first; file_no and ordinal tell where it stands now
    file_no BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,           -- from 1, in the order of the file
    position VARCHAR NOT NULL,          -- line (CSV), ELEVE_ID (XML), index from 1 (JSON), row (XLSX)
    source VARCHAR NOT NULL,            -- Source
    source_rank INTEGER NOT NULL,       -- 1 SYGNE, 2 SIECLE, 3 FREGATA, 4 CFA, 5 INTERCHANGE
    row_kind VARCHAR NOT NULL,          -- RowKind
    ine_type VARCHAR, ine VARCHAR,      -- validated, both or neither; its IdentifierType
    ina VARCHAR,                        -- beside an INE, or alone
    source_id VARCHAR,                  -- identifiant_source
    family_name VARCHAR, usage_name VARCHAR,
    first_name1 VARCHAR, first_name2 VARCHAR, first_name3 VARCHAR,
    sex VARCHAR,                        -- M, F
    birth_date DATE NOT NULL,
    birth_commune VARCHAR, birth_country VARCHAR, -- commune only when born in France (country 99100)
    address VARCHAR,                    -- lines separated by \\n
    postal_code VARCHAR, commune VARCHAR, residence_country VARCHAR, -- 99100 = France
    phone VARCHAR, mobile VARCHAR, email VARCHAR,
    rep1_family_name VARCHAR, rep1_first_name VARCHAR, rep1_relation VARCHAR, rep1_phone VARCHAR, rep1_email VARCHAR,
    rep2_family_name VARCHAR, rep2_first_name VARCHAR, rep2_relation VARCHAR, rep2_phone VARCHAR, rep2_email VARCHAR,
    recorded_on DATE                    -- date_maj, else the file's extracted_on; NULL = unknown, counts as oldest`,
  /** Records that bear another id than that of their own delivery and row (docs/adr/0023-held-ids.md): for the campaign that follows. */
  held_ids: `
    file_no BIGINT NOT NULL, ordinal INTEGER NOT NULL, record_id VARCHAR NOT NULL`,
  /** Stays in one establishment for one training under one status. */
  spells: `
    record_id VARCHAR NOT NULL, spell_no INTEGER NOT NULL,
    uai VARCHAR, school_year INTEGER, status VARCHAR, -- EnrolmentStatus
    mef VARCHAR,                        -- MEF10
    diploma_code VARCHAR, class_name VARCHAR,
    first_day DATE NOT NULL, last_day DATE NOT NULL, -- both included
    implicit_end BOOLEAN NOT NULL,      -- no end told: closes with its school year
    end_reason VARCHAR,                 -- EndReason
    not_in_class BOOLEAN NOT NULL,      -- on the rolls, in no class, no end told
    enrolment BOOLEAN NOT NULL,         -- false: FREGATA status 2505 (non scolarisé)
    cfa_status VARCHAR,                 -- statut_apprenant: 0 abandon, 2 inscrit, 3 apprenti; NULL when not CFA effectifs
    abandon_undated BOOLEAN NOT NULL,   -- CFA abandon whose date is deduced
    recorded_on DATE                    -- as records.recorded_on`,
  contracts: `
    record_id VARCHAR NOT NULL, contract_no INTEGER NOT NULL,
    number VARCHAR, type VARCHAR, uai VARCHAR, diploma_code VARCHAR, employer_siret VARCHAR,
    started_on DATE NOT NULL, planned_end DATE, broken_on DATE, break_reason VARCHAR`,
  awards: `
    record_id VARCHAR NOT NULL, award_no INTEGER NOT NULL,
    type VARCHAR, diploma_code VARCHAR, label VARCHAR,
    level INTEGER,                      -- niveau as told, 3 to 8
    session VARCHAR,                    -- yyyy-mm
    awarded_on DATE,                    -- as told
    result VARCHAR NOT NULL             -- AwardResult`,
  accompaniments: `
    record_id VARCHAR NOT NULL, accompaniment_no INTEGER NOT NULL,
    structure_type VARCHAR NOT NULL, structure_id VARCHAR, structure_name VARCHAR, siei VARCHAR,
    started_on DATE, ended_on DATE, last_contact_on DATE, status VARCHAR NOT NULL`,
  /** Deaths that INSEE tells, of people of the ages of the campaign: nobody else's is ever written. */
  deaths: `
    death_id VARCHAR NOT NULL,          -- <delivery_id>-<ordinal of the line in its file>
    file_no BIGINT NOT NULL, ordinal INTEGER NOT NULL, position VARCHAR NOT NULL,
    family_name VARCHAR NOT NULL,
    first_names VARCHAR,                -- all of them, separated by blanks
    sex VARCHAR NOT NULL, birth_date DATE NOT NULL,
    birth_commune VARCHAR, birth_country VARCHAR, -- as in records; both NULL when the place is not known
    died_on DATE NOT NULL               -- the first day possible when only the month or the year is told`,
  /** What is wrong with files and rows; feeds rejets.csv and the reports. Holds no personal value. */
  issues: `
    file_no BIGINT NOT NULL, ordinal INTEGER, position VARCHAR, -- both NULL for a whole file
    field VARCHAR, code VARCHAR NOT NULL, severity VARCHAR NOT NULL`,
  /** Dated referential of communes (COG). */
  communes: `
    code VARCHAR NOT NULL,              -- INSEE, also former communes and municipal arrondissements
    city VARCHAR NOT NULL,              -- the commune it belongs to today: 75101 -> 75056
    department VARCHAR NOT NULL, name VARCHAR NOT NULL`,
  /** Postal code to départements: unambiguous when one row. */
  postal_departments: `
    postal_code VARCHAR NOT NULL, department VARCHAR NOT NULL`,
} as const;

export type SourcesTable = keyof typeof SOURCES_TABLES;

/**
 * Query of the validated identifiers of the records of `records`, as rows (record_id, type, value): for whoever asks for those of a few. Who goes through
 * all records takes them from the columns.
 */
export const identifiersOfSql = (records: string) =>
  `SELECT record_id, ine_type AS type, ine AS value FROM ${records} WHERE ine IS NOT NULL
      UNION ALL SELECT record_id, 'ina', ina FROM ${records} WHERE ina IS NOT NULL`;

/** Views that others may read. */
export const SOURCES_VIEWS = ['identifiers'] as const;

/** Statement of `sources.identifiers`, a view over the records, whatever they are. */
export const IDENTIFIERS_VIEW_SQL = `CREATE OR REPLACE VIEW sources.identifiers AS ${identifiersOfSql('sources.records')}`;

/** Statements that create the schema, its empty tables and the view of identifiers; comments of the columns are kept out of the engine. */
export function createSourcesTablesSql(): string {
  const tables = Object.entries(SOURCES_TABLES).map(
    ([name, columns]) => `CREATE TABLE IF NOT EXISTS sources.${name} (${columns}\n);`,
  );
  const kept = 'CREATE VIEW IF NOT EXISTS sources.kept_records AS FROM sources.records;';
  return ['CREATE SCHEMA IF NOT EXISTS sources;', ...tables, `${IDENTIFIERS_VIEW_SQL};`, kept].join('\n');
}

/**
 * For worlds of tests: identifiers by their type, as a record bears them. Throws where no record can: for an unknown type, and for two INE, of which a
 * row delivered tells but one.
 */
export function identifierColumns({
  ina,
  ...ines
}: Readonly<Record<string, string>>): Readonly<Record<'ine_type' | 'ine' | 'ina', string | null>> {
  const [[type, ine] = [null, null], ...others] = Object.entries(ines);
  const known: readonly (string | null)[] = [...IDENTIFIER_TYPES, null];
  if (others.length > 0 || !known.includes(type))
    throw new TypeError(`no record bears ${Object.keys(ines).join(' and ')}`);
  return { ine_type: type, ine, ina: ina ?? null };
}
