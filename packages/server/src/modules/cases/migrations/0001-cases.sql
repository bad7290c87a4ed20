-- A case: one person whom a platform follows, from the list to a solution that holds. Where it stands is told on the
-- axes of the contract; what happened is told by its events, which are added and never changed.
CREATE SCHEMA cases;

CREATE TABLE cases.cases (
  case_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  siei TEXT NOT NULL UNIQUE,
  platform_id UUID REFERENCES access.platforms,   -- none: no platform has this commune in its zone
  department TEXT NOT NULL,
  origin_uai TEXT,
  family_name TEXT NOT NULL,
  usage_name TEXT,
  first_names TEXT[] NOT NULL,
  sort_name TEXT COLLATE "C" NOT NULL,             -- normalised name and first name: order and search
  birth_date DATE NOT NULL,
  verification TEXT NOT NULL,
  verification_reason TEXT,
  contact TEXT NOT NULL,
  pathway TEXT NOT NULL,
  outcome TEXT,
  obligation TEXT,                                 -- of those under 18 when the case was opened
  referent UUID REFERENCES access.people,
  listed BOOLEAN NOT NULL,
  delisted_reason TEXT,                            -- the check that removed them, or `absent`
  closed_by_human BOOLEAN NOT NULL DEFAULT false,
  opened_on DATE NOT NULL,                         -- reference date of the campaign
  last_attempt_at TIMESTAMPTZ,
  attempts INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 1,
  CHECK ((pathway = 'closed') = (outcome IS NOT NULL)),
  CHECK ((verification = 'refuted') = (verification_reason IS NOT NULL)),
  CHECK (listed = (delisted_reason IS NULL))
);
CREATE INDEX cases_by_name ON cases.cases (platform_id, sort_name, case_id);
CREATE INDEX cases_by_last_attempt ON cases.cases (platform_id, last_attempt_at NULLS FIRST, case_id);
CREATE INDEX cases_by_referent ON cases.cases (referent);
CREATE INDEX cases_by_origin ON cases.cases (origin_uai);

-- `before` and `after` hold what changed of the case, by column: what an undo puts back.
CREATE TABLE cases.events (
  event_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases.cases,
  kind TEXT NOT NULL,
  happened_at TIMESTAMPTZ NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  actor UUID REFERENCES access.people,             -- none: the program, at a publication
  details JSONB NOT NULL DEFAULT '{}',
  before JSONB NOT NULL DEFAULT '{}',
  after JSONB NOT NULL DEFAULT '{}',
  case_version INT NOT NULL,                       -- version of the case once this had happened
  undoes BIGINT UNIQUE REFERENCES cases.events,
  -- Of one version there is one story: two people never both win.
  UNIQUE (case_id, case_version)
);

-- Who moved, from where to where: each side is told, also the one that may no longer open the case.
CREATE TABLE cases.transfers (
  transfer_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases.cases,
  from_platform UUID REFERENCES access.platforms,
  to_platform UUID REFERENCES access.platforms,
  at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX transfers_from ON cases.transfers (from_platform);
CREATE INDEX transfers_to ON cases.transfers (to_platform);
