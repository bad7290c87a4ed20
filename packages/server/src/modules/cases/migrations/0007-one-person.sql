-- Two cases of one person are joined, and parted again; what the campaign asks about who is who, and what people answered.
ALTER TABLE cases.cases
  ADD merged_into UUID REFERENCES cases.cases,
  ADD CHECK (merged_into IS NULL OR (outcome = 'merged' AND merged_into <> case_id));
CREATE INDEX cases_merged_into ON cases.cases (merged_into) WHERE merged_into IS NOT NULL;
GRANT UPDATE (merged_into) ON cases.cases TO raccroche_app;

-- The litiges of the campaign in force: two SIEI numbers, or a number and the code of a death. Nothing personal.
CREATE TABLE cases.litiges (
  siei_1 TEXT NOT NULL,
  siei_2 TEXT NOT NULL,
  reasons TEXT[] NOT NULL,
  weight REAL,
  publication_id BIGINT NOT NULL REFERENCES lists.publications,
  PRIMARY KEY (siei_1, siei_2)
);
CREATE INDEX litiges_by_other ON cases.litiges (siei_2);

-- What people decided: added, never changed; of a pair the last word is what a later campaign reads.
CREATE TABLE cases.litige_decisions (
  decision_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  siei_1 TEXT NOT NULL,
  siei_2 TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unknown')),
  decided_on DATE NOT NULL,
  decided_by UUID NOT NULL REFERENCES access.people,
  role TEXT NOT NULL CHECK (length(role) BETWEEN 1 AND 200),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  CHECK (siei_1 <= siei_2)
);
CREATE INDEX litige_decisions_of ON cases.litige_decisions (siei_1, siei_2);

ALTER TABLE cases.litiges ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.litige_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON cases.litiges TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE POLICY read_with_case ON cases.litiges FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.siei IN (siei_1, siei_2)));
CREATE POLICY read_with_case ON cases.litige_decisions FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.siei IN (siei_1, siei_2)));
CREATE POLICY add_in_own_name ON cases.litige_decisions FOR INSERT TO raccroche_app WITH CHECK (
  decided_by = access.actor() AND EXISTS (SELECT FROM cases.cases c WHERE c.siei IN (siei_1, siei_2)
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);
GRANT SELECT ON cases.litiges TO raccroche_app;
GRANT SELECT, INSERT ON cases.litige_decisions TO raccroche_app;
GRANT SELECT, INSERT, DELETE ON cases.litiges TO raccroche_publisher;
