-- What somebody needs to decide a litige: what weighs, and what each file tells of both. An answer may be taken back.
ALTER TABLE cases.litiges ADD evidence JSONB;   -- none: no model weighed the pair, or an earlier program published it

-- One row a side: somebody who may be on no list, or a death. Only what is compared, never how to reach anybody.
CREATE TABLE cases.litige_sides (
  siei_1 TEXT NOT NULL,
  siei_2 TEXT NOT NULL,
  siei TEXT NOT NULL,                            -- whose: one of the two
  listed BOOLEAN,                                -- none: a death
  failed_checks TEXT[] NOT NULL,                 -- why they are on no list
  records JSONB NOT NULL,
  PRIMARY KEY (siei_1, siei_2, siei),
  FOREIGN KEY (siei_1, siei_2) REFERENCES cases.litiges ON DELETE CASCADE,
  CHECK (siei IN (siei_1, siei_2))
);
CREATE INDEX litige_sides_of ON cases.litige_sides (siei);

-- Decisions are never changed: one who takes theirs back says so here.
CREATE TABLE cases.litige_withdrawals (
  decision_id BIGINT PRIMARY KEY REFERENCES cases.litige_decisions ON DELETE CASCADE,
  siei_1 TEXT NOT NULL,                          -- of the decision: what it belongs to
  siei_2 TEXT NOT NULL,
  withdrawn_by UUID NOT NULL REFERENCES access.people,
  withdrawn_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

ALTER TABLE cases.litige_sides ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.litige_withdrawals ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON cases.litige_sides TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE POLICY read_with_case ON cases.litige_sides FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.siei IN (siei_1, siei_2)));
CREATE POLICY read_with_decision ON cases.litige_withdrawals FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.litige_decisions d WHERE d.decision_id = litige_withdrawals.decision_id));
CREATE POLICY take_back_own ON cases.litige_withdrawals FOR INSERT TO raccroche_app WITH CHECK (
  withdrawn_by = access.actor() AND EXISTS (
    SELECT FROM cases.litige_decisions d JOIN cases.cases c ON c.siei IN (d.siei_1, d.siei_2)
    WHERE d.decision_id = litige_withdrawals.decision_id AND d.decided_by = access.actor()
      AND (d.siei_1, d.siei_2) = (litige_withdrawals.siei_1, litige_withdrawals.siei_2)
      AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);
GRANT SELECT ON cases.litige_sides TO raccroche_app;
GRANT SELECT, INSERT ON cases.litige_withdrawals TO raccroche_app;
GRANT SELECT, INSERT, DELETE ON cases.litige_sides TO raccroche_publisher;
GRANT UPDATE (evidence) ON cases.litiges TO raccroche_publisher;
